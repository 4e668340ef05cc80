"""The figures of the dashboard and of the monthly report, beside the plan's targets. No figure names a person.

How each is counted stands in its function, and in plain words beside the plot.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Literal

from bot.services.kernel.deadlines import IsWorkingDay, Targets, deadlines, is_chinese_working_day
from bot.store.conversations.understanding import is_misunderstood
from bot.store.figures import queries as figure_queries
from bot.store.proposals import queries as proposal_queries
from bot.store.proposals.states import Outcome
from bot.store.store import Store

Measure = Literal["count", "percent", "minutes"]

CONTENT = 4
"""A rating from here to 5 counts as content."""
MOST_DAYS = 62
"""A longer time is shown by months."""


@dataclass(frozen=True)
class Period:
    first: date
    last: date
    """Included."""

    def bounds(self, now: datetime) -> tuple[datetime, datetime]:
        zone = now.tzinfo
        return datetime.combine(self.first, time(), zone), datetime.combine(self.last + timedelta(days=1), time(), zone)

    @property
    def by_month(self) -> bool:
        return (self.last - self.first).days >= MOST_DAYS

    @property
    def labels(self) -> tuple[str, ...]:
        days = ((self.first + timedelta(days=n)) for n in range((self.last - self.first).days + 1))
        return tuple(dict.fromkeys(self.label(day) for day in days))

    def label(self, day: date) -> str:
        """2026-11-23, or 2026-11 in a long time."""
        return day.strftime("%Y-%m") if self.by_month else day.isoformat()


@dataclass(frozen=True)
class Target:
    value: float
    section: str
    """Of the plan."""


@dataclass(frozen=True)
class Series:
    name: str
    values: tuple[float | None, ...]
    """One for each label; None where there was nothing to count."""


@dataclass(frozen=True)
class Plot:
    name: str
    measure: Measure
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    whole: float | None
    """Over the whole time; None where there was nothing to count."""
    base: int
    """How many conversations, turns, cases or ratings that rests on."""
    target: Target | None = None
    codes: str = ""
    """Labels are codes, such as goals, and not days; their words begin so, such as "goal."."""

    @property
    def empty(self) -> bool:
        return self.base == 0

    @property
    def reached(self) -> bool | None:
        """None without a target, or without anything to hold against it."""
        return None if self.target is None or self.whole is None else self.whole >= self.target.value


TARGETS = {
    "answered": Target(100, "3.2"),
    "settled": Target(100, "3.2"),
    "satisfaction": Target(90, "3.1"),
    "served": Target(90, "3.1"),
    "adopted": Target(70, "3.1"),
    "council": Target(50, "3.1"),
    "digital": Target(80, "3.1"),
    "elderly": Target(60, "3.2"),
}
"""The plan: “1日内响应、3日内办结” (3.2), read as every case; “居民满意度……提升至90%以上”, “意见采纳率达70%”, “居民议事会自主报名比例达50%”,
“数字化公共服务覆盖率达80%以上” (3.1); “老年群体服务使用率提升至60%” (3.2). The last two are wider than what can be counted here,
which stands beside their figures."""
COUNCIL = "council"
"""The service of those who sign up for the residents' council."""
NO_WISH = frozenset({
    "inform", "affirm", "deny", "repeat", "slower", "louder", "switch_language", "greet", "thanks", "goodbye", "rate_service",
})  # fmt: skip
"""Answers to our own questions, wishes for the talk itself and courtesies: not what residents came for."""
NAMES = (
    "traffic", "goals", "complaints", "understood", "handover", "answered", "settled", "satisfaction", "served", "adopted", "council",
    "digital", "elderly", "waiting",
)  # fmt: skip
"""In the order of the page."""


