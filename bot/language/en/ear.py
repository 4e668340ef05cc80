"""English for the ear: a voice reads plain numbers itself, so only names, times, signs and units are put into words."""

import re
from collections.abc import Callable

from bot.language.zh.spoken_numbers import grouped

_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_HOTLINES = "12345|12356|12348|12320|12333|12388|12315|12306|110|119|120|122|114|10086|10000|95598"
_COUNTED = r"(?:people|beds|yuan|square|minutes|hours|days|items|places|homes|percent|metres|kilometres|per\b)"
_UNITS = {
    "km/h": "kilometres per hour", "㎡": "square metres", "m²": "square metres", "m³": "cubic metres", "km": "kilometres",
    "kg": "kilograms", "cm": "centimetres", "ml": "millilitres", "℃": "degrees", "°C": "degrees",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = {name[:3]: name for name in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]}
_COMPARED = {"≥": "at least", "≤": "at most", ">": "more than", "<": "less than", "≈": "about", "±": "plus or minus"}
_PARTS = {"1/2": "one half", "1/3": "one third", "1/4": "one quarter", "2/3": "2 thirds", "3/4": "3 quarters"}
_ABBREVIATED = {"e.g.": "for example", "i.e.": "that is", "approx.": "about", "Tel:": "telephone:", "No.": "number"}
_DASH = "[-–—~]"
_SIGNS = '[*`•·●■◆★☆→<>^=\\\\@|"“”]'


def digit_by_digit(digits: str) -> str:
    """In small groups, as a number is dictated."""
    return ", ".join(" ".join(_DIGITS[int(c)] for c in group) for group in _groups(digits))


def _groups(digits: str) -> list[str]:
    return [digits[:4], digits[4:]] if len(digits) == 5 and digits not in _HOTLINES.split("|") else grouped(digits)


def _clock(match: re.Match[str]) -> str:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if not half and hour == 0:
        hour, half = 12, "am"
    elif not half and hour > 12:
        half = "pm"
    said = f"{hour - 12 if hour > 12 else hour}" + (f" {'oh ' if minute < 10 else ''}{minute}" if minute else "")
    return f"{said} {' '.join(half)}".strip() if half else said + ("" if minute else " o'clock")


def _date(match: re.Match[str]) -> str:
    month = int(match[2])
    return f"{int(match[3])} {_MONTHS[month - 1]} {match[1]}" if 1 <= month <= 12 else match[0]


def _steps() -> tuple[tuple[str, Callable[[re.Match[str]], str]], ...]:
    return (
        ("[\u2010\u2011\u2012\u2212]", lambda m: "-"),
        (r"\be\.g\.|\bi\.e\.|\bapprox\.|\bTel:|\bNo\.(?=\s*\d)", lambda m: _ABBREVIATED[m[0]]),
        (r"#(?=\d)", lambda m: "number "),
        (r"\b24/7\b", lambda m: "24 hours a day"),
        (
            r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b(?:\s*[-–—~]\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)?",
            lambda m: _WEEKDAYS[m[1]] + (f" to {_WEEKDAYS[m[2]]}" if m[2] else ""),
        ),
        (r"\b(20\d\d)[-/](\d{1,2})[-/](\d{1,2})\b", _date),
        (r"\b(\d{1,2}):(\d{2})(?:\s*([ap]\.?m\b\.?))?", _clock),
        (r"\b(\d{1,2})()\s*([ap]\.?m\b\.?)", _clock),
        (
            rf"(?<![\d.])(?:\((0\d{{2,3}})\)|(0\d{{2,3}}))(?:{_DASH}| )?\s*(\d{{7,8}})\b",
            lambda m: f"{digit_by_digit(m[1] or m[2])}, {digit_by_digit(m[3])}",
        ),
        (
            r"(?<!\d)([48]00)-?(\d{3})-?(\d{4})(?!\d)",
            lambda m: ", ".join(digit_by_digit(part) for part in m.groups()),
        ),
        (
            rf"(?<!\d)(?:\+86[- ]?)?(1[3-9]\d)(?:{_DASH}| )?(\d{{4}})(?:{_DASH}| )?(\d{{4}})(?!\d)",
            lambda m: digit_by_digit(m[1] + m[2] + m[3]),
        ),
        (
            r"(?<!\d)(\d{3,6})\*{3,}(\d{3,4})(?!\d)",
            lambda m: f"{digit_by_digit(m[1])}, ending in {digit_by_digit(m[2])}",
        ),
        (
            rf"\b(?:{_HOTLINES})(?:/(?:{_HOTLINES}))+\b",
            lambda m: ", ".join(digit_by_digit(part) for part in m[0].split("/")),
        ),
        (rf"(?<![\d.,])(?:\d{{6,}}|{_HOTLINES})(?![\d.,%]\d|\d|%| {_COUNTED})", lambda m: digit_by_digit(m[0])),
        (
            r"(?i:(phone|number|ending in|digits)(\W{0,3}))(\d{3,5})\b(?!\s*(?:people|yuan))",
            lambda m: m[1] + m[2] + digit_by_digit(m[3]),
        ),
        (r"(?<![\d.])(\d)/(\d)G\b", lambda m: f"{m[1]}G, {m[2]}G"),
        (r"(?<![\d/])[123]/[234](?![\d/])", lambda m: _PARTS.get(m[0], m[0])),
        (r"(?<![\w.)])-(?=\d)", lambda m: "minus "),
        (rf"[{''.join(_COMPARED)}]\s*(?=\d)", lambda m: _COMPARED[m[0]] + " "),
        (r"\b(\d+)\+(?!\d|\s*N)", lambda m: f"over {m[1]}"),
        (rf"(?<=\d)\s*({_UNIT})(?![\w²³])", lambda m: f" {_UNITS[m[1]]}"),
        (r"[¥\uffe5]\s*([\d,.]*\d)", lambda m: f"{m[1]} yuan"),
        (r"\$\s*([\d,.]*\d)", lambda m: f"{m[1]} dollars"),
        (r"(?<=yuan|imes|item|eals)s?/(?=[a-z])", lambda m: " per "),
        (r"(?<=\d)\s*%", lambda m: " percent"),
        (rf"(?<=[\dk])\s*{_DASH}\s*(?=\d)|(?<= m){_DASH}(?=\d)", lambda m: " to "),
        (r"\b1\s*\+\s*N\b", lambda m: "one plus N"),
        (r"\s*&\s*", lambda m: " and "),
        (r"\bAPP\b", lambda m: "app"),
        (r"^\s+|\s+$", lambda m: ""),
        (r"\s*\n\s*", lambda m: ". "),
        (r"[(\[]", lambda m: ", "),
        (r"[)\]](?=[,.!?;:]|\s*$)", lambda m: ""),
        (r"[)\]]", lambda m: ", "),
        (_SIGNS, lambda m: " "),
        (r"\s{2,}", lambda m: " "),
        (r"\s+([,.!?;:])", lambda m: m[1]),
        (r"([.!?;:,])\s*(?:[,.]\s*)+", lambda m: f"{m[1]} "),
    )


_STEPS = tuple((re.compile(pattern), say) for pattern, say in _steps())


def for_english_ear(text: str) -> str:
    """The same message as it should be spoken."""
    for pattern, say in _STEPS:
        text = pattern.sub(say, text)
    return text.strip(" ,")
