"""Day and time in what a resident says, and days and times as words for the eye."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.language.corrections import blank_denied, correction_start
from bot.language.en.days import find_english_days
from bot.language.en.times import find_english_clocks, find_english_parts
from bot.language.zh.clock import Clock, Part, find_clocks, find_parts
from bot.language.zh.days import Day, find_days
from bot.language.zh.numbers import read_number

HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class When:
    day: date | None = None
    """With the doubt "which_day" only our best reading, and None when there is not even one (过几天)."""
    at: time | None = None
    """With the doubt "which_half" the morning reading."""
    part: str | None = None
    """morning, noon, afternoon or evening, when a word says so."""
    ends: time | None = None
    """End of a stretch: 两点到四点."""
    doubt: str | None = None
    """past: it is over; which_half: 八点 with nothing that tells; which_day: 周末, 下个月, several days;
    no_such_day: 2月30号; any_but: every day but those of `not_on`."""
    weekly: bool = False
    """A weekday by its name alone."""
    either: tuple[date, ...] = ()
    """The days of 明天或者后天 and 周一到周三, of which any will do."""
    not_on: tuple[int, ...] = ()
    """Weekdays that do not suit, Monday is 0: 除了周三都行."""
    span: tuple[tuple[int, int], ...] = ()
    """Where it stands in the normalised text."""


_CHEAP = re.compile(
    r"[廿除天日号月周年节儿点时早晚昨今明后夜午饭餐晌昼旦秋庆底初]|星期|礼拜|清明|端午|冬至|除夕|七夕|元宵|五一|十一|六一|改期|[0-9][:./-][0-9]|过年|最近|近期|小时|钟|傍[晚黑]|下班|下了班|黄昏"
)
LONGEST_SPAN = 7
"""Days; who names more wants a choice."""
_PART_ENDS = {"morning": 12, "noon": 14, "afternoon": 18, "evening": 24}
_LATER = re.compile(
    r"(?:再?过)?(?:(?P<hours>[0-9]{1,2}|[一二两三四五六七八九十]{1,3}|半)个?(?P<more>半)?(?:小时|钟头)|(?P<minutes>[0-9]{1,3}|[一二三四五六七八九十]{1,3})分钟)"
    r"(?:以后|之后|过后|后)"
)


_BUT = re.compile(
    r"除(?:了|开|掉|去)?(?P<zh>[^,。;]{1,14}?)(?:以外|之外|外|不行)?[, ]?(?:别的|其他|其它|其余|哪|什么|随便|时间|时候|天|日子|几|我)*(?:都|随便|可以|行)"
    r"|^\W*除(?:了|开|掉)(?P<only>[^,。;]{1,12}?)(?:以外|之外|外)?\W*$"
    r"|\b(?:any (?:other )?day|any ?time|every day|whenever|all days?)\b.{0,12}?\b(?:but|except(?: for)?|other than|not)\b (?P<en>[^,.;]{1,30})",
    re.I,
)


def find_when(text: str, now: datetime, *, language: str = "zh", awaiting_time: bool = False) -> When:
    """Day and time in a normalised text, seen from now; empty when there is none. Never raises.

    What is taken back (不是周三, 是周四) does not count, and what follows a correction wins.
    """
    now = now.astimezone(HERE) if now.tzinfo else now.replace(tzinfo=HERE)
    if language == "zh" and not _CHEAP.search(text):
        return When()
    text = blank_denied(text)
    today = now.date()
    if (but := _BUT.search(text)) and not _settled_after(but, text, today, language):
        return _any_but(but, text, today, language)
    find = (find_days, find_parts, find_clocks)
    if language == "en":
        find = (find_english_days, find_english_parts, find_english_clocks)
    days = _settled(list(find[0](text, today)))
    if language == "zh" and (later := _LATER.search(text)):
        return _in_some_hours(later, now)
    rest = _blanked(text, days)
    parts = find[1](text)
    clocks = find[2](rest, parts, alone=(bool(days) and language == "zh") or awaiting_time)
    new_from = correction_start(text)
    day = _new_day(days, new_from)
    clock = _chosen(clocks, new_from)
    part = _chosen(parts, new_from)
    return _joined(day, part, clock, _several(text, days), now)


def _settled_after(but: re.Match[str], text: str, today: date, language: str) -> bool:
    """Behind the exception a day is settled on: 除了周三都行,那就周五."""
    begin, find = correction_start(text), find_english_days if language == "en" else find_days
    return begin >= but.end() and any(True for _ in find(text[begin:], today))


def _any_but(match: re.Match[str], text: str, today: date, language: str) -> When:
    find = find_english_days if language == "en" else find_days
    named = match["en"] if language == "en" else match["zh"] or match["only"]
    days = {found.day.weekday() for found in find(named or "", today) if found.day}
    if days and re.search("周末|weekend", named or "", re.I):
        days = {5, 6}
    return When(doubt="any_but", not_on=tuple(sorted(days)), span=(match.span(),)) if days else When()


def _in_some_hours(match: re.Match[str], now: datetime) -> When:
    if match["minutes"]:
        minutes = read_number(match["minutes"]) or 0
    else:
        minutes = 30 if match["hours"] == "半" else 60 * (read_number(match["hours"]) or 0) + 30 * bool(match["more"])
    then = now + timedelta(minutes=minutes)
    return When(then.date(), then.time().replace(second=0, microsecond=0), span=(match.span(),))


def _blanked(text: str, days: list[Day]) -> str:
    for day in days:
        text = text[: day.span[0]] + " " * (day.span[1] - day.span[0]) + text[day.span[1] :]
    return text


def _chosen[Found: (Day, Part, Clock)](found: list[Found], new_from: int) -> Found | None:
    """The first of what stands behind the last correction, else the last before it."""
    after = [one for one in found if one.span[0] >= new_from]
    return after[0] if after else found[-1] if found else None


def _settled(days: list[Day]) -> list[Day]:
    """Of a stretch and a day in it the day: 下周吧,周三; this weekend, Sunday."""
    stretches = [one.day for one in days if one.doubt == "which_day" and one.day]
    named = [one for one in days if one.doubt is None and one.day]
    if not stretches or len(named) != 1 or len(days) != len(stretches) + 1:
        return days
    day, begin = named[0], max(stretches)
    weeks = max(0, -(-(begin - day.day).days // 7)) if day.weekly and day.day else 0
    return [replace(day, day=day.day + timedelta(weeks=weeks)) if day.day else day]


def _new_day(days: list[Day], new_from: int) -> Day | None:
    """As `_chosen`; what is taken back may be named once more with the reason: 周三,不对,周三要上班,周四."""
    before = [one for one in days if one.span[0] < new_from]
    after = [one for one in days if one.span[0] >= new_from]
    if before and len(after) > 1:
        after = [one for one in after if one.day != before[-1].day] or after
        return after[0]
    return _chosen(days, new_from)


def makes_exceptions(text: str) -> bool:
    """Any day will do, but not every one: 除了周三都行."""
    return bool(_BUT.search(text))


def _several(text: str, days: list[Day]) -> tuple[date, ...]:
    """Days that stand side by side as a choice: 周一到周五, 周三或者周四."""
    for a, b in pairwise(days):
        between = re.fullmatch(r" ?(到|至|-|to)?(?:或|或者|还是|和|or|and|,|、)? ?", text[a.span[1] : b.span[0]])
        if not between or a.day == b.day or not a.day or not b.day:
            continue
        first, last = min(a.day, b.day), max(a.day, b.day)
        if between[1] and (last - first).days <= LONGEST_SPAN:
            return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
        return first, last
    return ()


def _joined(day: Day | None, part: Part | None, clock: Clock | None, several: tuple[date, ...], now: datetime) -> When:
    if not (day or part or clock):
        return When()
    the_day = day.day if day else None
    doubt = day.doubt if day else None
    if several and doubt is None:
        doubt = "which_day"
    at = ends = None
    name = clock.part if clock and clock.part else part.name if part else None
    if clock:
        minutes = clock.minutes
        in_doubt = clock.in_doubt
        if in_doubt and the_day == now.date() and minutes <= now.hour * 60 + now.minute:
            minutes, in_doubt = minutes + 720, False  # today at eight, said at ten
        if minutes >= 1440 and the_day:
            the_day += timedelta(days=1)
        at = _time(minutes)
        ends = _time(clock.ends) if clock.ends is not None else None
        doubt = doubt or ("which_half" if in_doubt else None)
    weekly = bool(day and day.weekly)
    if the_day == now.date() and doubt != "which_day":
        ended = at < now.time() if at else bool(name) and now.hour >= _PART_ENDS[name or "evening"]
        if ended and weekly:
            the_day += timedelta(weeks=1)
        elif ended:
            doubt = "past"
    spans = sorted({one.span for one in (day, part, clock) if one})
    return When(the_day, at, name, ends, doubt, weekly, several, span=tuple(spans))


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def say_day(day: date, language: str = "zh") -> str:
    """For the eye: 12月3号，星期四; Thursday 3 December."""
    if language == "en":
        return f"{day:%A} {day.day} {day:%B}"
    return f"{day.month}月{day.day}号，星期{'一二三四五六日'[day.weekday()]}"


def say_time(at: time, language: str = "zh") -> str:
    """For the eye: 下午3点半; 3:30 pm."""
    hour = at.hour % 12 or 12
    if language == "en":
        return f"{hour}:{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"
    part = "凌晨" if at.hour < 5 else "早上" if at.hour < 8 else "上午" if at.hour < 12 else ""
    part = part or ("中午" if at.hour < 13 else "下午" if at.hour < 18 else "晚上")
    minutes = {0: "", 30: "半"}.get(at.minute, f"{at.minute:02d}分")
    return f"{part}{hour if at.hour else 0}点{minutes}"


def say_window(starts: time, ends: time, language: str = "zh") -> str:
    """For the eye: 下午2点半到4点之间; between 2:30 pm and 4:00 pm."""
    first, last = say_time(starts, language), say_time(ends, language)
    if language == "en":
        return f"between {first} and {last}"
    return f"{first}到{last.removeprefix(first[:2]) if first[:2] == last[:2] else last}之间"
