"""Days as the residents' files write them: tomorrow, day_after, in3, coming:fri, next:tue, day:18."""

from datetime import date, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
AHEAD = {"tomorrow": 1, "day_after": 2}


def day_of(mark: str, today: date) -> date:
    """The date that the mark means. Raises ValueError when it is none."""
    kind, _, rest = mark.partition(":")
    if mark in AHEAD:
        return today + timedelta(days=AHEAD[mark])
    if kind == "coming":  # the first such weekday after today
        return today + timedelta(days=(WEEKDAYS.index(rest) - today.weekday() - 1) % 7 + 1)
    if kind == "next":  # in the week that begins with the next Monday
        return today + timedelta(days=7 - today.weekday() + WEEKDAYS.index(rest))
    if kind == "day":
        day = today + timedelta(days=1)
        while day.day != int(rest):
            day += timedelta(days=1)
        return day
    if kind.startswith("in"):
        return today + timedelta(days=int(kind.removeprefix("in")))
    raise ValueError(f"no day: {mark}")