def plots(
    store: Store,
    period: Period,
    now: datetime,
    *,
    targets: Targets,
    is_working_day: IsWorkingDay = is_chinese_working_day,
) -> tuple[Plot, ...]:
    """All of them, in the order of NAMES."""
    with store.reading() as unit:
        since, until = period.bounds(now)
        talks = figure_queries.conversations(unit, since, until)
        wishes = figure_queries.handovers(unit, since, until)
        turns = figure_queries.turns(unit, since, until)
        cases = figure_queries.cases(unit, since, until)
        scores = figure_queries.scores(unit, since, until)
        served = figure_queries.served_scores(unit, since, until)
        calls = figure_queries.calls(unit, since, until)
        answered = proposal_queries.outcomes(unit, since, until)
        booked = figure_queries.bookings(unit, since, until)
        own_cases = figure_queries.told_or_filed_for(unit, since, until)

    asked = {row.conversation_id for row in wishes}
    own_bookings = [(row.made, row.conversation_id != "") for row in booked]
    council = [own for row, own in zip(booked, own_bookings, strict=True) if row.service == COUNCIL]
    due = [(row, *deadlines(row.filed, targets, is_working_day)) for row in cases]
    return (
        _traffic(period, [row.opened for row in talks if row.channel != "phone"], calls),
        _counted("goals", "turns", Counter(row.goal for row in turns if row.goal and row.goal not in NO_WISH), "goal."),
        _counted("complaints", "cases", Counter(row.category for row in cases), "cases.category."),
        _share("understood", period, [(row.received, _understood(row.goal, row.confidence)) for row in turns]),
        _share("handover", period, [(row.opened, row.id in asked) for row in talks]),
        _share("answered", period, _in_time([(row.filed, row.responded, by) for row, by, _ in due], now)),
        _share("settled", period, _in_time([(row.filed, row.settled, by) for row, _, by in due], now)),
        _share("satisfaction", period, [(at, score >= CONTENT) for at, score in scores]),
        _share("served", period, [(at, score >= CONTENT) for at, score in served]),
        _share("adopted", period, [(at, outcome == Outcome.ADOPTED) for at, outcome in answered]),
        _share("council", period, council),
        _share("digital", period, [*own_bookings, *own_cases]),
        _share("elderly", period, [(row.opened, _of_the_elderly(row.channel, row.elder, row.rate)) for row in talks]),
        _waiting(period, [(row.asked, row.claimed) for row in wishes]),
    )


def _understood(goal: str | None, confidence: float | None) -> bool:
    return goal is not None and not is_misunderstood(goal, confidence)


def _of_the_elderly(channel: str, elder: bool, rate: float | None) -> bool:
    """We ask nobody's age. Counted are the ways that were made for the elderly; others use them too."""
    return channel == "phone" or elder or (rate is not None and rate < 1)


def _in_time(cases: Iterable[tuple[datetime, datetime | None, datetime]], now: datetime) -> list[tuple[datetime, bool]]:
    """A case whose time still runs, with nothing done yet, is not counted."""
    return [(filed, done is not None and done <= by) for filed, done, by in cases if done is not None or by <= now]


def _traffic(period: Period, chats: Sequence[datetime], calls: Sequence[datetime]) -> Plot:
    labels = period.labels
    counted = {
        name: Counter(period.label(at.date()) for at in moments)
        for name, moments in (("chats", chats), ("calls", calls))
    }
    series = tuple(Series(name, tuple(found[label] for label in labels)) for name, found in counted.items())
    total = len(chats) + len(calls)
    return Plot("traffic", "count", labels, series, total, total)


def _counted(name: str, series: str, found: Counter[str], codes: str) -> Plot:
    """By code, the most frequent first."""
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
    labels, total = tuple(code for code, _ in ordered), found.total()
    return Plot(name, "count", labels, (Series(series, tuple(n for _, n in ordered)),), total, total, codes=codes)


def _share(name: str, period: Period, counted: Sequence[tuple[datetime, bool]]) -> Plot:
    """How many of a hundred were so."""
    found: dict[str, list[bool]] = defaultdict(list)
    for at, so in counted:
        found[period.label(at.date())].append(so)
    values = tuple(_percent(found[label]) if label in found else None for label in period.labels)
    whole = _percent([so for _, so in counted]) if counted else None
    return Plot(name, "percent", period.labels, (Series(name, values),), whole, len(counted), TARGETS.get(name))


def _waiting(period: Period, wishes: Sequence[tuple[datetime, datetime | None]]) -> Plot:
    """The middle and the longest wait, in minutes, of those whom somebody has taken."""
    found: dict[str, list[float]] = defaultdict(list)
    for asked, taken in wishes:
        if taken is not None:
            found[period.label(asked.date())].append(round((taken - asked).total_seconds() / 60, 1))
    every = [minutes for waits in found.values() for minutes in waits]
    series = (
        Series("median", tuple(round(median(found[one]), 1) if one in found else None for one in period.labels)),
        Series("longest", tuple(max(found[one]) if one in found else None for one in period.labels)),
    )
    whole = round(median(every), 1) if every else None
    return Plot("waiting", "minutes", period.labels, series, whole, len(every))


def _percent(so: Sequence[bool]) -> float:
    return round(100 * sum(so) / len(so), 1)
