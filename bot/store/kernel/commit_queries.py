"""What client messages have already done."""

from datetime import datetime

from bot.store.insert import insert_or_ignore
from bot.store.kernel.tables import Commit
from bot.store.store import Unit


def claim(unit: Unit, conversation_id: str, client_message_id: str, action: str, now: datetime) -> Commit | None:
    """None: this message has not done this action yet, and now the unit may do it. Else what it did.

    A second caller with the same message waits here until the first one has committed or given up.
    """
    values = {
        "conversation_id": conversation_id,
        "client_message_id": client_message_id,
        "action": action,
        "number": None,
        "at": now,
    }
    if insert_or_ignore(unit, Commit, values):
        return None
    return unit.session.get_one(Commit, (conversation_id, client_message_id, action))


def record(unit: Unit, conversation_id: str, client_message_id: str, action: str, number: str) -> None:
    """Keep the number of what the message wrote."""
    unit.session.get_one(Commit, (conversation_id, client_message_id, action)).number = number
