"""有用 or 没用: what a resident thinks of one answer. Staff find the answers that did not help, and group their questions."""

from datetime import datetime

from bot.errors import NotFound
from bot.store.learning import review_queries
from bot.store.learning.tables import TurnOpinion
from bot.store.store import Store


def give(store: Store, conversation_id: str, turn_id: str, now: datetime, *, helped: bool) -> None:
    """The newest opinion of a turn counts. Raises NotFound for a turn that is not of this conversation."""
    with store.unit() as unit:
        turn = review_queries.turn_of(unit, conversation_id, turn_id)
        if turn is None:
            raise NotFound
        row = unit.session.get(TurnOpinion, turn_id)
        if row is None:
            row = TurnOpinion(turn_id=turn_id, conversation_id=conversation_id)
            unit.add(row)
        row.helped, row.at = helped, now
        unit.commit()
