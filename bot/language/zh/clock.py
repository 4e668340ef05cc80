"""Finding the time of day in Chinese words."""

import re
from dataclasses import dataclass, replace

from bot.language.zh.numbers import read_number


@dataclass(frozen=True)
class Part:
    name: str
    """morning, noon, afternoon or evening"""
    span: tuple[int, int]
    words: str = ""


@dataclass(frozen=True)
class Clock:
    minutes: int
    """Since midnight; may be 24 hours (晚上十二点)."""
    ends: int | None
    span: tuple[int, int]
    part: str | None
    in_doubt: bool
    """True when morning and evening are equally likely."""


_PART_WORDS = {
    "morning": "早上|早晨|清早|清晨|大清早|一大早|一早|早间|早起|上午|上昼|早饭|早餐|过早|凌晨|天亮",
    "noon": "中午|晌午|正午|午间|中饭|昼饭|午饭|午餐|中餐|中上|午休|中时",
    "afternoon": "下午|下昼|午后|后半天|下半天|下晚|下班前",
    "evening": "晚上|夜里|夜晚|晚间|晚饭|夜饭|晚餐|傍晚|黄昏|今夜|半夜|深夜|夜间|天黑|傍黑|下班(?:以|之)?后|下了班",
}
_PART = re.compile(
    "|".join(f"(?P<{name}>{words})" for name, words in _PART_WORDS.items())
    + r"|(?<=[明今后昨天儿一二三四五六日号])(?P<early>早)(?!点|一点|些|就|已|该|日|先|安)"
    + r"|(?<=[明今后昨天儿一二三四五六日号])(?P<late>晚|夜)(?!点|一点|些|报|到|了|安)"
)
_GREETING = re.compile(r"好(?![的吧吗不])")
_N = r"(?:2[0-4]|1[0-9]|0?[0-9]|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]{1,2})"
_M = r"(?:[0-5][0-9]|[二三四五]?十[一二三四五六七八九]?|[零〇0][一二两三四五六七八九1-9]|[一二两三四五六七八九1-9](?=分))"
_HOUR = (
    rf"(?:(?P<hI>{_N})(?:点钟|点整|点|时(?=[整许到至0-9零一二三四五]|半(?!会|刻))|(?<=[0-9])时(?!候|光|期|代))"
    rf"(?P<mI>半|一刻|三刻|过?{_M}分?)?|(?P<chI>[01]?[0-9]|2[0-4]):(?P<cmI>[0-5][0-9]))(?:钟|整)?(?:左右|前后|来钟)?"
)
_FIRST, _SECOND = (_HOUR.replace("I>", f"{n}>") for n in (1, 2))
_TO = r"(?:到|至|-|~|—|–)"
_CLOCK = re.compile(
    rf"(?<![0-9:.零一二两三四五六七八九十第])(?:(?:{_FIRST}|(?P<only>{_N})(?={_TO}))"
    rf"(?:{_TO}(?P<part2>早上|上午|中午|下午|晚上)?的?{_SECOND})?)(?![0-9:])"
)
_LACKS_BEFORE = re.compile(rf"差(?P<lack>一刻|(?P<n>{_M})分)钟?(?:到|就)?$")
_LACKS_AFTER = re.compile(rf"[还就]?差(?P<lack>一刻|(?P<n>{_M})分)钟?")
"""差一刻三点, 三点差五分."""
_NOT_A_CLOCK_AFTER = re.compile(
    r"个?(?:建议|意见|要求|问题|看法|想法|希望|说明|理由|原因|感受|体会|请求|诉求|补充|疑问|困难|事情|事(?!情?[办去])|钱|儿|东西|饭|菜|水|吃|"
    r"公里|万|元|块|米|斤|倍|%|用|都|也不|不行|不通|没)"
)
_LITTLE_BEFORE = re.compile(
    r"(?:[快慢早晚大小高低好多少轻重远近长短宽些这那有差声音宜楚易提]|提了?|说了?|讲了?|谈了?|第|补充)$"
)
_ABOUT = re.compile(r"[的大概约就是在嘛呢去来吧,、 ]{0,4}$")


def find_parts(text: str) -> list[Part]:
    """Every word for a part of the day, greetings left out."""
    parts = []
    for match in _PART.finditer(text):
        if _GREETING.match(text, match.end()):
            continue
        name = match.lastgroup or ""
        parts.append(Part({"early": "morning", "late": "evening"}.get(name, name), match.span(), match[0]))
    return parts


