"""Days in addresses and forms of the console."""

from datetime import date, datetime, time

from bot.errors import BadInput

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Days outside are slips of the finger, and near the ends of the calendar nothing can be reckoned."""


def day_of(text: str) -> date | None:
    """2026-11-24 → that day; None for what is no day between 2000 and 2100."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def exactly(text: str) -> date:
    """The day that was chosen. Raises BadInput."""
    day = day_of(text)
    if day is None:
        raise BadInput("day")
    return day


def clock(text: str) -> time:
    """The time of the day that was chosen. Raises BadInput."""
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError as error:
        raise BadInput("window") from error
