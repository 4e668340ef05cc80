"""Hours in which staff are there, as they are written in the settings: arithmetic on text and clock."""

import re
from datetime import datetime, time

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULE = re.compile(r"(\w{3})(?:-(\w{3}))? (\d{2}:\d{2})-(\d{2}:\d{2})")


def on_duty(hours: str, now: datetime) -> bool | None:
    """Are staff there at this moment? None when the hours are empty, so nobody knows.

    Hours look like "Mon-Fri 08:30-17:30;Sat 09:00-12:00". Raises ValueError for anything else.
    """
    if not hours.strip():
        return None
    covered = [_covers(rule.strip(), now) for rule in hours.split(";")]  # reads every rule, also after a hit
    return True in covered


def _covers(rule: str, now: datetime) -> bool:
    found = RULE.fullmatch(rule)
    if found is None:
        raise ValueError(f'staff hours look like "Mon-Fri 08:30-17:30;Sat 09:00-12:00", not "{rule}"')
    first, last, opens, closes = found.groups()
    if first not in DAYS or (last is not None and last not in DAYS):
        raise ValueError(f"staff hours: days are {', '.join(DAYS)}")
    begin, end = time.fromisoformat(opens), time.fromisoformat(closes)
    if end <= begin:
        raise ValueError("staff hours: a day ends after it begins")
    today, since = now.weekday(), DAYS.index(first)
    until = DAYS.index(last) if last else since
    # "Sat-Mon" runs over the end of the week.
    in_days = since <= today <= until if since <= until else today >= since or today <= until
    return in_days and begin <= now.time() < end
