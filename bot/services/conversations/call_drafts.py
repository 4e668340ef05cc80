"""What a caller was in the middle of when the call broke off, and what somebody with the same number may hear of it."""

from dataclasses import dataclass
from datetime import datetime

from bot.language.entities import find_entities
from bot.services.conversations import conversations
from bot.services.kernel.phones import phone_last4
from bot.services.kernel.topics import draft_of
from bot.store.bookings import queries as booking_queries
from bot.store.cases import queries as case_queries
from bot.store.store import Store
from bot.turns import Turn


@dataclass(frozen=True)
class CallDraft:
    conversation_id: str
    tails: frozenset[str] = frozenset()
    """Last four digits of the telephone numbers told in it: one of them opens it. Empty when it needs none."""


def look(store: Store, conversation_id: str, now: datetime) -> CallDraft | None:
    """None when nothing is open, or when it is personal and no telephone number in it can open it."""
    told = conversations.history(store, conversation_id)
    if not told or told[-1][1].state.form is None:
        return None
    with store.reading() as unit:
        has_records = bool(
            booking_queries.bookings_of_conversation(unit, conversation_id)
            or case_queries.cases_of_conversation(unit, conversation_id)
        )
    if not has_records and not any(_is_personal(text, turn, now) for text, turn in told):
        return CallDraft(conversation_id)
    awaited = [None, *(turn.state.awaiting for _, turn in told)]
    phones = [find_entities(text, now, awaiting=asked).phone for (text, _), asked in zip(told, awaited, strict=False)]
    tails = frozenset(phone_last4(phone) for phone in phones if phone)
    return CallDraft(conversation_id, tails) if tails else None


def _is_personal(text: str, turn: Turn, now: datetime) -> bool:
    entities = find_entities(text, now)
    if entities.phone or entities.name or entities.beneficiary:
        return True
    awaiting, form = turn.state.awaiting, turn.state.form
    return awaiting is not None if form is None else awaiting not in draft_of(form).impersonal
