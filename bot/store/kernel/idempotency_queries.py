"""What client messages have already done."""

from datetime import datetime

from bot.store.insert import insert_or_ignore
from bot.store.kernel.tables import IdempotencyKey
from bot.store.store import UnitOfWork


def claim(
    unit: UnitOfWork, conversation_id: str, client_message_id: str, action: str, now: datetime
) -> IdempotencyKey | None:
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
    if insert_or_ignore(unit, IdempotencyKey, values):
        return None
    return unit.session.get_one(IdempotencyKey, (conversation_id, client_message_id, action))


def record(unit: UnitOfWork, conversation_id: str, client_message_id: str, action: str, number: str) -> None:
    """Keep the number of what the message wrote."""
    unit.session.get_one(IdempotencyKey, (conversation_id, client_message_id, action)).number = number
