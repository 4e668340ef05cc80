"""How much of a series is meant: one day, all of one weekday, or everything."""

import re
from collections.abc import Mapping
from typing import Any

from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.entities import find_entities
from bot.language.times import say_day
from bot.language.zh.weekly import find_weekdays
from bot.services.bookings import bookings, series
from bot.services.bookings.bookings import Booking

SLOT = "scope"
"""Numbers of the bookings that are meant."""
_ALL = re.compile(r"全部|全都|都(?=取消|不|退|撤)|整个|所有|一起|\b(?:all|every|whole|everything|series)\b", re.I)
_ONE = re.compile(
    r"这一?次|这一?[天回]|那一?[次天回]|一次|\b(?:just|only) (?:this|that|the) (?:one|day|time)\b|\bthis one\b|\bonce\b",
    re.I,
)

_CHANGES = re.compile(r"改|换|挪|调|推迟|提前|\b(?:change|move|shift|make)\b", re.I)
"""What stands before it says which booking is meant; what stands behind it, what it shall be."""
_EACH = re.compile(
    r"全部|全都|都(?=改|换|挪|调|提前|推|按|这样)|每一?[次回]|整个|所有|后面的|以后的|\b(?:all|every|each|whole|series)\b",
    re.I,
)


def live_of(number: str) -> list[Booking]:
    """The bookings of its series that can still be cancelled, by their days; only itself where it has none."""
    booking = bookings.get(wiring.store(), number)
    if booking.series is None:
        return [booking]
    return [one for one in series.of_series(wiring.store(), booking.series) if one.state in bookings.LIVE]


def is_open(draft: Mapping[str, Any]) -> bool:
    """Must it be asked how much of the series is meant?"""
    return draft.get(SLOT) is None and len(live_of(draft["record"])) > 1


def meant(said: Said, number: str) -> list[str] | None:
    """Numbers of the bookings that the words mean; None when they do not tell."""
    live, day = live_of(number), said.entities.when.day
    if len(live) < 2:
        return None
    on_day = [one.number for one in live if day and one.day == day and not said.entities.when.weekly]
    if on_day:
        return on_day
    weekdays = find_weekdays(said.text, asked=bool(re.search("周|星期|礼拜|day", said.text)))
    # 一三五那个饭,星期三的不要了: what is named last is meant
    last = re.findall(r"(?:周|星期|礼拜)([一二三四五六日天])(?=的|那|不|$|[,。吧取])", said.text)
    if last:
        weekdays = tuple("一二三四五六日".index(sign.replace("天", "日")) for sign in last)
    named = [one.number for one in live if one.day.weekday() in weekdays]
    if named and len(named) < len(live):
        return named
    if _ALL.search(said.text) or named:
        return [one.number for one in live]
    return [number] if _ONE.search(said.text) else None


def to_change(said: Said, booking: Booking) -> list[str] | None:
    """Numbers of the bookings of its series that shall be changed: all, that of a day that is named, or the next one.

    None for one that is no part of a series, or the last of it.
    """
    coming = [one for one in live_of(booking.number) if one.day >= said.now.date()]
    if len(coming) < 2:
        return None
    if each(said):
        return [one.number for one in coming]
    verb = _CHANGES.search(said.text)
    before = said.text[: verb.start()] if verb else ""
    named = find_entities(before, said.now, language=said.language).when.day or said.entities.when.day
    return [next((one.number for one in coming if one.day == named), coming[0].number)]


def each(said: Said) -> bool:
    """都改到晚上: every one of the series."""
    return bool(_EACH.search(said.text))


def corrected(said: Said, draft: Mapping[str, Any], booking: Booking) -> dict[str, Any]:
    """The slots when all of the series, or only this one, shall be changed after all."""
    numbers = draft.get(SLOT)
    if said.awaiting != "confirmation" or not numbers:
        return {}
    wished = (
        to_change(said, booking) if each(said) else [booking.number] if _ONE.search(said.text) else None
    ) or numbers
    if wished == numbers or (len(wished) > 1 and draft.get("date") not in (None, booking.day.isoformat())):
        return {}  # another day is for one of them: the days of a series stay what they are
    return {SLOT: wished, "confirmation": None}


def told(changes: str, draft: Mapping[str, Any], booking: Booking, language: str) -> str:
    """What is read back of a change: of a series with how much of it is meant."""
    numbers = draft.get(SLOT) or ()
    if len(numbers) > 1:
        return words.text("bookings.change.each", language, count=len(numbers), changes=changes)
    if not numbers:
        return changes
    moved = draft.get("date") not in (None, booking.day.isoformat())
    code = "bookings.change.one_day" if moved else "bookings.change.one"
    return words.text(code, language, day=say_day(booking.day, language), changes=changes)
