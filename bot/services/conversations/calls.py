"""Telephone calls: each is a conversation, with its keys, timings and end; and what a caller told us to remember."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from bot.errors import NotFound
from bot.services.conversations import call_drafts, conversations
from bot.services.conversations.call_drafts import CallDraft
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM
from bot.store.conversations import call_queries
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Call, CallerChoice, CallEvent
from bot.store.handover.states import HandoverState
from bot.store.store import Store
from bot.turns import Turn

KEEP_DRAFT = timedelta(days=1)
"""After a dropped call, calling back goes on where it broke off."""
DROPPED = ("caller", "lost", "app_restarted")
"""Ends after which a draft is kept."""
TURNS_IN_SUMMARY = 4
LONGEST_CALL = timedelta(hours=4)
"""One that is open for longer belongs to an application that is no more."""


@dataclass(frozen=True)
class OpenedCall:
    id: str
    conversation_id: str
    draft: bool
    """This caller's last call broke off in the middle of something."""
    locked: CallDraft | None = None
    """It is personal: it is taken up by `take_up` after the last four digits of a number that was told in it."""


class Requested(Protocol):
    """A wish for a person that was recorded."""

    @property
    def number(self) -> str: ...


@dataclass(frozen=True)
class Choices:
    """What a caller told us to remember."""

    rate: float | None = None
    no_calls: bool = False


def open_call(
    store: Store,
    *,
    provider: str,
    provider_call: str,
    direction: str,
    caller: str | None,
    now: datetime,
    task: str = "",
    server: str | None = None,
    random: Random = SECURE_RANDOM,
) -> OpenedCall:
    """A call that comes in again, because no person answered, is the same call.

    Only the keyed hash of the number is kept until the caller agrees to more.
    """
    phone = plain_phone(caller) if caller else None
    with store.unit() as unit:
        before = call_queries.call_of_provider(unit, provider, provider_call)
        if before is not None:
            before.ended = before.cause = None
            before.server = server
            unit.commit()
            return OpenedCall(before.id, before.conversation_id, draft=False)
        last = call_queries.last_call_of_phone(unit, phone, now - KEEP_DRAFT) if phone and direction == "in" else None
        unfinished = last.conversation_id if last is not None and last.cause in DROPPED else None
    draft = call_drafts.look(store, unfinished, now) if unfinished else None
    locked = draft if draft is not None and draft.tails else None
    conversation_id = draft.conversation_id if draft is not None and locked is None else None
    if conversation_id is None:
        opened = conversations.open_conversation(store, channel="phone", language=None, now=now, random=random)
        conversation_id = opened.id
    with store.unit() as unit:
        row = Call(
            id=random.randbytes(16).hex(),
            conversation_id=conversation_id,
            provider=provider,
            provider_call=provider_call,
            direction=direction,
            task=task or None,
            server=server,
            phone_hash=unit.keys.keyed_hash(phone) if phone else None,
            started=now,
        )
        unit.add(row)
        unit.commit()
        return OpenedCall(row.id, conversation_id, draft is not None, locked)


def take_up(store: Store, call_id: str, draft: CallDraft) -> None:
    """The caller has shown that the draft is theirs: the call goes on in its conversation."""
    with store.unit() as unit:
        row = call_queries.call(unit, call_id)
        if row is not None:
            row.conversation_id = draft.conversation_id
            unit.commit()


def note(
    store: Store, call_id: str, kind: str, now: datetime, value: str | None = None, milliseconds: int | None = None
) -> None:
    """Something happened in the call. Nothing is written when the call was erased meanwhile."""
    with store.unit() as unit:
        if call_queries.call(unit, call_id) is None:
            return
        unit.add(CallEvent(call_id=call_id, at=now, kind=kind, value=value, milliseconds=milliseconds))
        unit.commit()


def end_call(store: Store, call_id: str, cause: str, now: datetime) -> None:
    with store.unit() as unit:
        row = call_queries.call(unit, call_id)
        if row is None or row.ended is not None:
            return
        row.ended, row.cause = now, cause
        unit.commit()


def open_calls(store: Store) -> int:
    """How many calls there are at this moment."""
    with store.reading() as unit:
        return len(call_queries.open_calls(unit))


