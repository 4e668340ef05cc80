"""Finding the day in Chinese words. A pattern cuts out what may be a day; jionlp reads it; past days roll forward."""

import calendar
import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from threading import Lock
from typing import Any

from bot.language.zh.numbers import read_number

LEAP_YEAR = 2024
RECENT = timedelta(days=31)
"""“11月28号” said in early December is a past day, not one of next year."""


@dataclass(frozen=True)
class Day:
    day: date | None
    span: tuple[int, int]
    doubt: str | None = None
    weekly: bool = False
    """A weekday by its name alone: when it is over today, next week's is meant."""


_N = r"(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_D = r"(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]|二十|十|[一二三四五六七八九])"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:(?:20[0-9]{2}|二[零〇][零〇一二三四五六七八九]{2})年|今年|明年|后年|去年)"
_NOT_A_HOUSE = (
    r"(?![楼栋幢单室院门线车厅窗床桌机房文路馆地口桩铺坑店井柜座仓库球衫场台灯码公员厂井洞井摊]|码头|电话|热线)"
)
_WEEK = r"(?:个?(?:周|星期|礼拜))"
_HOLIDAY = (
    r"元旦节?|春节|新春|大年三十|年三十|大年初[一二三四五六七八九十]|除夕夜?|元宵节?|清明节?|劳动节|五一劳动节|端午节?|"
    r"中秋节?|国庆节?|重阳节?|七夕节?|圣诞节?|平安夜|腊八节?|冬至|妇女节|三八节|儿童节|六一(?:儿童节)?|教师节|母亲节|父亲节|"
    r"五一(?=[节假期放长前后那当的,。吧]|$)|十一(?=[假长放]|节|期间|黄金周)|过年"
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("year_day", r"(?:20[0-9]{2})[./-](?:1[0-2]|0?[1-9])[./-](?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"),
    (
        "after",
        rf"(?:再?过)?(?P<after_n>{_N}|半)(?P<after_u>天|日|{_WEEK}|个?月|年)(?:以后|之后|过后|后)(?!天(?![气])|面|边|头|院)"
        rf"(?:的?第?一?{_WEEK}的?(?P<after_wd>[一二三四五六日天]))?",
    ),
    (
        "within",
        rf"(?:再过|(?<![\u4e00-\u9fff])过|(?<=[等就那想])过)(?P<within_n>{_N}|半)(?P<within_u>天|{_WEEK}|个月|年)",
    ),
    ("ago", rf"(?:{_N}|半|几)(?:天|日|{_WEEK}|个?月|年)(?:以前|之前|前)"),
    (
        "lunar",
        rf"{_YEAR}?的?(?:(?:农历|阴历|旧历|老历)的?{_M}月(?:初|廿)?[一二三四五六七八九十]{{1,3}}"
        rf"|(?:农历|阴历|旧历|老历)?(?:正月|腊月|冬月|{_M}月)(?:初[一二三四五六七八九十]|廿[一二三四五六七八九])"
        r"|(?:农历|阴历|旧历|老历)?(?:正月|腊月|冬月)(?:二?十[一二三四五六七八九]?|三十)"
        r"|(?<![㐀-鿿])廿[一二三四五六七八九](?![㐀-鿿])"
        r"|八月十五(?![号日0-9])|(?:农历|阴历)?初[一二三四五六七八九十](?![中期级步高]))",
    ),
    (
        "month_day",
        rf"(?P<md_year>{_YEAR})?的?(?:公历|阳历|新历)?(?P<md_m>{_M})月份?的?(?P<md_d>{_D})(?:号|日(?!内))?{_NOT_A_HOUSE}",
    ),
    (
        "slash_day",
        r"(?<![0-9/.])(?P<sl_m>1[0-2]|0?[1-9])[/.](?P<sl_d>3[01]|[12][0-9]|0?[1-9])(?:号|日|(?<=/[0-9])(?![0-9/A-Za-z])|(?<=/[0-9]{2})(?![0-9/A-Za-z]))",
    ),
    (
        "month_edge",
        rf"(?P<edge_which>上个?|下下个?|下个?|这个?|本|{_YEAR}?{_M})?月(?:的月)?(?P<edge>底|末|初|中旬?(?!心)|上旬|下旬)"
        rf"(?:的?第?一?{_WEEK}的?(?P<edge_wd>[一二三四五六日天]))?",
    ),
    ("of_month", rf"(?P<of_which>上上个?|上个?|下下个?|下个?|这个?|本)月的?(?P<of_d>{_D})(?:[号日]|(?=$|[,。吧啊]))"),
    (
        "month",
        rf"(?P<month_which>上上个?|上个?|下下个?|下个?|这个?|本)月(?![亮饼季])|(?<![个年0-9一二三四五六七八九十]){_M}月份(?![0-9一二三四五六七八九十])",
    ),
    ("year_end", r"(?:今年|明年)?年[底末初](?!始)"),
    (
        "holiday",
        rf"{_YEAR}?(?:的)?(?:{_HOLIDAY})(?P<holiday_off>节?(?:过后|以后|之后|之前|以前|前后|前(?!夕)|后))?(?![路街])",
    ),
    (
        "weekend",
        r"(?P<we_which>上个?|这个?|本|下下个?|下个?)?(?:周末|星期六星期天|礼拜六礼拜天|周六周日|星期六日)(?!兴趣|不打烊|班|课堂|愉快|快乐|好)",
    ),
    (
        "weekday",
        rf"(?P<wd_which>上上|上|这|本|再下|下{{1,3}})?{_WEEK}的?(?:(?<=的){_WEEK})?(?P<wd>[一二三四五六日天1-7])(?![次回趟遍场个年岁月天节堂0-9]|[一二三四五六七八九十]月)",
    ),
    ("week", rf"(?P<week_which>上上|上|这|本|下下|下){_WEEK}(?!围|边|到|岁)"),
    (
        "relative",
        r"大后[天儿]|外后[天儿]|大前[天儿]|明[天日儿朝](?:个|子)?|明(?=[早晚上下中晌])|后[天日儿](?:个)?(?!性)|后(?=[早晚](?!上))"
        r"|今[天日儿朝](?:个|子)?|今(?=[早晚])|昨[天日儿](?:个)?|昨(?=[晚夜早])|前[天儿](?:个)?|当天",
    ),
    (
        "vague",
        r"这[几两]天|[过等]几天|改天|这阵子|最近(?!的(?:点|地|站|社区|那[个处家]|一[个处家]|哪))|近期|近几天|[上前]几天|前两天|这段时间|几天后|节后|节前",
    ),
    (
        "day",
        rf"(?<![0-9一二三四五六七八九十第编型街路巷弄道里苑村组账帐线楼栋幢院门车.:-])(?P<d>{_D})(?:号(?!召|称|角|令|脉|啕|子)|日(?=[上下早晚中,。!?吧的]|$)){_NOT_A_HOUSE}",
    ),
)
_ANY_DAY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS))
_CHEAP = re.compile(r"[廿天日号月周年节儿早晚昨今明初夕旦午秋庆至夜五六十近时]|星期|礼拜|[0-9][./-][0-9]|过年")
_IS_A_NAME = re.compile(
    r"(?:[叫姓王李张刘陈杨黄赵吴徐孙朱马胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤])$"
)
_MANY_TIMES = re.compile(r"(?<![周期拜])[每一二两三四五六七八九十几0-9]个?$")

