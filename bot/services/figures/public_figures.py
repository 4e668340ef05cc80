"""What everybody may read of the cases: answered and settled in time, by month and office. No small count is shown."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.services.kernel.deadlines import IsWorkingDay, Targets, deadlines, is_chinese_working_day
from bot.store.figures import queries
from bot.store.store import Store

MONTHS = 6
SMALLEST = 5
"""Fewer cases of an office in a month might be known by those who filed them: they are put together, or hidden."""
NOT_COUNTED = "staff_conduct"
"""Complaints about our own staff are nobody's business but the supervisor's."""


@dataclass(frozen=True)
class Office:
    name: str
    """Empty for the small ones together and for what no office has yet."""
    cases: int
    answered: float | None
    """Of a hundred whose time is over or who were answered; None where there were too few."""
    settled: float | None


@dataclass(frozen=True)
class Month:
    name: str
    """2026-11."""
    offices: tuple[Office, ...]
    """Most cases first, the small ones together last."""
    hidden: bool
    """So few others were left over that even together they are not told."""


def months(
    store: Store, now: datetime, targets: Targets, *, is_working_day: IsWorkingDay = is_chinese_working_day
) -> list[Month]:
    """The newest first; months without a case are left out."""
    first = now.year * 12 + now.month - MONTHS  # months since year 0, of the earliest one
    since = now.replace(year=first // 12, month=first % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    with store.reading() as unit:
        rows = queries.cases_by_office(unit, since, now, NOT_COUNTED)
    found: dict[str, dict[str, list[tuple[bool | None, bool | None]]]] = defaultdict(lambda: defaultdict(list))
    for department, filed, responded, settled in rows:
        respond_by, settle_by = deadlines(filed, targets, is_working_day)
        times = _in_time(responded, respond_by, now), _in_time(settled, settle_by, now)
        found[filed.strftime("%Y-%m")][(department or "").strip()].append(times)
    return [_month(name, found[name]) for name in sorted(found, reverse=True)]


def _in_time(done: datetime | None, by: datetime, now: datetime) -> bool | None:
    """None while its time still runs."""
    return None if done is None and by > now else done is not None and done <= by


def _month(name: str, offices: dict[str, list[tuple[bool | None, bool | None]]]) -> Month:
    large = {office: cases for office, cases in offices.items() if office and len(cases) >= SMALLEST}
    rest = [one for office, cases in offices.items() if office not in large for one in cases]
    told = sorted((_office(office, cases) for office, cases in large.items()), key=lambda one: (-one.cases, one.name))
    small = [_office("", rest)] if len(rest) >= SMALLEST else []
    return Month(name, (*told, *small), bool(rest) and not small)


def _office(name: str, cases: list[tuple[bool | None, bool | None]]) -> Office:
    return Office(name, len(cases), _share(one for one, _ in cases), _share(one for _, one in cases))


def _share(known: Iterable[bool | None]) -> float | None:
    counted = [one for one in known if one is not None]
    return round(100 * sum(counted) / len(counted), 1) if len(counted) >= SMALLEST else None
