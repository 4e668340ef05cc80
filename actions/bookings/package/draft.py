"""Several services in one conversation: one after the other is made complete, and what they share is asked once.

The slots of the form hold the service that is talked about; the others lie in the slot `package`, None standing in their list
for the one that is talked about.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.bookings.manners import hours
from actions.bookings.package.named import is_dropped, one_in, services_in, several_in, tells_of_item
from actions.core.forms import Updates
from actions.core.turn import Said
from actions.core.words import name_of
from bot import wiring
from bot.language import words
from bot.language.entities import find_entities
from bot.services.bookings.offerings import Offering, find_offerings

SLOT = "package"
ITEM = ("service", "offering", "place", "date", "time", "party", "others", "description", "waiting", "among")
"""What each service has of its own; name, phone and who is served are shared."""
Draft = Mapping[str, Any]
Item = dict[str, Any]


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, whether one service is booked or several."""
    if not draft.get(SLOT):
        several = several_in(said) if said.awaiting in (None, "service") else []
        return _begun(several, said, draft, dispatcher) if several else booking_draft.take(said, draft, dispatcher)
    package, named = draft[SLOT], one_in(said, codes(draft))
    turned = turned_to(said, draft)
    if named and package.get("pending"):
        said = _said_before(said, package["pending"])
        turned.setdefault(SLOT, {**package, "pending": None})
    elif turned and said.awaiting == "confirmation" and not tells_of_item(said):
        turned[SLOT]["meant"] = True
        return {**turned, "confirmation": None, "changing": True}
    elif not named and _is_unclear(said, package):
        return {"confirmation": None, "changing": True, SLOT: {**package, "pending": said.text}}
    updates = booking_draft.take(said, {**draft, **turned}, dispatcher)
    if updates.get("waiting"):  # all or none: nobody waits for a part of it
        updates["waiting"] = None
    return {**turned, **updates}


