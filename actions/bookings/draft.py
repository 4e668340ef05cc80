"""From words to the draft of a booking: which offering, where, when, for whom."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import before, days, details, elsewhere, names, weekly
from actions.bookings.manners import hours, narrowing, twice, wanted
from actions.bookings.manners.services import another_service, by_sound
from actions.core import phone_parts
from actions.core.forms import READ_AGAIN, Updates, confirmation, news
from actions.core.turn import Said
from actions.core.words import (
    name_of,
    say_when,
)
from bot import wiring
from bot.language.communities import communities, community_in, names_community, whole_place
from bot.language.corrections import blank_denied
from bot.language.entities import find_entities
from bot.language.times import When, say_window
from bot.language.zh.places import find_place, is_exact
from bot.language.zh.surnames import SURNAMES
from bot.services.bookings.offerings import Offering, find_offerings
from bot.services.unmet import unmet
from bot.services.unmet.unmet import UnmetKind, Wish

SAYS_NAME = re.compile(r"叫|名|姓|我是|name|\bi am\b|i'm", re.IGNORECASE)

MAY_AGREE = 0.2
"""Share of a yes, from which on the values of the summary said again confirm it: 「yes, four people」."""

Draft = Mapping[str, Any]


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again. Empty when it says nothing usable."""
    updates = _plain_facts(said, draft, dispatcher)
    updates |= _waiting(said, draft)
    updates |= before.take(said, draft)
    updates |= twice.take(said, draft)
    updates |= weekly.take(said, draft)
    said = weekly.with_first_day(said, {**draft, **updates})
    service = updates.get("service", draft.get("service"))
    if service:
        updates |= _place(said, {**draft, **updates}, service, dispatcher)
    offering = offering_of({**draft, **updates})
    chosen_now = offering is not None and offering.id != draft.get("offering")
    may_not_fit = chosen_now or (updates.get("party") and "waiting" not in updates)
    if offering and offering.max_party == 1 and updates.get("party") == 2:
        dispatcher.utter_message(response="utter_one_by_one")
        updates |= {"party": 1, "others": 1}
    if may_not_fit and draft.get("date"):
        updates["time"] = updates.get("time") or _unchecked(draft.get("time")) or hours.UNCHECKED
    if offering and (said.act == "any" or said.entities.when.doubt == "any_but" or days.next_time(said)):
        updates |= days.first_free(said, {**draft, **updates}, offering, dispatcher)
    if "waiting" not in updates or chosen_now:
        updates |= _time(said, {**draft, **updates}, offering, dispatcher)
    updates |= details.take(said, draft, offering)
    updates |= weekly.with_days(said, {**draft, **updates}, offering)
    new = news(said, updates, draft)
    if updates and not new and said.act != "yes":
        if not _agrees(said):
            return stands_so(said, draft, dispatcher)
        said = replace(said, act="yes")
    return wanted.take(said, new, draft) or confirmation(said, new)


def _agrees(said: Said) -> bool:
    """Is what was read back said again as a yes: with one before it, or once more after we said that we have it so?"""
    return said.shares.get("affirm", 0.0) >= MAY_AGREE or "utter_stands_so" in said.before


