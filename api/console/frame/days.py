"""Days in addresses and forms of the console."""

from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Days outside are slips of the finger, and near the ends of the calendar nothing can be reckoned."""


def day_of(text: str) -> date | None:
    """2026-11-24 → that day; None for what is no day between 2000 and 2100."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
