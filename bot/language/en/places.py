"""Where, in English words: community, street, building, unit and room, in any order, with the community also beside them."""

import re
from functools import cache

from bot.language.communities import communities

_NUMBER = r"(?:\d+\w?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_HOUSE = rf"(?:building|block|unit|room|flat|floor|apartment|apt|house|no\.?)(?: number| no\.?)? ?{_NUMBER}\b|(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) floor"
_NAMED = r"(?:(?-i:[A-Z])\w+ ){1,3}(?:community|road|street|avenue|village|district|estate|lane)\b"
_JOIN = re.compile(r"(?:[ ,.]|\b(?:of|in|at|on|the|and|that is|it's|community|area)\b)*", re.I)
"""What may stand between two pieces of one place."""
_LONGEST_GAP = 14


@cache
def _pieces() -> re.Pattern[str]:
    names = "|".join(rf"\b{one.said_en}\b(?: community)?" for one in communities())
    return re.compile(rf"(?P<house>\b(?:{_HOUSE}))|(?P<named>\b(?:{_NAMED}))|(?P<community>{names})", re.I)


def exact_in_english(text: str) -> bool:
    """Is a building, a room or a street named?"""
    return any(
        match.lastgroup == "house" or not match[0].lower().endswith(("community", "district"))
        for match in _pieces().finditer(text)
        if match.lastgroup != "community"
    )


_SPOT = re.compile(
    r"\b(?:next to|near|beside|behind|in front of|opposite|below|above|outside|between|corner of|(?:at|by) (?:the|my|our)"
    r"|gate|entrance|market|school|kindergarten|park|shop|station|stop|playground|canteen|clinic|hospital)\b",
    re.I,
)


def spot_in_english(text: str) -> bool:
    """Is it told next to what, or at which house?"""
    return bool(_SPOT.search(text) or exact_in_english(text))


def find_english_place(text: str) -> str | None:
    """The place as said, from its first piece to its last; None where none is named by more than a bare community."""
    groups: list[tuple[int, int, set[str]]] = []
    for match in _pieces().finditer(text):
        kind = match.lastgroup or ""
        gap = text[groups[-1][1] : match.start()] if groups else ""
        if groups and len(gap) <= _LONGEST_GAP and _JOIN.fullmatch(gap):
            start, _, kinds = groups[-1]
            groups[-1] = (start, match.end(), kinds | {kind})
        else:
            groups.append((match.start(), match.end(), {kind}))
    named = [(start, end) for start, end, kinds in groups if kinds - {"community"}]
    return max((text[start:end] for start, end in named), key=len, default=None)
