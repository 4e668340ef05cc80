"""How dates, times and codes are put into words for the eye, in the resident's language."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from actions.core.choices import plainly
from bot.language import words
from bot.language.times import say_day, say_time, say_window
from bot.services.bookings.offerings import Window
from bot.turns import Button


class HasWindow(Protocol):
    @property
    def starts(self) -> time: ...
    @property
    def ends(self) -> time: ...


def name_of(code: str, language: str) -> str:
    """The name of a state, a category or a service, inside a sentence."""
    return words.in_sentence(words.text(code, language), language)


def say_when(at: time | None, language: str) -> str:
    return say_time(at, language) if at else ""


def part_words(part: str | None, language: str) -> str:
    return words.text(f"bookings.part.{part}", language) if part else ""


def time_choices(windows: Sequence[HasWindow], language: str) -> list[Button]:
    """Each window from its start to its end; its start is the answer."""
    return [Button(say_window(w.starts, w.ends, language), say_time(w.starts, language)) for w in windows]


def alternatives(free: Sequence[tuple[date, Window]], language: str) -> list[Button]:
    """The next free times, each with its day."""
    gap = "" if language == "zh" else " "
    ordered = sorted(free, key=lambda one: (one[0], one[1].starts))
    return plainly([say_day(day, language) + gap + say_time(window.starts, language) for day, window in ordered])


def party_words(party: int, service: str, language: str) -> str:
    counted = "meal" if service == "meal" else "people"
    return words.text(f"bookings.party.{counted}", language, count=party)


def most_words(party: int, service: str, language: str) -> str:
    """The most of one booking: 订5份; 5个人; 5 people."""
    counted = "meal" if service == "meal" else "people"
    return words.text(f"bookings.most.{counted}", language, count=party)


def ahead_words(position: int, language: str) -> str:
    """Where somebody stands on the waiting list; 1 is the first."""
    return words.text("bookings.ahead", language, count=max(position - 1, 0))


def notice_words(hours: float, language: str) -> str:
    """How long before: 一天 rather than 24 hours."""
    days, rest = divmod(hours, 24)
    if rest or not days:
        return words.text("bookings.notice_hours", language, hours=f"{hours:g}")
    return words.text("bookings.notice_days", language, days=int(days))


def moment_words(moment: datetime, language: str) -> str:
    gap = "" if language == "zh" else " "
    return say_day(moment.date(), language) + gap + say_time(moment.timetz().replace(tzinfo=None), language)
