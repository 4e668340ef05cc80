"""What goes with the words to Rasa: language, clock, the open question, and whether the words answer it."""

import re
from datetime import datetime

from bot.language.communities import names_community
from bot.language.entities import find_entities
from bot.language.text import language_of
from bot.language.whole_numbers import score_in, whole_number

PLACE = re.compile("社区|小区|服务中心|助餐点|大厅|community", re.IGNORECASE)
"""Words of a place that can be chosen, as on our own buttons; the names of the communities are others."""
DIGITS = re.compile(r"[0-9零〇洞幺一二两三四五六七八九 ,、-]{2,}[。.]?")
"""Part of a number that is said in pieces."""
NAMING = ("place", "name", "phone", "number", "tail", "service", "code", "contact")
"""Questions that may be answered in the other script without a change of language."""


def reply_language(text: str, current: str | None, awaiting: str | None) -> str:
    """The language to answer in: the one the resident writes, where that is plain; else the one used so far."""
    written = language_of(text)
    if current is None:
        return written or "zh"
    if written in (None, current) or awaiting in NAMING:
        return current
    plain = (
        len(re.findall(r"[A-Za-z]{2,}", text)) >= 3
        if written == "en"
        else len(re.findall(r"[\u4e00-\u9fff]", text)) >= 2
    )
    return written if plain and written else current


def fits(text: str, awaiting: str | None, language: str, now: datetime) -> bool:
    """Do the words hold an answer to what was asked?"""
    if awaiting is None or awaiting == "description":
        return False
    entities = find_entities(text, now, awaiting=awaiting, language=language)
    timed = bool(entities.when.day or entities.when.at or entities.when.part or entities.when.doubt)
    if awaiting in ("date", "time"):
        return timed
    if awaiting == "confirmation":
        return timed or any((entities.count, entities.phone, entities.name, entities.place))
    if awaiting == "code":
        return bool(DIGITS.fullmatch(text))
    if awaiting in ("phone", "contact"):
        entities = find_entities(text, now, awaiting="phone", language=language)
        return bool(entities.phone) or bool(DIGITS.fullmatch(text))
    if awaiting == "party":
        return bool(entities.count)
    if awaiting == "place" and (PLACE.search(text) or names_community(text)):
        return True
    if awaiting == "score":
        return (whole_number(text) or score_in(text)) is not None
    if awaiting in ("name", "place", "number", "tail", "count"):
        return getattr(entities, awaiting) is not None or (awaiting == "number" and entities.tail is not None)
    return False