def close_open_calls(store: Store, now: datetime, server: str | None = None) -> int:
    """When the application starts, no call of its one process can be open: those that are died with the one before.

    Where several are beside each other `server` names this one, and the calls of the others go on. Returns how many there were.
    """
    with store.unit() as unit:
        rows = call_queries.abandoned_calls(unit, server, now - LONGEST_CALL)
        for row in rows:
            row.ended, row.cause = now, "app_restarted"
        unit.commit()
        return len(rows)


def caller_left(store: Store, provider: str, provider_call: str, caller: str | None, now: datetime) -> None:
    """The caller hung up while a person was rung, and had been told that we then call this number.

    It is kept with the wish that is recorded already, unless that is done or has a number.
    """
    with store.unit() as unit:
        call = call_queries.call_of_provider(unit, provider, provider_call)
        record = conversation_queries.handover(unit, call.handover_number or "") if call is not None else None
        if call is None or record is None:
            return
        unit.add(CallEvent(call_id=call.id, at=now, kind="left_while_ringing"))
        if caller and record.phone is None and record.state == HandoverState.OPEN:
            digits = plain_phone(caller)
            call.phone = record.phone = digits
            call.phone_hash = record.phone_hash = unit.keys.keyed_hash(digits)
        unit.commit()


def hand_over(
    store: Store,
    call_id: str,
    *,
    number: str | None,
    language: str,
    now: datetime,
    request_person: Callable[..., Requested],
    hours: str = "",
) -> str:
    """Write down what the person who takes over should know; the number of the wish for one is returned.

    `number` is a wish that was recorded already; where there is none, `request_person` (bot/services/handover) records it.
    Raises NotFound.
    """
    with store.reading() as unit:
        call = call_queries.call(unit, call_id)
        if call is None:
            raise NotFound
        conversation_id, before = call.conversation_id, call.handover_number
        record = conversation_queries.handover(unit, number or before or "")
    if record is not None:
        wish = record.number
    else:
        wish = request_person(
            store,
            conversation_id=conversation_id,
            reason="asked",
            phone=None,
            client_message_id=f"call-{call_id}-person",
            channel="phone",
            language=language,
            now=now,
            hours=hours,
        ).number
    summary = _summary(conversations.history(store, conversation_id))
    with store.unit() as unit:
        row = call_queries.call(unit, call_id)
        if row is None:
            raise NotFound
        row.handover_number, row.summary = wish, summary
        unit.commit()
    return wish


def ask_call_back(store: Store, call_id: str, phone: str, now: datetime) -> str:
    """The caller agreed to be called back on this number: the record's own number. Raises NotFound."""
    digits = plain_phone(phone)
    with store.unit() as unit:
        call = call_queries.call(unit, call_id)
        record = conversation_queries.handover(unit, call.handover_number or "") if call is not None else None
        if call is None or record is None:
            raise NotFound
        call.phone = record.phone = digits
        call.phone_hash = record.phone_hash = unit.keys.keyed_hash(digits)
        unit.commit()
        return record.number


def forget_unchosen_language(store: Store, conversation_id: str) -> None:
    """English stays only where the caller chose it, by key or by asking for it; else we speak Chinese again."""
    with store.unit() as unit:
        row = conversation_queries.conversation(unit, conversation_id)
        if row is None or row.language != "en" or call_queries.language_was_chosen(unit, conversation_id):
            return
        row.language = "zh"
        unit.commit()


def choices(store: Store, caller: str | None) -> Choices:
    """What this caller told us to remember."""
    if not caller:
        return Choices()
    with store.reading() as unit:
        row = call_queries.choice(unit, plain_phone(caller))
        return Choices(row.rate, row.no_calls) if row is not None else Choices()


def remember(
    store: Store, caller: str, now: datetime, *, rate: float | None = None, no_calls: bool | None = None
) -> None:
    """Keep it for this number; None leaves it as it is."""
    phone = plain_phone(caller)
    with store.unit() as unit:
        row = call_queries.choice(unit, phone)
        if row is None:
            row = CallerChoice(phone=phone, phone_hash=unit.keys.keyed_hash(phone), no_calls=False, changed=now)
            unit.add(row)
        row.rate = row.rate if rate is None else rate
        row.no_calls = row.no_calls if no_calls is None else no_calls
        row.changed = now
        unit.commit()


def _summary(told: list[tuple[str, Turn]]) -> str:
    """The last things the caller said, oldest first, with what each was understood as."""
    said = [f"{turn.goal}: {text}" for text, turn in told if text]
    return "\n".join(said[-TURNS_IN_SUMMARY:])
