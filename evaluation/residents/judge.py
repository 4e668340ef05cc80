"""Whether the outcome that a resident wished for stands in the database, and nothing else; never by wording."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from bot.store.store import Store
from evaluation.residents import records
from evaluation.residents.days import WEEKDAYS, day_of
from evaluation.residents.profiles import Profile
from evaluation.residents.records import OVER, Booked, Filed, Record
from evaluation.residents.wording import plain

OTHER_WISH = "two_wishes"
"""The style of those who want a second thing too: a record of another kind is no false write then."""
OPEN_AGAIN = ("reopened", "filed", "dispatched", "handling")
NOT_A_VALUE = ("absent", "anonymous", "unchanged", "shown", "draft", "count", "services", "repeat", "weeks", "status")


@dataclass(frozen=True)
class Verdict:
    success: bool
    wrong: tuple[str, ...] = ()
    """What is not as wished: "nothing written", names of fields, "unwanted …"."""
    false_writes: int = 0
    """Bookings and cases that were not wished for, or hold another value than the wish."""


@dataclass(frozen=True)
class Before:
    """The given record and its fellows, as they were."""

    conversation_id: str
    bookings: tuple[Booked, ...]
    cases: tuple[Filed, ...]

    @property
    def numbers(self) -> set[str]:
        return {one.number for one in self.bookings} | {one.number for one in self.cases}


def look(store: Store, conversation_id: str) -> Before:
    return Before(
        conversation_id,
        tuple(records.bookings_of(store, conversation_id)),
        tuple(records.cases_of(store, conversation_id)),
    )


def judge(
    store: Store, profile: Profile, conversation_id: str, before: Before, shown: set[str], today: date
) -> Verdict:
    """`shown` are the numbers on the cards that the resident saw."""
    new = look(store, conversation_id)
    if profile.topic == "follow_ups":
        return _follow_up(profile, before, look(store, before.conversation_id), new, shown, today)
    if profile.table == "handovers":
        return _handover(store, profile, conversation_id, new)
    mine: Sequence[Booked | Filed] = new.bookings if profile.table == "bookings" else new.cases
    other: Sequence[Booked | Filed] = new.cases if profile.table == "bookings" else new.bookings
    unwanted = 0 if profile.style == OTHER_WISH else len(other)
    return _new(profile, [one for one in mine if one.state not in OVER], unwanted, today)


def _new(profile: Profile, mine: Sequence[Booked | Filed], unwanted: int, today: date) -> Verdict:
    where = profile.where
    extra = ("unwanted record of another kind",) if unwanted else ()
    if where.get("absent"):
        return Verdict(
            not mine and not unwanted, (*(["written all the same"] if mine else []), *extra), len(mine) + unwanted
        )
    if not mine:
        return Verdict(False, ("nothing written", *extra), unwanted)
    if "services" in where or "repeat" in where:
        return _several(where, mine, unwanted, today)
    wrong = [differences(one, where, today) for one in mine]
    right = wrong.count([])
    second = profile.style == OTHER_WISH and len(mine) == 2 and right == 1  # the other wish is of the same kind
    told = (*min(wrong, key=len), *(["more records than one"] if len(mine) > 1 and not second else []), *extra)
    return Verdict(not told, told, (0 if second else len(mine) - right + max(0, right - 1)) + unwanted)


def _several(where: dict[str, Any], mine: Sequence[Booked | Filed], unwanted: int, today: date) -> Verdict:
    """A package, or a series."""
    booked = [one for one in mine if isinstance(one, Booked)]
    wrong = sorted({name for one in mine for name in differences(one, where, today)})
    if "services" in where and Counter(one.service for one in booked) != Counter(where["services"]):
        wrong.append("services")
    if "repeat" in where:
        days = Counter(WEEKDAYS[one.day.weekday()] for one in booked)
        if days != Counter(dict.fromkeys(where["repeat"], where["weeks"])):
            wrong.append("repeat")
    false = sum(bool(differences(one, where, today)) for one in mine)
    return Verdict(not wrong and not unwanted, tuple(wrong), false + unwanted)


def _handover(store: Store, profile: Profile, conversation_id: str, new: Before) -> Verdict:
    where = profile.where
    asked = records.handovers_of(store, conversation_id)
    written = len(new.bookings) + len(new.cases)
    if where.get("absent"):
        return Verdict(not asked and not written, ("asked all the same",) if asked else (), written)
    if not asked:
        return Verdict(False, ("nothing written",), written)
    wrong = [] if len(asked) == where.get("count", 1) else ["count"]
    if where.get("phone", asked[0].phone) != asked[0].phone:
        wrong.append("phone")
    if "draft" in where and records.FORMS[where["draft"]] not in asked[0].forms:
        wrong.append("draft")
    return Verdict(not wrong and not written, tuple(wrong), written)


def _follow_up(profile: Profile, before: Before, after: Before, new: Before, shown: set[str], today: date) -> Verdict:
    where = profile.where
    unwanted = 0 if profile.style == OTHER_WISH else len(new.bookings) + len(new.cases)
    extra = ("unwanted new record",) if unwanted else ()
    changed = before != after
    if where.get("unchanged"):
        told = after.numbers & shown
        wrong = ["changed"] if changed else []
        if profile.refuses_at is None and bool(told) != where.get("shown", True):
            wrong.append("not shown" if not told else "shown to another")
        return Verdict(not wrong and not unwanted, (*wrong, *extra), int(changed) + unwanted)
    if not changed:
        return Verdict(False, ("unchanged", *extra), unwanted)
    wrong = _changes(where, after, today)
    return Verdict(not wrong and not unwanted, (*wrong, *extra), int(bool(wrong)) + unwanted)


def _changes(where: dict[str, Any], after: Before, today: date) -> list[str]:
    """What of the wished change is not there."""
    if "repeat" in where:
        left = {WEEKDAYS[one.day.weekday()] for one in after.bookings if one.state not in OVER}
        return [] if left == set(where["repeat"]) else ["repeat"]
    one: Booked | Filed = after.bookings[0] if after.bookings else after.cases[0]
    wished, wrong = where.get("status"), differences(one, where, today)
    if wished == "cancelled" and one.state != "cancelled":
        wrong.append("status")
    if wished == "reopened" and one.state not in OPEN_AGAIN:
        wrong.append("status")
    return wrong


def differences(record: Record, where: dict[str, Any], today: date) -> list[str]:
    """Names of the fields that are not as wished."""
    there = asdict(record)
    wrong = [name for name in where if name not in NOT_A_VALUE and not _holds(name, where[name], there, today)]
    if where.get("anonymous") and (there["phone"] or there["name"]):
        wrong.append("anonymous")
    return wrong


def _holds(name: str, wished: Any, there: dict[str, Any], today: date) -> bool:
    if name == "date":
        return bool(there["day"] == day_of(wished, today))
    if name == "time":
        return bool(there["starts"] <= time.fromisoformat(wished) < there["ends"])
    value = there[name]
    if isinstance(wished, dict):
        if "any_of" in wished:
            return value in wished["any_of"]
        return any(plain(part) in plain(value) for part in wished["contains_any"])
    return plain(str(value)) == plain(str(wished))
