"""Several offerings of one service: which of them the words leave possible, though they name no place.

「送到屋里」 leaves those that come home, 「我自己走过来吃」 those one goes to, 「周末兴趣班」 those of that title. What is left is kept
in a slot, and only that is offered from then on.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.core.turn import Said
from bot import wiring
from bot.language.communities import names_community
from bot.language.corrections import blank_denied
from bot.services.bookings.offerings import Offering, find_offerings

SLOT = "among"
"""What is left: the ids of the offerings, and an address that was told before it was plain whose it is."""
_COMES = re.compile(
    r"送(?!我|他|她|孩|娃|伢|人|命)|上门|外卖|(?:到|拿到|带到)(?:我|他|她)?们?(?:家|屋里)"
    r"|\bdeliver|\b(?:bring|send|carry|take)\b.{0,24}\b(?:home|house|flat|apartment|place|door|room|me|us|her|him)\b|\bhome delivery\b",
    re.I,
)
_COMES_ASKED = re.compile(
    r"(?<!大)(?:家|屋里|屋头)(?!庭|(?:就|也|是)?(?:在|住|离|隔))|\b(?:home|my (?:house|flat|apartment|place|room))\b|\bto (?:the )?door",
    re.I,
)
"""A word for one's home, where it was asked for the place."""
_GOES = re.compile(
    r"(?:不|别|莫|冇)(?:用|要|必|需要|消)?(?:你们?)?送|堂食|(?:自己|自家|我|走|跑)(?:走|跑)?(?:过来|过去)"
    r"|(?<!送)(?:去|到|来|在)(?:(?!家|屋|上门)[^,。送]){0,8}吃|(?:店里|点上|食堂|现场)吃"
    r"|\b(?:eat|dine|have (?:it|lunch|dinner|my lunch|my dinner)) (?:it )?(?:there|in\b|at (?:the|your)|with you)"
    r"|\bi(?:'ll| will| can| want to|'d rather)? (?:come|go|walk)(?: over| there| by| to you| myself)+\b|\bpick (?:it|them) up\b|\b(?:no|not|without) deliver",
    re.I,
)
_SHARED = 3
"""So many signs of a title in a row name it."""


def left(said: Said, draft: Mapping[str, Any], offerings: Sequence[Offering]) -> list[Offering]:
    """The offerings that are still possible after these words; all of them where the words tell nothing."""
    words = blank_denied(said.text)
    kept = _kept(draft, offerings)
    if any(one.bare_place in words for one in offerings if one not in kept):
        kept = list(offerings)  # another is named outright
    for fits in (_by_way(words, kept, asked=said.awaiting == "place"), _by_title(words, kept)):
        kept = [one for one in kept if one in fits] or kept
    return kept


def is_news(draft: Mapping[str, Any], now: Sequence[Offering], offerings: Sequence[Offering]) -> bool:
    """Fewer are left than before."""
    return len(now) < len(_kept(draft, offerings))


def slot_of(now: Sequence[Offering], draft: Mapping[str, Any], address: str | None) -> dict[str, Any]:
    """The slot with what is left."""
    return {SLOT: {"ids": [one.id for one in now], "address": address or address_in(draft)}}


def address_in(draft: Mapping[str, Any]) -> str | None:
    """A house that was told before it was known in which community."""
    return (draft.get(SLOT) or {}).get("address")


def offered(draft: Mapping[str, Any]) -> list[Offering]:
    """What is to be chosen from."""
    return _kept(draft, find_offerings(wiring.store(), draft["service"]))


def answers(said: Said, draft: Mapping[str, Any]) -> bool:
    """Asked for the place, the resident tells which kind of it is meant: an answer, whatever it sounds like."""
    if said.awaiting != "place" or not draft.get("service") or draft.get("offering"):
        return False
    offerings = find_offerings(wiring.store(), draft["service"])
    before, words = _kept(draft, offerings), blank_denied(said.text)
    told = [_by_way(words, offerings, asked=True), _by_title(words, offerings)]
    if any(len(one) < len(offerings) for one in told):
        return said.act != "stop"
    return len(before) < len(offerings) and names_community(words)


def comes_home(words: str) -> bool:
    """Shall we come, in an answer to where?"""
    return bool(_COMES.search(words) or _COMES_ASKED.search(words)) and not _GOES.search(words)


def _kept(draft: Mapping[str, Any], offerings: Sequence[Offering]) -> list[Offering]:
    ids = (draft.get(SLOT) or {}).get("ids")
    return [one for one in offerings if one.id in ids] if ids else list(offerings)


def _by_way(words: str, offerings: Sequence[Offering], *, asked: bool) -> list[Offering]:
    """Do we come, or does the resident? Told apart only where there are both."""
    homes = [one for one in offerings if one.needs_address]
    sites = [one for one in offerings if not one.needs_address]
    if not homes or not sites:
        return list(offerings)
    if _GOES.search(words):
        return sites
    if comes_home(words) if asked else _COMES.search(words):
        return homes
    return list(offerings)


def _by_title(words: str, offerings: Sequence[Offering]) -> list[Offering]:
    """Those whose title is in the words, by a piece that no other title has."""
    own = {one.bare_title: one.title_en.lower().replace("-", " ") for one in offerings}
    said, places = words.lower().replace("-", " "), {word for one in offerings for word in one.place_en.lower().split()}
    named = [
        title
        for title, english in own.items()
        if _pieces(title, [other for other in own if other != title], said)
        or any(
            word in said and word not in places and all(word not in other for key, other in own.items() if key != title)
            for word in (*re.findall(r"[a-z]{6,}", english), english.rpartition(" ")[0])
        )
    ]
    return [one for one in offerings if one.bare_title in named] if len(named) == 1 else list(offerings)


def _pieces(title: str, others: Sequence[str], said: str) -> bool:
    pieces = (title[at : at + _SHARED] for at in range(len(title) - _SHARED + 1))
    return any(piece in said and all(piece not in other for other in others) for piece in pieces)
