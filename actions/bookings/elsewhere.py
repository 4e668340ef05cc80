"""A place that was named and has none of this service: said by its name, never taken for one that has."""

import re
from collections.abc import Sequence

from bot.services.bookings.offerings import Offering

_COMMUNITY = re.compile(r"(?P<zh>[㐀-鿿]{2,4}(?:社区|小区))|\b(?P<en>[A-Z]\w+) community\b")
_LEAD = re.compile(r"^.*[在到去住是的约订]")


def not_served(words: str, offerings: Sequence[Offering], everywhere: Sequence[Offering], *, english: bool) -> str:
    """The community in the words where `offerings` of one service are not given; empty when there is none such.

    `everywhere` are the offerings of all services: their communities are known by name alone.
    """
    if any(not offering.community for offering in offerings):
        return ""
    served = {offering.community for offering in offerings}
    named = _known_in(words, everywhere)
    if named & served:
        return ""
    if named:
        community = sorted(named)[0]
        return _english(community, everywhere) if english else community
    if found := _COMMUNITY.search(words):
        name = found["zh"] or f"{found['en']} community"
        return _LEAD.sub("", name) if found["zh"] else name
    return ""


def _known_in(words: str, everywhere: Sequence[Offering]) -> set[str]:
    said = words.lower()
    return {
        offering.community
        for offering in everywhere
        if offering.community
        and (offering.community.removesuffix("社区") in said or _word(offering).lower() in said.split())
    }


def _word(offering: Offering) -> str:
    """Its community in English, without the word for it: Dongfeng."""
    return " ".join(offering.place_en.partition(" community")[0].split()[-1:])


def _english(community: str, everywhere: Sequence[Offering]) -> str:
    return next(f"{_word(offering)} community" for offering in everywhere if offering.community == community)
