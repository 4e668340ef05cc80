"""Takes names, numbers and addresses out of a text before it is indexed or shown. Rather too much than too little."""

import re
from collections.abc import Iterable

from bot.language.phones import LANDLINE, MARKED_LOCAL, MOBILE, TAIL
from bot.language.text import normalise
from bot.language.zh.numbers import digits_of, spoken_pattern, written_english_digits
from bot.language.zh.people import name_spans
from bot.language.zh.places import find_place, house_spans

PHONE, PAPER, NUMBER, NAME, PLACE = "〔电话〕", "〔证件〕", "〔号码〕", "〔姓名〕", "〔地址〕"
ANSWER = "〔回答〕"
_ANSWERS = {
    "name": NAME,
    "phone": PHONE,
    "place": PLACE,
    "tail": NUMBER,
    "number": NUMBER,
    "code": NUMBER,
    "contact": PHONE,
}

_D = "[0-9零〇洞幺一二两三四五六七八九拐勾]"
_GAP = r"[ \-,,、.…]{0,3}"
_PAPER = re.compile(rf"(?<![0-9])(?:{_D}{_GAP}){{17}}(?:[0-9Xx叉]|{_D})(?!{_GAP}{_D})")
_RUN = re.compile(rf"{_D}(?:{_GAP}{_D}){{6,}}")
_STARRED = re.compile(r"1[3-9]\d[*xX]{3,6}\d{2,4}|(?<!\d)\d{3,}[*]{3,}\d*")
_FOUR_ALONE = re.compile(rf"^\W*(?:是|就是|嗯)*(?P<value>(?:{_D}{_GAP}){{3}}{_D})\W*$")
_SIX_CODE = re.compile(r"(?:验证码|密码|code|password)\D{0,4}(?P<value>\d{4,8})", re.I)
_HANDLE = re.compile(
    r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.]+|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·.]?[A-Z0-9]{5,6}"
    r"|(?<=微信)(?:号|号码)?(?:是|:)?\s*[A-Za-z][\w-]{5,}|(?<=[Qq]{2})(?:号|号码)?(?:是|:)?\s*\d{5,}"
)
_PATTERNS = (
    (_PAPER, PAPER), (MOBILE, PHONE), (LANDLINE, PHONE), (MARKED_LOCAL, PHONE), (_STARRED, PHONE),
    (_RUN, NUMBER), (TAIL, NUMBER), (_FOUR_ALONE, NUMBER), (_SIX_CODE, NUMBER), (_HANDLE, NUMBER),
)  # fmt: skip
_BARE_NUMBER = re.compile(r"(?<![0-9])(?!20[0-9]{6})[2-8][0-9]{6,7}(?![0-9])")
"""A local telephone number; 20261231 is a day."""
_NO_CONTENT = re.compile(
    r"(?:不知道|不清楚|不记得|忘记?了|不想|不说|不方便|不愿意|没有|不要|不用|不能|取消|算了|人工|客服|转|找|谢谢|好的?|可以|行|不?是的?|不?对|嗯|啊|哦|喂|您?好|"
    r"什么|意思|听不清楚?|没听清楚?|听不懂|再说|一[遍次下]|重复|慢一?点|大声一?点|快一?点|请|等(?:一[等下]?|等)?|返回|退出|停|帮助|匿名|保密|为什么|怎么|要|需要|吧|了|呢|吗|的|我|你|您|说|换|"
    r"名字|电话|号码|地址|给|这个|干嘛|先|还|继续|开始|跳过|[\s,。!?.…]|"
    r"\b(?:no|yes|ok|okay|cancel|stop|human|agent|person|please|help|i|don't|do|not|know|why|what|repeat|again|skip|thanks?|thank|you|to|a|talk|need|want|sorry|it|is|my|the|sure|number|name|address)\b)*+",
    re.I,
)
"""Possessive: 好的 is 好的 or 好 and 的, and both ways would be tried for each of them."""


_PLAIN_VALUE = re.compile(
    r"(?:[0-9零一二两三四五六七八九十半]|[年月日号点分刻天周]|星期|礼拜|今|明|后|大后|早上|上午|中午|下午|晚上|下个?|这个?|第|个|份|人|位|最后|随便|都可以|改到|改成|就|别的|"
    r"[\s,。!?.:]|\b(?:am|pm|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|morning|noon|afternoon|evening|next|at|on|the)\b)++",
    re.I,
)
"""Days, times and counts: they name nobody."""


