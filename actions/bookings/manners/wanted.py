"""One value of a booking named as wrong before the new one is told: 「人数」, 「电话要改」. It is asked first."""

import re
from collections.abc import Mapping
from typing import Any

from actions.core.forms import READ_AGAIN
from actions.core.turn import Said
from bot.language.readers.answer_acts import CONTENT, SUMMARIES

SLOT = "wanted"
BARE = 4
"""So many signs hold no more than the name of a value."""
NAMED = {
    "party": re.compile(r"人数|份数|几个人|几份|多少人|\bhow many\b|\b(?:number of )?(?:people|portions)\b", re.I),
    "name": re.compile(r"名字|姓名|\bname\b", re.I),
    "phone": re.compile(r"电话|手机号?|号码|\bphone\b", re.I),
    "place": re.compile(r"地址|地点|地方|\b(?:address|place)\b", re.I),
    "time": re.compile(r"时间|钟点|几点|\b(?:time|hour)\b", re.I),
    "date": re.compile(r"日期|日子|哪天|哪一天|\b(?:day|date)\b", re.I),
}


def named_in(text: str) -> str | None:
    """The first value that the words name, by its slot."""
    return next((name for name, words in NAMED.items() if words.search(text)), None)


def take(said: Said, new: Mapping[str, Any], draft: Mapping[str, Any]) -> dict[str, Any]:
    """The slots for a value that is to be asked, was told, or shall stay after all; empty where none of it is so."""
    asked = draft.get(SLOT)
    if said.awaiting == "confirmation":
        name = None if new or not _finds_fault(said) else named_in(said.text)
        return {SLOT: name, **READ_AGAIN} if name else {}
    if not asked or said.awaiting != asked:
        return {}
    if new.get(asked) is not None:
        return {**new, SLOT: None}
    return {**new, SLOT: None, **READ_AGAIN} if not new and said.act in ("no", "keep") else {}


def _finds_fault(said: Said) -> bool:
    """Something is said to be wrong; also by its bare name, as an answer to what was read back."""
    asked_what = said.asked == "what_to_change" or (said.asked in SUMMARIES and len(said.text) <= BARE)
    return said.act == "change" or (asked_what and said.act == CONTENT)


def first(now: Mapping[str, Any]) -> str | None:
    """The slot to ask before all else, while it is open."""
    return now[SLOT] if now.get(SLOT) and now.get("confirmation") is None else None
