"""Phone numbers, record numbers and last four digits, written or spoken, whole or in pieces."""

import re

from bot.language.zh.numbers import digits_of

_D = "[0-9零〇洞幺一二两三四五六七八九拐勾]"
_GAP = r"[ \-,,、.…]{0,3}"
_START = r"(?<![0-9零〇幺一二三四五六七八九])"
_END = r"(?![0-9Xx]|[零〇幺一二三四五六七八九]{2})"


def _digits(number: str) -> str:
    return rf"(?:{_D}{_GAP}){{{number}}}"


MOBILE = re.compile(
    rf"{_START}(?:\+?(?:86|八六){_GAP}(?=[1一幺]))?(?P<value>[1一幺]{_GAP}[3-9三四五六七八九拐勾]{_GAP}{_digits('8')}{_D}){_END}"
)
LANDLINE = re.compile(
    rf"{_START}(?P<value>[0零洞]{_GAP}[1-9一幺二三四五六七八九]{_GAP}{_digits('1,2')}[2-8二三四五六七八]{_GAP}{_digits('5,6')}{_D}){_END}"
)
_LOCAL = rf"(?P<value>[2-8二三四五六七八]{_GAP}{_digits('5,6')}{_D}){_END}"
MARKED_LOCAL = re.compile(
    rf"(?:电话|座机|号码|手机|phone|number|call me)[^0-9零〇幺一二三四五六七八九]{{0,6}}{_LOCAL}", re.I
)
_ANY_NUMBER = re.compile("号码|number", re.I)
OURS = 8
"""Digits of the number of a record."""
_BARE_LOCAL = re.compile(_START + _LOCAL)
RECORD = re.compile(rf"{_START}(?P<value>{_digits('7')}{_D})(?!{_GAP}{_D})")
_TAIL_WORDS = r"(?:尾号|尾数|[后末]四位|[后末]4位|最后四[位个]|最后4[位个]|last four(?: digits)?|ending(?: in)?)"
TAIL = re.compile(rf"{_TAIL_WORDS}[^0-9零〇幺一二两三四五六七八九]{{0,6}}(?P<value>{_digits('3')}{_D})(?!{_D})", re.I)
_FOUR = re.compile(rf"{_START}(?P<value>{_digits('3')}{_D})(?!{_D})")
_AROUND_A_BARE_ANSWER = re.compile(r"^[\s是就嗯呃哦啊那个它,。]+|[\s吧啊呢哦的了,。.!]+$")
_IS_PHONE = re.compile(r"电话|座机|手机|phone|call", re.I)


def find_phone(text: str, *, asked: bool) -> str | None:
    """Digits only, without +86. `asked`: a bare local number of seven or eight digits counts."""
    for pattern in (MOBILE, LANDLINE, MARKED_LOCAL, *((_BARE_LOCAL,) if asked else ())):
        for match in pattern.finditer(text):
            digits = digits_of(match["value"])
            if pattern is MARKED_LOCAL and not asked and len(digits) == OURS and _ANY_NUMBER.match(match[0]):
                continue  # "number 79000002" is one of ours
            return digits
    return None


def find_number(text: str, *, asked: bool) -> str | None:
    """An eight-digit booking or case number."""
    for match in RECORD.finditer(text):
        if asked or not _IS_PHONE.search(text[max(0, match.start() - 8) : match.start()]):
            return digits_of(match["value"])
    return None


def find_tail(text: str, *, asked: bool) -> str | None:
    """The last four digits of a phone, when said as such, alone, or asked for."""
    if match := TAIL.search(text):
        return digits_of(match["value"])
    if asked and (phone := find_phone(text, asked=False)):
        return phone[-4:]
    bare = _AROUND_A_BARE_ANSWER.sub("", text)
    found = _FOUR.search(text) if asked else _FOUR.fullmatch(bare)
    return digits_of(found["value"]) if found else None