def mask(text: str, *, known: Iterable[str] = (), awaiting: str | None = None, places: bool = True) -> str:
    """The normalised text with 〔电话〕〔证件〕〔号码〕〔姓名〕〔地址〕 for what tells who or where somebody is.

    `known` are values stored for this person; they go wherever they stand, digits also when spoken.
    `awaiting` is what had been asked: the whole answer to a personal question goes, but not “人工”.
    Without `places`, addresses stay.
    """
    text = normalise(text)
    shadow = written_english_digits(text)
    if awaiting in _ANSWERS and _answers(shadow, awaiting):
        return _ANSWERS[awaiting]
    found = [(span, label) for value in known for span, label in _known_spans(shadow, normalise(value))]
    for pattern, label in _PATTERNS:
        found += [(m.span("value" if "value" in pattern.groupindex else 0), label) for m in pattern.finditer(shadow)]
    found += [(span, NAME) for span in name_spans(text)]
    found += [(span, PLACE) for span in house_spans(shadow)]
    if not places:
        found = [(span, label) for span, label in found if label != PLACE]
    return _replaced(text, [(_whole(shadow, span), label) for span, label in found])


def mask_answer(text: str, *, asks_who: bool, awaiting: str | None, known: Iterable[str] = ()) -> str:
    """As `mask`, for what a resident says inside a form; if that `asks_who` somebody is, names come at any prompt.

    A free answer there goes as a whole, whatever had been asked, and so does an address; what holds no personal value by its form stays.
    """
    if awaiting == "place" and _PLAIN_VALUE.fullmatch(normalise(text)):  # 第二个 chooses among places; it is none
        return mask(text, known=known)
    masked = mask(text, known=known, awaiting=awaiting)
    if awaiting and house_spans(plain := normalise(text)) and find_place(plain, asked=False) == plain:
        return PLACE  # where somebody lives, whatever had been asked
    if not asks_who or awaiting in (None, "description", "service") or masked in _ANSWERS.values():
        return masked
    plain = normalise(text)
    return masked if _NO_CONTENT.fullmatch(plain) or _PLAIN_VALUE.fullmatch(plain) else ANSWER


def reaches_somebody(text: str) -> bool:
    """Does a phone, an e-mail address, a WeChat name or the number of an identity card stand in it?"""
    plain = normalise(text)
    return any(pattern.search(plain) for pattern in (_PAPER, MOBILE, LANDLINE, _STARRED, _HANDLE, _BARE_NUMBER))


def _whole(shadow: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span with the null characters that fill up for English number words."""
    start, end = span
    while shadow[end : end + 1] == "\0":
        end += 1
    return start, end


def _answers(text: str, awaiting: str) -> bool:
    if awaiting in ("phone", "tail", "number", "code", "contact"):
        return len(digits_of(text)) >= 2
    return not _NO_CONTENT.fullmatch(text)


def _known_spans(text: str, value: str) -> list[tuple[tuple[int, int], str]]:
    digits = re.sub(r"[^0-9]", "", value)
    if len(value) < 2:
        return []
    if len(digits) >= 4 and re.fullmatch(r"[+0-9 \-Xx]+", value):
        is_phone = bool(re.fullmatch(r"(?:86)?1[3-9]\d{9}|0\d{9,11}", digits))
        label = PHONE if is_phone else PAPER if len(digits) >= 17 else NUMBER
        spans = [(m.span(), label) for m in re.finditer(spoken_pattern(digits) + r"[Xx]?", text)]
        last_four = rf"(?<!{_D}){spoken_pattern(digits[-4:])}(?!{_D})"
        return spans + [(m.span(), NUMBER) for m in re.finditer(last_four, text)]
    label = (
        PLACE if re.search(r"社区|小区|[栋幢楼路街巷村号室]|单元|门口|旁边|building|road|unit", value, re.I) else NAME
    )
    return [(m.span(), label) for m in re.finditer(re.escape(value), text, re.I)]


def _replaced(text: str, found: list[tuple[tuple[int, int], str]]) -> str:
    """Overlapping finds become one, under the label found first."""
    merged: list[tuple[int, int, str]] = []
    ranked = sorted(enumerate(found), key=lambda item: item[1][0])
    rank_of_last = 0
    for rank, ((start, end), label) in ranked:
        if merged and (
            start < merged[-1][1] or (label == merged[-1][2] == PLACE and not text[merged[-1][1] : start].strip())
        ):
            first, last, old = merged[-1]
            merged[-1] = (first, max(last, end), label if rank < rank_of_last else old)
            rank_of_last = min(rank, rank_of_last)
        else:
            merged.append((start, end, label))
            rank_of_last = rank
    for start, end, label in reversed(merged):
        text = text[:start] + label + text[end:]
    return text
