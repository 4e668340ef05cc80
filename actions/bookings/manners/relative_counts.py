"""More or fewer than before: 少一个, 再加两份, one more person."""

import re

from bot.language.zh.numbers import CHINESE_NUMBER, read_english_number, read_number

_N = rf"(?P<n>[0-9]{{1,2}}|[{CHINESE_NUMBER}]{{1,2}})"
_UNIT = r"(?:个人?|份|位|人|口人?|名|盒)(?!月|小时|钟头|星期|礼拜|半天)"
_FEWER = re.compile(rf"(?:少|减|减少|减掉|去掉|退掉?)(?:了|来|要)?{_N}{_UNIT}")
_MORE = re.compile(rf"(?:多|加|添|增加|再来|又来)(?:了|上|来|要|订)?{_N}{_UNIT}")
_ENGLISH_N = r"(?P<n>one|two|three|four|[1-4])"
_ENGLISH_MORE = re.compile(rf"\b{_ENGLISH_N} (?:more|extra)\b|\badd (?P<n2>one|two|three|[1-3])\b", re.I)
_ENGLISH_FEWER = re.compile(rf"\b{_ENGLISH_N} (?:less|fewer)\b|\b(?:take|leave) (?P<n2>one|two) (?:off|out)\b", re.I)


def relative_count(text: str) -> int | None:
    """By how many there are more, or fewer (below zero), than before; None where it is not said."""
    for pattern, sign in ((_FEWER, -1), (_MORE, 1), (_ENGLISH_FEWER, -1), (_ENGLISH_MORE, 1)):
        if match := pattern.search(text):
            said = next(part for part in match.groups() if part)
            read = read_english_number if said.isascii() and not said.isdigit() else read_number
            number = read(said.lower())
            return sign * number if number else None
    return None
