"""Finding parts of the day and times of the clock in English words."""

import re

from bot.language.zh.clock import Clock, Part
from bot.language.zh.numbers import read_english_number

_H = r"(?:1[0-2]|0?[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_MINUTES = {
    "five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "fifteen": 15, "twenty": 20, "twenty five": 25, "half": 30,
    "half an hour": 30, "thirty": 30, "forty": 40, "forty five": 45, "fifty": 50, "oh five": 5, "o five": 5,
}  # fmt: skip
"""Said before or behind the hour: twenty past nine, nine thirty."""
_BEHIND = "thirty|half|fifteen|forty[- ]five|forty|fifty|twenty[- ]five|twenty|oh five|o five"
_CLOCK = re.compile(
    rf"\b(?:(?P<lead>at|from|by|around|about|between|after|before|say) )?"
    rf"(?:(?P<off>half an hour|a quarter|quarter|half|five|ten|fifteen|twenty[- ]five|twenty|[1-5]?\d)(?: minutes?)? (?P<side>past|after|to|before|till) (?P<ph>{_H})\b(?! ?(?:days?|weeks?|hours?|minutes?))"
    rf"|half (?P<half>{_H})\b|(?P<h24>1[3-9]|2[0-3]|0[0-9]|[0-9]|1[0-2])(?:[:.h](?P<m>[0-5]\d)(?!\d)|h\b)|(?P<word>noon|midnight)"
    rf"|(?P<h>{_H})(?= ?[ap]\.?m|\W*o'?clock|ish|\W| ?-|$))"
    rf"(?:(?<=\d) (?P<mm>[0-5]0|[0-5]5)\b|[ -](?P<mw>{_BEHIND})\b)?(?:[ -]?ish\b)?(?: ?(?P<ampm>[ap])\.? ?m\b\.?)?(?P<oclock> ?o'? ?clock| ?clock\b)?"
    rf"(?: ?(?:to|-|until|till|and) ?(?P<eh>1[0-9]|2[0-3]|{_H})(?![0-9])(?::(?P<em>[0-5]\d))?(?: ?(?P<eampm>[ap])\.? ?m\b\.?)?(?: ?o'?clock)?)?",
    re.I,
)
_LONGEST_RANGE = 2
"""Hours: “ten to twelve” is a stretch of time, “ten to three” ten minutes before three."""
_MEAL = re.compile(r"\b(?:(?P<after>after|past)|(?P<before>before)) (?:the )?(?:my |our )?$", re.I)
_AROUND_MEAL = {
    ("after", "noon"): "afternoon", ("before", "noon"): "morning", ("after", "evening"): "evening",
    ("before", "evening"): "afternoon", ("after", "morning"): "morning",
}  # fmt: skip
"""The part of the day after lunch, before dinner."""
_PART = re.compile(
    r"\b(?:(?P<morning>morning|breakfast|first thing)|(?P<noon>noon|lunch(?:time)?|midday)|(?P<afternoon>afternoon)|(?P<evening>evening|tonight|night|dinner|supper))\b",
    re.I,
)


def find_english_parts(text: str) -> list[Part]:
    """Every word for a part of the day, greetings left out."""
    parts = []
    for match in _PART.finditer(text):
        if re.search(r"\bgood $", text[: match.start()], re.I):
            continue
        name, meal = match.lastgroup or "", _MEAL.search(text[: match.start()])
        name = _AROUND_MEAL.get((meal.lastgroup or "", name), name) if meal else name
        parts.append(Part(name, match.span(), match[0].lower()))
    return parts


def find_english_clocks(text: str, parts: list[Part], *, alone: bool) -> list[Clock]:
    """Every time of day. `alone`: the whole text is the answer to “what time”, so that a bare number counts."""
    clocks = []
    for match in _CLOCK.finditer(text):
        sure = (
            match["off"]
            or match["half"]
            or match["h24"]
            or match["word"]
            or match["ampm"]
            or match["oclock"]
            or match["eampm"]
        )
        sure = (
            sure or match["mw"] or re.match(r" in the (?:morning|afternoon|evening)\b| at night\b", text[match.end() :])
        )
        led = match["lead"] and not re.match(
            r" ?(?:\d|people|person|portion|meal|day|week|month|year|minute|hour|o'cl|building|the|st\b|th\b|of|in the m)",
            text[match.end() :],
            re.I,
        )
        if sure or led or alone:
            clock = _clock_of(match, parts)
            if clock:
                clocks.append(clock)
    return clocks


def _clock_of(match: re.Match[str], parts: list[Part]) -> Clock | None:
    part = parts[-1].name if parts else None
    if match["word"]:
        return Clock(720 if match["word"].lower() == "noon" else 0, None, match.span(), None, False)
    hour = read_english_number(match["h24"] or match["ph"] or match["half"] or match["h"])
    if hour is None:
        return None
    if match["off"] and (stretch := _stretch(match, hour, part)):
        return stretch
    minute = int(match["m"] or match["mm"] or 0) or _MINUTES.get(_plain(match["mw"]), 0)
    half = match["ampm"] or (match["eampm"] if match["eh"] else None)
    doubt = hour in (6, 7, 8) and not half and not part and not match["h24"]
    start = _hour(hour, half, part) * 60 + minute + 30 * bool(match["half"])
    if match["off"]:
        off = int(match["off"]) if match["off"].isdigit() else _MINUTES[_plain(match["off"])]
        start += off if match["side"].lower() in ("past", "after") else -off
    ends = None
    end_hour = read_english_number(match["eh"]) if match["eh"] else None
    if end_hour is not None:
        ends = _hour(end_hour, match["eampm"], part) * 60 + int(match["em"] or 0)
        if half == match["eampm"] and start >= ends:  # 11 to 1 pm
            start -= 720
        ends += 720 * (ends <= start)
    return Clock(start % 1440, ends % 1440 if ends else None, match.span(), part, doubt) if start >= 0 else None


def _plain(words: str | None) -> str:
    return (words or "").lower().replace("-", " ")


def _stretch(match: re.Match[str], end: int, part: str | None) -> Clock | None:
    """Nine to eleven, where it is no number of minutes before the hour."""
    begin = read_english_number(match["off"])
    if match["side"].lower() != "to" or begin is None or begin > 12:
        return None
    hours = (end - begin) % 12
    if not match["off"].isdigit() and hours > _LONGEST_RANGE and _plain(match["lead"]) not in ("from", "between"):
        return None
    start = _hour(begin, match["ampm"], part)
    if match["ampm"] and match["ampm"].lower() == "p" and begin > end:  # 11 to 1 pm
        start -= 12
    return Clock(start * 60 % 1440, (start + hours) * 60 % 1440, match.span(), part, False)


def _hour(hour: int, half: str | None, part: str | None) -> int:
    if half:
        return hour % 12 + (12 if half.lower() == "p" else 0)
    if hour > 12 or part == "morning":
        return hour
    if part in ("afternoon", "evening") or (part == "noon" and hour < 10):
        return hour % 12 + 12
    return hour + 12 if 1 <= hour <= 5 else hour
