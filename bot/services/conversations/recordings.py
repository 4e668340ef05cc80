"""What residents said, as sound: kept only where the office chose to, encrypted, and not for long."""

from datetime import datetime

from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Recording
from bot.store.store import Store


def keep(store: Store, conversation_id: str, turn_id: str, flac: bytes, now: datetime) -> None:
    """Once for a turn; one that is gone in the meantime keeps nothing."""
    with store.unit() as unit:
        turn = conversation_queries.turn(unit, turn_id)
        if turn is None or turn.conversation_id != conversation_id:
            return
        if conversation_queries.recording(unit, turn_id) is not None:
            return
        unit.add(Recording(turn_id=turn_id, conversation_id=conversation_id, content=flac, at=now))
        unit.commit()