_RELATIVE = {"大后": 3, "外后": 3, "大前": -3, "明": 1, "后": 2, "今": 0, "当": 0, "昨": -1, "前": -2}
_WHICH = {None: 0, "这": 0, "本": 0, "下": 1, "再下": 2, "下下": 2, "下下下": 3, "上": -1, "上上": -2}
_READING = Lock()
"""jionlp keeps its working values in the parser, so one thread at a time."""


@cache
def _jionlp() -> Any:
    with contextlib.redirect_stdout(io.StringIO()):  # it greets on standard output
        import jionlp
    return jionlp


def read_day(words: str, today: date) -> date | None:
    """The day that jionlp reads in these words, seen from today; None when it reads none."""
    try:
        with _READING:
            base = datetime(today.year, today.month, today.day, 12)
            return date.fromisoformat(_jionlp().parse_time(words, time_base=base)["time"][0][:10])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return None


def next_yearly(words: str, today: date) -> date | None:
    """The next day of these words that comes every year, by the sun or the moon: 元旦, 腊月二十三."""
    days = (read_day(words, _add_months(today, 12 * years)) for years in (-1, 0, 1, 2))
    return min((day for day in days if day and day >= today), default=None)


def find_days(text: str, today: date) -> Iterator[Day]:
    """Every day in a normalised Chinese text, in order."""
    if not _CHEAP.search(text):
        return
    position = 0
    while match := _ANY_DAY.search(text, position):
        found = None if _is_something_else(match, text) else _day_of(match, today)
        if found:
            yield found
        position = match.end() if found else match.start() + 1


