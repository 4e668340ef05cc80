"""By when the office owes what: a case its answer, a freed seat its taker. Arithmetic on the settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

OFFER_HOURS = 12.0
"""How long a free seat is held, unless the caller passes the setting."""
IsWorkingDay = Callable[[date], bool]


@dataclass(frozen=True)
class Targets:
    """The plan's section 3.2 names one day to respond and three to settle."""

    response_days: float = 1.0
    settlement_days: float = 3.0
    working_days: bool = False
    """Count only working days of mainland China, with their moved weekends."""


def is_chinese_working_day(day: date) -> bool:
    """False on weekends and public holidays; true on a weekend day that is worked to make up for a holiday."""
    return _calendar().is_working_day(day)


def is_chinese_holiday(day: date) -> bool:
    """Of the public holidays; a plain weekend is none."""
    return day in _calendar()


@cache
def _calendar() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")


def deadlines(
    filed: datetime, targets: Targets, is_working_day: IsWorkingDay = is_chinese_working_day
) -> tuple[datetime, datetime]:
    """Respond by, settle by."""
    if not targets.working_days:
        respond_by = filed + timedelta(days=targets.response_days)
        return respond_by, filed + timedelta(days=targets.settlement_days)
    return (
        after_working_days(filed, targets.response_days, is_working_day),
        after_working_days(filed, targets.settlement_days, is_working_day),
    )


def after_working_days(start: datetime, days: float, is_working_day: IsWorkingDay) -> datetime:
    """The moment when so many days of 24 hours have passed, with the clock standing still on days off."""
    moment, left = start, timedelta(days=days)
    while True:
        midnight = datetime.combine(moment.date() + timedelta(days=1), time(0), moment.tzinfo)
        if is_working_day(moment.date()):
            if left <= midnight - moment:
                return moment + left
            left -= midnight - moment
        moment = midnight
