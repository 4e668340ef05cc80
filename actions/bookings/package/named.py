"""Which services a sentence names: 「助餐、助浴和助医」, 「送饭,洗澡,还要人陪着看病」."""

import re

from actions.bookings.manners.services import service_names
from actions.core.turn import Said
from actions.core.words import name_of
from bot import wiring
from bot.language.zh.pinyin import repair
from bot.language.zh.weekly import find_weekdays
from bot.services.bookings.offerings import find_offerings
from bot.turns import SERVICES

SEVERAL = "services"
"""The detail that holds what the pieces of an enumeration name, as the classifier reads them."""
_DROPS = re.compile(
    r"不(?:要|用|办|约|去|需要|搞|弄|订)(?![改换变动])|去掉|取消|别[约订办]|删|少一样|\b(?:without|drop|don't|do not|skip|leave out|no|not|cancel|remove)\b",
    re.IGNORECASE,
)


PACKAGE = ("meal", "bathing", "medical_escort")
"""What the plan (5.2) calls the package for older people."""
_PACKAGE = re.compile(
    r"(?=.*(?:老|养|洗|浴|病|医|三))(?:.*(?:套餐|一条龙|一套(?!房|衣)))|(?=.*\b(?:old|older|elder|elderly|senior|seniors|bath|doctor|care)\b).*\bpackage\b",
    re.IGNORECASE,
)
"""Its name beside whom it is for, or what is in it: a 套餐 alone is a meal."""


def services_in(text: str) -> list[str]:
    """By the names that we give them, in the order in which they are named; misheard ones too."""
    titles = tuple(name_of(f"bookings.service.{code}", "zh") for code in SERVICES)
    words = repair(text, titles)
    places = {code: match.start() for code, names in service_names().items() if (match := names.search(words))}
    return sorted(places, key=lambda code: places[code])


def several_in(said: Said) -> list[str]:
    """The services of a package; empty where one, or none, is wanted, or one that comes again every week."""
    if said.intent != "book_service" or find_weekdays(said.text):
        return []
    by_meaning = [code for code in said.details.get(SEVERAL, "").split(",") if code]
    by_name = services_in(said.text)
    found = by_name if len(by_name) >= len(by_meaning) else by_meaning
    if len(found) < 2 and _PACKAGE.match(said.text) and said.details.get("service") in (None, *PACKAGE):
        found = list(PACKAGE)
    offered = [code for code in found if find_offerings(wiring.store(), code)]
    return offered if len(offered) > 1 else []


def one_in(said: Said, among: list[str]) -> str | None:
    """The one service of the package that is named."""
    found = [code for code in services_in(said.text) if code in among]
    if (
        not found
        and said.details.get("service") in among
        and said.intent in ("book_service", "change_booking", "cancel_booking")
    ):
        return said.details["service"]
    return found[0] if len(found) == 1 else None


def is_dropped(said: Said) -> bool:
    """Is what is named not wanted any more?"""
    return bool(_DROPS.search(said.text)) and not tells_of_item(said)


def tells_of_item(said: Said) -> bool:
    """Words about one of the services rather than about who books: a day, a time, a place, a number of people."""
    when = said.entities.when
    told = bool(when.day or when.at or when.part or when.doubt or said.entities.place or said.entities.count)
    return told and not said.entities.phone and not said.entities.name
