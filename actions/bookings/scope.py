"""How much of a series is meant: one day, all of one weekday, or everything."""

import re
from collections.abc import Mapping
from typing import Any

from actions.core.turn import Said
from bot import wiring
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
