"""Which of our services is named, also in place of another and when it was misheard."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from actions.core.turn import Said
from actions.core.words import name_of
from bot.language.corrections import blank_denied
from bot.language.zh.pinyin import repair
from bot.turns import SERVICES

Draft = Mapping[str, Any]
_INSTEAD = re.compile(r"[换改]成?|\b(?:instead|rather|change (?:it )?to|switch to)\b", re.I)
"""One in place of the other."""


def another_service(said: Said, draft: Draft) -> str | None:
    """「不是助餐,是助浴」: one of our services named in place of another that is taken back."""
    if not said.awaiting or not draft.get("service"):
        return None
    rest = blank_denied(said.text)
    found = [code for code, names in service_names().items() if names.search(rest)]
    taken_back = rest != said.text or said.act in ("change", "no") or bool(_INSTEAD.search(said.text))
    return found[0] if taken_back and len(found) == 1 and found[0] != draft["service"] else None


@cache
def service_names() -> dict[str, re.Pattern[str]]:
    """Each service by the names that we give it."""
    names = {}
    for code in SERVICES:
        english = re.sub(r"^(?:an?|the) ", "", name_of(f"bookings.service.{code}", "en"), flags=re.I)
        english = english.removesuffix(" help").removesuffix("s")
        either = (name_of(f"bookings.service.{code}", "zh"), english)
        names[code] = re.compile("|".join(map(re.escape, either)), re.IGNORECASE)
    return names


def by_sound(text: str) -> str | None:
    """The one service whose name is heard in these words when they are misheard: 越个助鱼."""
    titles = tuple(name_of(f"bookings.service.{code}", "zh") for code in SERVICES)
    heard = repair(text, titles)
    return service_in(heard) if heard != text else None


def service_in(text: str) -> str | None:
    """The one service that is named by the name that we give it."""
    found = [code for code, names in service_names().items() if names.search(text)]
    return found[0] if len(found) == 1 else None
