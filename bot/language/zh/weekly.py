"""What comes again every week: 每周一三五, every Tuesday for four weeks."""

import re

from bot.language.zh.numbers import read_english_number, read_number

WEEKS_IN_A_MONTH = 4
_DAY = "一二三四五六日天"
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LIST = rf"[{_DAY}](?:(?:、|,|和|跟|还有)?(?:周|星期|礼拜)?[{_DAY}])*"
_EVERY = re.compile(
    rf"每逢?个?(?:周|星期|礼拜)的?(?P<list>{_LIST})|(?:周|星期|礼拜)(?P<list2>[{_DAY}](?:(?:、|,|和)?[{_DAY}])+)(?![点号月个份])"
)
_BARE = re.compile(
    rf"(?<![{_DAY}零七八九十百0-9第周期拜])(?P<list>[一二三四五六][二三四五六日天](?:[三四五六日天])*)(?=都|的|给|送|去|来|上|中午|早|下午|各|要|那)"
)
"""一三五给我们送饭: days in their order, with nothing else that could be a number."""
_WORKDAYS = re.compile(
    r"每个?工作日|(?:周|星期|礼拜)一(?:到|至)(?:周|星期|礼拜)?五(?:每天|天天|都)|\bevery (?:weekday|working day)s?\b",
    re.I,
)
_DAILY = re.compile(r"每天|天天|\bevery ?day\b|\bdaily\b", re.I)
_WEEKENDS = re.compile(r"每个?周末|\bevery weekend\b", re.I)
_ENGLISH = re.compile(
    r"\b(?:every|each|weekly on|on)\b (?P<list>(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b(?:,? and |, ?| ?& ?| )?)+)",
    re.I,
)
_N = r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_WEEKS = re.compile(
    rf"(?<![下上这本第])(?P<n>{_N})个?(?:周(?![{_DAY}末])|星期(?![{_DAY}])|礼拜(?![{_DAY}]))|(?<![下上这本第0-9])(?P<months>{_N})个月(?!前|后|以)"
    r"|\b(?P<en>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|ten|twelve) (?P<unit>weeks?|months?)\b",
    re.I,
)


def find_weekdays(text: str, *, asked: bool = False) -> tuple[int, ...]:
    """The days that come again, 0 is Monday; `asked`: the days alone count. Empty where nothing comes again."""
    if _DAILY.search(text):
        return tuple(range(7))
    if _WORKDAYS.search(text):
        return tuple(range(5))
    if _WEEKENDS.search(text):
        return 5, 6
    for pattern in (_EVERY, _BARE):
        if match := pattern.search(text):
            return _days(next(group for group in match.groups() if group))
    if match := _ENGLISH.search(text):
        every = match[0].lower().startswith(("every", "each", "weekly"))
        named = re.findall("|".join(_NAMES), match["list"].lower())
        plural = re.search(r"days\b", match["list"], re.I)
        if every or plural or asked:
            return tuple(sorted({_NAMES.index(name) for name in named}))
    if asked and (match := re.search(rf"(?:周|星期|礼拜)?(?P<list>{_LIST})", text)):
        return _days(match["list"])
    return ()


def is_daily(text: str) -> bool:
    """Nothing but 天天 or every day: it may as well tell how the resident lives as what shall be booked."""
    return bool(_DAILY.search(text))


def find_weeks(text: str) -> int | None:
    """For how many weeks; a month is four."""
    match = _WEEKS.search(text)
    if match is None:
        return None
    if match["en"]:
        count = read_english_number(match["en"]) or 0
        return count * (WEEKS_IN_A_MONTH if match["unit"].lower().startswith("month") else 1) or None
    if match["months"]:
        return (read_number(match["months"]) or 0) * WEEKS_IN_A_MONTH or None
    return read_number(match["n"]) or None


def _days(words: str) -> tuple[int, ...]:
    return tuple(sorted({"一二三四五六日".index(sign.replace("天", "日")) for sign in words if sign in _DAY}))