def find_clocks(text: str, parts: list[Part], *, alone: bool) -> list[Clock]:
    """Every time of day. `alone`: the text says a day or asks for a time, so that a bare 一点 is a time."""
    clocks = []
    for match in _CLOCK.finditer(text):
        part = _part_for(match.start(), text, parts)
        lacks = _LACKS_BEFORE.search(text[: match.start()]) or _LACKS_AFTER.match(text, match.end())
        if not lacks and _is_little(match, text, part, alone=alone):
            continue
        clock = _read(match, part, parts)
        if clock and lacks and clock.ends is None:
            less = _minute(lacks["n"]) if lacks["n"] else 15
            span = min(clock.span[0], lacks.start()), max(clock.span[1], lacks.end())
            clock = replace(clock, minutes=clock.minutes - (less or 0), span=span)
        if clock:
            clocks.append(clock)
    return clocks


def _is_little(match: re.Match[str], text: str, part: Part | None, *, alone: bool) -> bool:
    """True for 一点 and 三点 that count something: 快一点, 三点建议."""
    if match["only"]:
        return not (match["h2"] or match["ch2"])
    if match["ch1"] or match["h2"]:
        return False
    if match["m1"]:
        return bool(re.match(r"公里|万|元|块|米|斤|倍|%|个|度|课堂", text[match.end() :])) or match["h1"] == "零"
    if _NOT_A_CLOCK_AFTER.match(text, match.end()):
        return True
    if match[0] not in ("一点", "两点"):
        return bool(re.search(r"(?:提|提了|第|这|那|补充)$", text[: match.start()]))
    before = text[: match.start()]
    if part and part.span[1] <= match.start() and _ABOUT.fullmatch(before[part.span[1] :]):
        return False
    if match[0] == "两点":
        return bool(_LITTLE_BEFORE.search(before))
    return bool(before) and not (alone and before[-1] in " ,。、在是就约到改订成")


def _part_for(start: int, text: str, parts: list[Part]) -> Part | None:
    """The part said last before the time, else the only one of the text."""
    before = [part for part in parts if part.span[1] <= start]
    if before:
        return before[-1]
    return parts[0] if len({part.name for part in parts}) == 1 and parts[0].span[0] - start < 12 else None


def _hour(words: str) -> int | None:
    if re.fullmatch("[一二两三四五六七八九]{2}", words):
        words = words[0]  # 三四点: the first of the two
    return read_number(words)


def _minute(words: str | None) -> int | None:
    if not words:
        return 0
    fixed = {"半": 30, "一刻": 15, "三刻": 45}.get(words)
    return fixed if fixed is not None else read_number(words.removeprefix("过").removesuffix("分").lstrip("零〇"))


def _read(match: re.Match[str], part: Part | None, parts: list[Part]) -> Clock | None:
    written = match["ch1"] is not None
    hour = _hour(match["ch1"] or match["h1"] or match["only"])
    minute = int(match["cm1"]) if written else _minute(match["m1"])
    if hour is None or minute is None or hour > 24:
        return None
    name = part.name if part else None
    start, doubt = _on_the_day(hour, part.words if part else "", name, written or match[0].startswith("0"))
    start = start * 60 + minute
    ends = None
    if match["h2"] or match["ch2"]:
        end_hour = _hour(match["ch2"] or match["h2"])
        end_minute = int(match["cm2"]) if match["ch2"] else _minute(match["m2"])
        if end_hour is None or end_minute is None or end_hour > 24:
            return None
        second = next((n for n, words in _PART_WORDS.items() if (match["part2"] or "-") in words.split("|")), name)
        ends = _on_the_day(end_hour, match["part2"] or "", second, bool(match["ch2"]))[0] * 60 + end_minute
        doubt = doubt and end_hour < 11 and not match["part2"]
        if ends <= start and ends + 720 < 1440:
            ends += 720
        if ends <= start:
            ends = None
    return Clock(start, ends, match.span(), name, doubt)


def _on_the_day(hour: int, words: str, part: str | None, written: bool) -> tuple[int, bool]:
    """The hour of the 24, and whether it may as well be twelve later.

    With nothing else said we think of office hours: 三点 is in the afternoon, 九点 in the morning, 七点 either.
    """
    if hour > 12 or hour == 0:
        return hour, False
    if words in ("凌晨", "半夜", "深夜") and (hour < 6 or hour == 12):
        return hour % 12, False
    if part == "evening":
        return (24 if hour == 12 else hour + 12 if hour >= 4 else hour), False
    if part == "morning":
        return hour, False
    if part in ("noon", "afternoon"):
        return (hour if hour in (11, 12) or (part == "noon" and hour == 10) else hour + 12), False
    if hour <= 5:
        return hour + 12, False
    return hour, hour in (6, 7, 8) and not written