def _begun(several: list[str], said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The first of them is talked about at once."""
    people = said.entities.count or draft.get("party") or 1
    first = replace(
        said,
        details={**said.details, "service": several[0]},
        entities=replace(said.entities, count=None),
    )
    updates = booking_draft.take(first, draft, dispatcher)
    offering = booking_draft.offering_of({**draft, **updates})
    day = said.entities.when.day
    package = {
        "items": [None, *({"service": code} for code in several[1:])],
        "people": people,
        "day": day.isoformat() if day else None,
    }
    told = words.text("bookings.package.and", said.language).join(_title(code, said.language) for code in several)
    dispatcher.utter_message(response="utter_package_begun", services=told, count=len(several))
    return {**updates, **_seats(people, offering), SLOT: package}


def codes(draft: Draft) -> list[str]:
    """The services of the package, in their order."""
    return [str(item["service"]) for item in items(draft)]


def items(draft: Draft) -> list[Item]:
    """Each service with its own values."""
    return [_own(draft) if item is None else item for item in (draft.get(SLOT) or {"items": [None]})["items"]]


def _own(draft: Draft) -> Item:
    return {name: draft.get(name) for name in ITEM}


def turned_to(said: Said, draft: Draft) -> Updates:
    """The slots that change when another of the services is named; empty when none is."""
    code = one_in(said, codes(draft))
    return turn(draft, codes(draft).index(code)) if code and code != draft.get("service") else {}


def turn(draft: Draft, at: int) -> Updates:
    """Talk about this one, counted from 0."""
    every: list[Item | None] = [*items(draft)]
    wanted, every[at] = every[at] or {}, None
    package = {**draft[SLOT], "items": every, "pending": None, "meant": False}
    return {**dict.fromkeys(ITEM), **wanted, SLOT: package}


def _is_unclear(said: Said, package: Mapping[str, Any]) -> bool:
    """At the read-back: something shall be different, but of which of the services?"""
    if said.awaiting != "confirmation" or not tells_of_item(said) or len(package["items"]) < 2:
        return False
    return not (said.asked == "what_to_change" and package.get("meant"))


def _said_before(said: Said, text: str) -> Said:
    """The correction of the turn before, now that it is plain what it is about."""
    return replace(said, text=text, entities=find_entities(text, said.now, language=said.language), act="change")


def without(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots after one of the services is not wanted any more; empty where none is taken back."""
    every = codes(draft)
    code = one_in(said, every) if draft.get(SLOT) and said.awaiting and is_dropped(said) else None
    if code is None:
        return {}
    dispatcher.utter_message(response="utter_package_without", service_title=_title(code, said.language))
    at = every.index(code)
    left = [item for n, item in enumerate(items(draft)) if n != at]
    now: Draft = {**draft, SLOT: {**draft[SLOT], "items": left}}
    begun = next((n for n, item in enumerate(left) if not item.get("time")), len(left) - 1)
    own = draft.get("service")
    begun = next((n for n, item in enumerate(left) if item.get("service") == own), begun)
    updates = turn(now, begun)
    if len(left) == 1:
        updates[SLOT] = None
    return {**updates, "confirmation": None}


def with_one_more(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots after one more service is wished for in the middle of several; empty where none is."""
    wished = [code for code in services_in(said.text) if code not in codes(draft)] if draft.get(SLOT) else []
    if (
        not said.awaiting
        or said.intent != "book_service"
        or len(wished) != 1
        or not find_offerings(wiring.store(), wished[0])
    ):
        return {}
    dispatcher.utter_message(response="utter_wish_kept")
    package = draft[SLOT]
    return {SLOT: {**package, "items": [*package["items"], {"service": wished[0]}]}, str(said.awaiting): None}


def advance(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots of the next service, once this one is complete; empty while it is not, or when all are."""
    if not draft.get(SLOT) or not is_complete(draft):
        return {}
    open_still = [n for n, item in enumerate(draft[SLOT]["items"]) if item is not None and not is_complete(item)]
    if not open_still:
        return {}
    updates = turn(draft, open_still[0])
    if updates.get("offering"):  # it was begun before
        return updates
    code = updates["service"]
    offering, place = _where(code, items(draft))
    named = offering.place_en if offering and said.english else offering.place if offering else ""
    dispatcher.utter_message(
        response="utter_package_next" if offering and not offering.needs_address else "utter_package_next_where",
        done_title=_title(draft["service"], said.language),
        service_title=_title(code, said.language),
        place=named,
    )
    updates |= {
        "offering": offering.id if offering else None,
        "place": place,
        **_seats(draft[SLOT]["people"], offering),
    }
    if offering and draft[SLOT].get("day") and not updates.get("date"):
        day = date.fromisoformat(draft[SLOT]["day"])
        updates |= hours.check(offering, day, None, said, updates.get("party") or 1, dispatcher)
    return updates


def is_complete(draft: Draft) -> bool:
    """Is everything known that is asked about this service?"""
    offering = booking_draft.offering_of(draft)
    settled = draft.get("date") and draft.get("time") and not draft["time"].startswith(hours.UNCHECKED)
    return bool(offering and draft.get("place") and settled and (draft.get("description") or not offering.ask))


def _where(service: str, others: list[Item]) -> tuple[Offering | None, str | None]:
    """As near as the others: the same community, the same home."""
    found = find_offerings(wiring.store(), service)
    known = [(booking_draft.offering_of(item), item.get("place")) for item in others]
    home = next((place for offering, place in known if offering and offering.needs_address and place), None)
    communities = {offering.community for offering, _ in known if offering and offering.community}
    near = [one for one in found if one.community in communities]
    sites = [one for one in near if not one.needs_address]
    chosen = (
        found
        if len(found) == 1
        else sites
        if len(sites) == 1 and not home
        else [one for one in near if one.needs_address]
    )
    chosen = chosen or sites
    if len(chosen) != 1:
        return None, None
    return chosen[0], home if chosen[0].needs_address else chosen[0].place


def _seats(people: int, offering: Offering | None) -> Updates:
    """Who finds no seat in one booking is served by another one beside it."""
    most = offering.max_party if offering else people
    seats = min(people, most)
    return {"party": seats if people > 1 else None, "others": people - seats or None}


def _title(code: str, language: str) -> str:
    return name_of(f"bookings.service.{code}", language)
