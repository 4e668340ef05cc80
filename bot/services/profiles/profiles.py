"""Known once: name, address and needs, kept with consent, shown, corrected, and deleted when somebody says so."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.errors import NotFound
from bot.services.audit import audit
from bot.services.kernel.lockout import open_record, same_digits
from bot.services.kernel.permissions import Actor
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.services.profiles.errors import TooManyProfiles
from bot.store.kernel import idempotency_queries
from bot.store.profiles import queries
from bot.store.profiles.tables import Profile as ProfileRow
from bot.store.store import Store, UnitOfWork

MOST_OF_PHONE = 5
"""A household with one telephone; each lives there."""
RESIDENT = Actor("resident", "resident")


@dataclass(frozen=True)
class ProfileRequest:
    name: str
    phone: str
    place: str | None
    needs: str | None
    """Only where the resident has agreed to that by itself."""
    conversation_id: str
    client_message_id: str
    language: str
    channel: str


@dataclass(frozen=True)
class Profile:
    number: str
    state: str
    name: str
    phone: str
    place: str | None
    needs: str | None
    agreed: datetime


def keep(store: Store, request: ProfileRequest, now: datetime, *, random: Random = SECURE_RANDOM) -> Profile:
    """What the resident has agreed to. Said again by the same person it corrects what is there.

    Somebody else's profile is never changed: only one that was kept in this conversation, or by whoever calls in it.
    Raises TooManyProfiles.
    """
    phone = plain_phone(request.phone)
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "keep profile"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return _of(_found(queries.profile(unit, done.number or "")))
        mine = [row for row in queries.of_conversation(unit, request.conversation_id) if row.phone == phone]
        row = next((one for one in mine if one.name == request.name), mine[0] if len(mine) == 1 else None)
        if row is None:
            if queries.count_of_phone(unit, phone) >= MOST_OF_PHONE:
                raise TooManyProfiles
            row = ProfileRow(
                number=new_number(unit, ProfileRow, random), state="kept", phone=phone,
                phone_hash=unit.keys.keyed_hash(phone), conversation_id=request.conversation_id,
                channel=request.channel, language=request.language,
            )  # fmt: skip
            unit.add(row)
        row.name, row.place, row.needs = request.name, request.place, request.needs
        row.agreed = row.changed = row.last_used = now
        row.needs_agreed = now if request.needs else None
        unit.flush()
        audit.write(unit, RESIDENT, "profile.kept", "profile", row.number, now, details={"needs": bool(request.needs)})
        idempotency_queries.record(unit, *scope, row.number)
        unit.commit()
        return _of(row)


def of_conversation(store: Store, conversation_id: str) -> list[Profile]:
    """Kept in it, or of whoever calls in it; the one changed last is the last."""
    with store.reading() as unit:
        return [_of(row) for row in queries.of_conversation(unit, conversation_id)]


def known(store: Store, conversation_id: str, now: datetime) -> Profile | None:
    """Who is speaking, where there is one profile that may be shown here; used by that."""
    with store.unit() as unit:
        rows = queries.of_conversation(unit, conversation_id)
        if len(rows) != 1:
            return None
        rows[0].last_used = now
        unit.commit()
        return _of(rows[0])


def find(store: Store, number: str, tail: str, *, asker: str, now: datetime) -> Profile:
    """By its number and the last four digits of the phone. Raises NotFound, Locked."""

    def match(unit: UnitOfWork) -> Profile | None:
        row = queries.profile(unit, number)
        return _of(row) if row is not None and row.phone and same_digits(tail, row.phone[-4:]) else None

    return open_record(store, match, number=number, asker=asker, now=now)


def forget(store: Store, number: str, now: datetime, *, needs_only: bool = False) -> None:
    """All of it, or the needs alone; again changes nothing."""
    with store.unit() as unit:
        row = queries.profile(unit, number)
        if row is None:
            return
        if needs_only:
            row.needs = row.needs_agreed = None
            row.changed = now
        else:
            unit.delete(row)
        verb = "profile.needs_forgotten" if needs_only else "profile.forgotten"
        audit.write(unit, RESIDENT, verb, "profile", number, now)
        unit.commit()


def _of(row: ProfileRow) -> Profile:
    return Profile(row.number, row.state, row.name, row.phone or "", row.place, row.needs, row.agreed)


def _found(row: ProfileRow | None) -> ProfileRow:
    """Raises NotFound."""
    if row is None:
        raise NotFound
    return row
