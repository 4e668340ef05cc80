"""「还是刚才那个电话」, 「跟上次一样」: what was told for an earlier booking of this conversation is used again."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.services.bookings.own import Told, told_before
from bot.services.profiles import profiles

_BEFORE = r"(?:刚才|刚刚|上次|上回|前面|之前|先前|头一回)"
_SAME = re.compile(
    rf"{_BEFORE}(?:留|说|报|写)?过?的?(?:那个|那|同样)?(?:的|一个)?(?:电话|号码?|手机号?|名字|姓名|地址|地方|地点)|(?:跟|和|同|照|像){_BEFORE}[^,。]{{0,4}}(?:一样|一个样|来|办)?"
    rf"|{_BEFORE}(?:不是|已经)?(?:说|留|报)过|^(?:还是)?(?:那个|一样|老样子|同一个)(?:电话|号码|的|吧)*$"
    r"|\bsame\b.{0,12}\b(?:before|number|phone|name|place|address|last time|again)\b|\bas (?:before|last time)\b|^(?:the )?same(?: one)?$",
    re.I,
)
_ALL = re.compile(rf"(?:跟|和|同|照|像){_BEFORE}|老样子|\bas (?:before|last time)\b|\bsame as\b", re.I)


def take(said: Said, draft: Mapping[str, Any]) -> dict[str, Any]:
    """The slots that these words take over; empty where they do not point back, or there is nothing before."""
    if not _SAME.search(said.text):
        return {}
    told = told_before(wiring.store(), said.conversation_id)
    if told is None:
        return _address(said)
    if said.awaiting in ("phone", "name"):
        return {said.awaiting: getattr(told, said.awaiting)}
    service = draft.get("service") or said.details.get("service")
    if said.awaiting == "place" and told.service == service:
        return _place(told)
    if not _ALL.search(said.text) or service not in (None, told.service):
        return {}
    return {
        "service": told.service,
        **_place(told),
        "party": told.party,
        "name": told.name,
        "phone": told.phone,
        "time": f"~{told.starts:%H:%M}",
    }


def _address(said: Said) -> dict[str, Any]:
    """「还是上次的地址」 of somebody who agreed to be known."""
    found = profiles.known(wiring.store(), said.conversation_id, said.now) if said.awaiting == "place" else None
    return {"place": found.place} if found and found.place else {}


def known(said: Said, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """Name and phone of a resident who agreed to be known, with a word about it: 还是王建国吗? Empty for all others."""
    found = profiles.known(wiring.store(), said.conversation_id, said.now)
    if found is None or said.entities.beneficiary or said.entities.name:
        return {}
    place = found.place or words.text("profiles.no_place", said.language)
    dispatcher.utter_message(response="utter_still_you", name=found.name, place_words=place)
    return {"name": found.name, "phone": found.phone}


def with_needs(said: Said, draft: Mapping[str, Any], note: str | None) -> str | None:
    """What the offering asked for, and what the resident agreed to be known by: whoever comes should know it."""
    found = profiles.known(wiring.store(), said.conversation_id, said.now)
    if found is None or not found.needs or draft.get("name") != found.name:
        return note
    needs = words.text("profiles.for_staff", "zh", needs=found.needs)
    return f"{note}；{needs}" if note else needs


def _place(told: Told) -> dict[str, Any]:
    return {"offering": told.offering_id, "place": told.address or told.place}