def _is_something_else(match: re.Match[str], text: str) -> bool:
    before = text[max(0, match.start() - 3) : match.start()]
    kind = match.lastgroup
    if match["weekday"] and not match["wd_which"]:
        return bool(_MANY_TIMES.search(before)) or (before.endswith(("叫", "姓", "我是")) and match[0][0] == "周")
    if match["weekday"] or match["week"]:
        return False
    if match["holiday"]:
        return bool(_IS_A_NAME.search(before)) and not match[0].endswith("节")
    if match["day"] or match["month_day"]:
        return before.endswith(("生于", "出生", "电话", "号码", "编号", "单号", "身份证"))
    return kind is None


def _day_of(match: re.Match[str], today: date) -> Day | None:
    span = match.span()
    words = match[0]
    if match["relative"]:
        key = next(k for k in _RELATIVE if words.startswith(k))
        return _checked(today + timedelta(days=_RELATIVE[key]), span, today)
    if match["vague"]:
        past = words in ("上几天", "前几天", "前两天")
        return Day(None, span, "past" if past else "which_day")
    if match["after"] or match["within"]:
        number, unit = (
            (match["after_n"], match["after_u"]) if match["after"] else (match["within_n"], match["within_u"])
        )
        doubt = "which_day" if match["within"] and number in "两几" else None
        later = _later(today, number, unit)
        weekday = match["after_wd"] if match["after"] else None
        return Day(_on_weekday(later, weekday) if later and weekday else later, span, doubt)
    if match["ago"]:
        day = read_day(words.replace("礼拜", "星期"), today)
        return Day(day if day and day < today else None, span, "past")
    if match["weekday"] or match["week"] or match["weekend"]:
        return _in_a_week(match, today)
    if match["month_edge"] or match["month"] or match["of_month"] or match["year_end"]:
        return _in_a_month(match, today)
    if match["year_day"]:
        year, month, number = (int(n) for n in re.findall("[0-9]+", words))
        return _checked(_date(year, month, number), span, today)
    if match["month_day"]:
        return _month_day(match["md_year"], match["md_m"], match["md_d"], span, today)
    if match["slash_day"]:
        return _month_day(None, match["sl_m"], match["sl_d"], span, today)
    if match["day"]:
        number = read_number(match["d"]) or 0
        months = (_add_months(today.replace(day=1), n) for n in range(4))
        days = (_date(first.year, first.month, number) for first in months)
        return Day(next((day for day in days if day and day >= today), None), span)
    return _lunar_or_holiday(match, today)


def _lunar_or_holiday(match: re.Match[str], today: date) -> Day | None:
    words = match[0].replace("新春", "春节").replace("三八节", "妇女节").replace("旧历", "农历").replace("老历", "农历")
    words = words.replace("过年", "春节").replace("夜", "") if words != "平安夜" else "12月24日"
    words = re.sub(r"^(?:(.*年)的?)?(?:大?年三十)", r"\1除夕", words)
    words = re.sub(r"六一$", "儿童节", words)
    words = re.sub(r"十一$", "国庆节", words)
    if words[0] == "廿":
        months = (next_yearly(f"农历{month}月{words}", today) for month in "正二三四五六七八九十冬腊")
        return Day(min((day for day in months if day), default=None), match.span())
    off = match["holiday_off"] or ""
    words = words.removesuffix(off)
    doubt = "which_day" if off else None
    if re.match(_YEAR, words):
        return _checked(read_day(words, today), match.span(), today, doubt)
    return Day(next_yearly(words, today), match.span(), doubt)


