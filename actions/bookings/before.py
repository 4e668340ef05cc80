"""「还是刚才那个电话」, 「跟上次一样」: what was told for an earlier booking of this conversation is used again."""

import re
from collections.abc import Mapping
from typing import Any

from actions.core.turn import Said
from bot import wiring
from bot.services.bookings.own import Told, told_before

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
        return {}
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


def _place(told: Told) -> dict[str, Any]:
    return {"offering": told.offering_id, "place": told.address or told.place}