def stands_so(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """What is to be changed into what was read back: 「改成十点半」, where the window holds that time already."""
    at = said.entities.when.at
    if at and draft.get("date") and re.fullmatch(r"\d\d:\d\d", draft.get("time") or ""):
        dispatcher.utter_message(
            response="utter_time_within",
            at_words=say_when(at, said.language),
            time_words=window_words_of(draft, said.language),
        )
    else:
        dispatcher.utter_message(response="utter_stands_so")
    return dict(READ_AGAIN)


def offering_of(draft: Draft) -> Offering | None:
    """The offering that the draft has settled on."""
    if not draft.get("service") or not draft.get("offering"):
        return None
    return next((o for o in find_offerings(wiring.store(), draft["service"]) if o.id == draft["offering"]), None)


def _plain_facts(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    entities, updates = said.entities, Updates()
    instead = another_service(said, draft)
    service = instead or said.details.get("service") or (None if draft.get("service") else by_sound(said.text))
    asked_anew = said.awaiting in (None, "service") and service != draft.get("service")
    if service and (not draft.get("service") or asked_anew or instead):
        updates |= {"service": service, "offering": None, "place": None, narrowing.SLOT: None}
        updates |= {"time": _unchecked(draft["time"])} if draft.get("time") else {}
        updates |= {"waiting": None} if draft.get("waiting") else {}
    if entities.count:
        updates |= {"party": entities.count, "party_between": None}
    elif entities.between:
        updates |= {"party_between": list(entities.between), "party": None}
    if entities.beneficiary:
        updates["beneficiary"] = entities.beneficiary
    name = entities.name or _corrected_name(said)
    if name and not (said.awaiting == "name" and entities.place and not SAYS_NAME.search(said.text)):
        updates |= names.whole(name, said, draft)
    else:
        updates |= names.only_surname(said, draft)
    if (part := phone_parts.taken(said, draft)) is not None:
        updates |= part
    elif entities.phone:
        updates |= {"phone": entities.phone, phone_parts.SLOT: None}
    elif said.awaiting == "phone" and any(c.isdigit() for c in said.text):
        dispatcher.utter_message(response="utter_bad_phone")
        updates["phone"] = None
    elif said.awaiting == "phone" and said.act in ("no", "anonymous", "unsure"):
        dispatcher.utter_message(response="utter_phone_needed")
        updates["phone"] = None
    return updates


def _corrected_name(said: Said) -> str | None:
    """A bare name behind 「名字写错了」, behind 「不是张伟,是…」, or in answer to what shall be changed."""
    if said.awaiting != "confirmation" or said.entities.phone or said.entities.when != When():
        return None
    answers = (
        said.asked == "what_to_change" and said.act == "content" and not said.entities.count and not said.entities.place
    )
    if not (answers or SAYS_NAME.search(said.text) or blank_denied(said.text) != said.text):
        return None
    name = find_entities(said.text, said.now, awaiting="name", language=said.language).name
    return name if name and (said.english or answers or name[0] in SURNAMES) else None


def _place(said: Said, draft: Draft, service: str, dispatcher: CollectingDispatcher) -> Updates:
    """Choose the offering by the place named, or by itself when there is only one."""
    offerings = find_offerings(wiring.store(), service)
    chosen = offering_of(draft)
    if said.awaiting == "place" and chosen and chosen.needs_address and not chooses_place(said, draft):
        offerings = [o for o in offerings if o.needs_address]  # a community alone is part of the address here
    every = offerings
    if chosen is None:
        offerings = narrowing.left(said, draft, every)
    named = said.entities.place if said.act not in ("any", "unsure", "not_for_us") else None
    words = named or (said.text if said.awaiting == "place" and said.act == "content" else None)
    if words is None and said.act == "change" and any(names_place(o, blank_denied(said.text)) for o in offerings):
        words = blank_denied(said.text)
    if words is None and chosen is None and service:
        words = community_in(blank_denied(said.text))  # 「约东风大厅」
    open_still = chosen is None or said.awaiting == "place" or said.act == "change"
    if words and open_still and _is_elsewhere(words, offerings, said, draft, dispatcher):
        return {"place": None}
    told = _with_community(words, said)
    if told:
        chosen = choose(offerings, told) or chosen
    elif chosen is None and said.awaiting == "place" and said.act == "any":
        chosen = next((o for o in offerings if not o.needs_address), offerings[0])
    elif chosen is None and len(offerings) == 1:
        chosen = offerings[0]
    if chosen is None:
        address = words if words and is_exact(words) else None
        narrower = narrowing.is_news(draft, offerings, every) or (address and address != narrowing.address_in(draft))
        return narrowing.slot_of(offerings, draft, address) if narrower else {}
    updates: Updates = {narrowing.SLOT: None} if draft.get(narrowing.SLOT) else {}
    if chosen.id != draft.get("offering"):
        updates |= {"offering": chosen.id, "time": _unchecked(draft.get("time"))}
        before = offering_of(draft)
        if chosen.needs_address and before and not before.needs_address:
            updates["place"] = None  # the name of a site is no address
    if not chosen.needs_address:
        if updates and words and is_exact(words) and chosen.place not in words:
            dispatcher.utter_message(response="utter_place_is_elsewhere")
        return updates if updates == {} and draft.get("place") else {**updates, "place": chosen.place}
    only_chooses = chosen.id != draft.get("offering") and any(not o.needs_address for o in every)
    if told and (is_exact(told) if only_chooses else _is_address(told, offerings)):
        updates["place"] = told
    elif not draft.get("place") and (house := narrowing.address_in(draft)):
        updates["place"] = whole_place(chosen.community, house)
    return updates


def _with_community(words: str | None, said: Said) -> str | None:
    """A house alone, with the community that is named beside it: 东风送一份到4栋101."""
    if not words or names_community(words) or not is_exact(words):
        return words
    return whole_place(community_in(blank_denied(said.text)), words)


def _is_elsewhere(
    words: str, offerings: list[Offering], said: Said, draft: Draft, dispatcher: CollectingDispatcher
) -> bool:
    """Say so when the place that is named has none of this service."""
    there = elsewhere.not_served(words, offerings, find_offerings(wiring.store()), english=said.english)
    if there:
        title = name_of(f"bookings.service.{offerings[0].service}", said.language)
        dispatcher.utter_message(response="utter_not_there", place=there, service_title=title)
        kind, people = UnmetKind.NO_PLACE, draft.get("party") or 1
        wish = Wish(kind, offerings[0].service, said.conversation_id, words, people)
        unmet.count(wiring.store(), wish, said.now)
    return bool(there)


def choose(offerings: list[Offering], words: str) -> Offering | None:
    """The offering that the words fit: an address or "home" fits one that comes home, a community its site."""
    homes = [o for o in offerings if o.needs_address]
    sites = [o for o in offerings if not o.needs_address]
    wants_home = _is_address(words, offerings) or narrowing.comes_home(words)
    candidates = homes if homes and (wants_home or not sites) else sites
    there = [o for o in candidates if names_place(o, words)]
    titled = [o for o in there or candidates if o.bare_title in words]
    named = titled or there
    if len(candidates) == 1:
        return candidates[0]
    return named[0] if named and (there or len(named) == 1) else None


def names_place(offering: Offering, words: str) -> bool:
    """Is the place or its community in the words?"""
    said, place_en = words.lower(), offering.bare_place_en.lower()
    named = (community_in(words) or "").removesuffix(" community").lower()  # Dong feng
    if named and named in place_en:
        return True
    parts = (offering.bare_place, offering.place.partition("社区")[0], place_en)
    return any(part in said for part in parts) or any(
        word in place_en
        for word in re.findall(r"[a-z]+", said)
        if word in {one.name_en.lower() for one in communities()}
    )


def chooses_place(said: Said, draft: Draft) -> bool:
    """Asked for the place, the resident says the whole name of one that is offered: an answer, whatever it sounds like."""
    if said.awaiting != "place" or not draft.get("service"):
        return False
    offered = (o.bare_place for o in find_offerings(wiring.store(), draft["service"]))
    return any(place in said.text for place in offered)


def _is_address(words: str, offerings: list[Offering]) -> bool:
    """More exact than the name of a community."""
    if is_exact(words):
        return not any(words == o.place for o in offerings)
    if narrowing.comes_home(words) and not find_place(words, asked=False):
        return False  # 「要送到家里去」 tells that we come, not where to
    return not any(o for o in offerings if not o.needs_address) and len(words) >= 2


def _waiting(said: Said, draft: Draft) -> Updates:
    """「排队等候」 after we said that the time is full."""
    offered = draft.get("waiting")
    if said.act == "other_time" and said.awaiting in ("date", "time"):
        return {"waiting": None, "date": None, "time": None}
    if not offered or offered.get("accepted") or said.act != "wait":
        return {}
    return {"waiting": {**offered, "accepted": True}, "date": offered["date"], "time": offered["time"]}


def window_words_of(draft: Draft, language: str) -> str:
    """The whole window that the draft's time begins, so that nobody takes its beginning for the hour they named."""
    starts = time.fromisoformat(draft["time"])
    offering = offering_of(draft)
    ends = next((w.ends for w in offering.windows if w.starts == starts), None) if offering else None
    return say_window(starts, ends, language) if ends else say_when(starts, language)


def _unchecked(wish: str | None) -> str | None:
    return wish if not wish or wish.startswith(hours.UNCHECKED) else hours.UNCHECKED + wish


def _time(said: Said, draft: Draft, offering: Offering | None, dispatcher: CollectingDispatcher) -> Updates:
    """Check the wished day and time against the offering, and say what stands in the way."""
    when = said.entities.when
    wish = _wish(when) or draft.get("time")
    if when.doubt in ("past", "no_such_day"):
        dispatcher.utter_message(response="utter_time_past" if when.doubt == "past" else "utter_no_such_day")
        return {"date": None}
    party = draft.get("party") or 1
    chosen = when.day
    if when.doubt == "which_day":
        chosen = days.first_fitting(offering, when.either, hours.plain(wish), party, said.now) if offering else None
        if chosen is None:
            days.offer_from(offering, when.day, party, said, dispatcher)
            return {"date": None, "time": _unchecked(wish)}
    elif offering and when.weekly and when.day == said.now.date():
        chosen = days.this_week_or_next(offering, when.day, hours.plain(wish), party, said.now)
    day = chosen.isoformat() if chosen else draft.get("date")
    is_new = bool(when.day or when.at or when.part)
    if not is_new and not (wish or "").startswith(hours.UNCHECKED):
        return {}
    if offering is None or not day:
        return {"date": day, "time": wish} if is_new else {}
    return hours.check(offering, date.fromisoformat(day), wish, said, party, dispatcher)


def _wish(when: When) -> str | None:
    if when.at:
        return f"{hours.UNCHECKED}{when.at:%H:%M}" + (hours.IN_DOUBT if when.doubt == "which_half" else "")
    return hours.UNCHECKED + when.part if when.part else None