def _in_a_week(match: re.Match[str], today: date) -> Day | None:
    which = match["wd_which"] or match["we_which"] or match["week_which"]
    which = which.rstrip("个") if which else None
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WHICH[which])
    span = match.span()
    if match["week"]:
        day = max(monday, today) if which in ("这", "本") else monday
        return Day(day, span, "past" if which and which[0] == "上" else "which_day")
    if match["weekend"]:
        saturday = monday + timedelta(days=5)
        return Day(
            max(saturday, today) if not which else saturday,
            span,
            "past" if saturday + timedelta(days=1) < today else "which_day",
        )
    number = "一二三四五六日".find(match["wd"].replace("天", "日"))
    number = int(match["wd"]) - 1 if number < 0 else number
    day = monday + timedelta(days=number)
    if which is None and day < today:
        day += timedelta(weeks=1)
    return Day(day, span, weekly=True) if which is None else _checked(day, span, today)


def _in_a_month(match: re.Match[str], today: date) -> Day | None:
    which = match["edge_which"] or match["of_which"] or match["month_which"]
    which = which.rstrip("个") if which else None
    span = match.span()
    if match["year_end"]:
        year = today.year + (1 if match[0].startswith("明") or match[0].endswith("初") else 0)
        return Day(date(year, 1, 1) if match[0].endswith("初") else date(year, 12, 31), span, "which_day")
    first = today.replace(day=1)
    if which in _WHICH:
        first = _add_months(first, _WHICH[which])
    else:
        words = re.search(rf"({_M})月", match[0]) if not which or which[0] != "上" else None
        month = read_number(words[1]) if words else None
        if not month:
            return None
        first = date(today.year + (month < today.month), month, 1)
    if match["of_month"]:
        return _checked(_date(first.year, first.month, read_number(match["of_d"]) or 0), span, today)
    last = date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    edge = match["edge"] or ""
    day = last if edge in ("底", "末") else first.replace(day=15 if edge[:1] == "中" else 21 if edge == "下旬" else 1)
    if not which and edge not in ("底", "末") and day < today:
        day = _add_months(first, 1).replace(day=day.day)
    if last < today:
        return Day(day, span, "past")
    if match["edge_wd"]:
        return Day(_on_weekday(day, match["edge_wd"]), span)
    return Day(max(day, today) if which in (None, "这", "本") else day, span, "which_day")


def _month_day(year_words: str | None, month: str, number: str, span: tuple[int, int], today: date) -> Day | None:
    longest = calendar.monthrange(LEAP_YEAR, read_number(month) or 1)[1]
    if (read_number(number) or 0) > longest:
        return Day(None, span, "no_such_day")
    words = f"{year_words or ''}{month}月{number}日"
    day = read_day(words, today)
    if year_words:
        return _checked(day, span, today)
    if day is None:  # the 29th of February in a year without one
        years = (read_day(words, _add_months(today, 12 * n)) for n in (1, 2, 3, 4))
        day = next((d for d in years if d and d >= today), None)
    elif day < today - RECENT:
        day = read_day(words, _add_months(today, 12)) or day
    return _checked(day, span, today)


def _on_weekday(first: date, name: str) -> date:
    """The first day of this name on or after the first."""
    number = "一二三四五六日".index(name.replace("天", "日"))
    return first + timedelta(days=(number - first.weekday()) % 7)


def _later(today: date, number: str, unit: str) -> date | None:
    if number == "半":
        return _add_months(today, 6) if unit == "年" else today + timedelta(days=15 if "月" in unit else 3)
    count = read_number(number)
    if count is None:
        return None
    if "月" in unit or unit == "年":
        return _add_months(today, count * (12 if unit == "年" else 1))
    return today + timedelta(days=count * (1 if unit in ("天", "日") else 7))


def _checked(day: date | None, span: tuple[int, int], today: date, doubt: str | None = None) -> Day | None:
    return None if day is None else Day(day, span, "past" if day < today else doubt)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
