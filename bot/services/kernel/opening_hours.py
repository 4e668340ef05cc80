"""Hours in which staff are there, as they are written in the settings: arithmetic on text and clock."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RULE = re.compile(r"(\w{3})(?:-(\w{3}))? (\d{2}:\d{2})-(\d{2}:\d{2})")


_CHINESE_DAYS = dict(zip("一二三四五六日", DAYS, strict=True)) | {"天": "Sun"}


def plain(hours: str) -> str:
    """Hours as people write them, 「周一至周五 8:30-17:30，周六 9:00—12:00」, in the one form that is read.

    What is not understood stays as it is.
    """
    text = re.sub("[，,；;、\n]", ";", hours.strip()).replace("：", ":")
    text = re.sub(r"(?:周|星期|礼拜)([一二三四五六日天])", lambda day: _CHINESE_DAYS[day[1]], text)
    text = re.sub(r"\s*(?:[-–—－~～至到]|to)\s*", "-", text)
    text = re.sub(r"(?<![\d:])(\d):(\d{2})", r"0\1:\2", text)
    text = re.sub(r"(?<=[a-z])\s*(?=\d)", " ", text)
    return ";".join(_with_days(rule.strip() for rule in text.split(";") if rule.strip()))


def _with_days(rules: Iterable[str]) -> Iterator[str]:
    """A second stretch of the same days may leave them out."""
    days = ""
    for rule in rules:
        if rule[0].isdigit():
            rule = f"{days} {rule}".strip()
        else:
            days = rule.partition(" ")[0]
        yield rule


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
