"""From words to the draft of a booking: which offering, where, when, for whom."""

from datetime import date, time
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.forms import Updates, confirmation
from actions.turn import Said
from actions.words import alternatives_words, part_words, say_when, window_words
from bot import wiring
from bot.language.times import say_day
from bot.language.wishes import asks_to_wait
from bot.services.bookings import Availability, availability
from bot.services.offerings import Offering, find_offerings

UNCHECKED = "~"
"""A wish for a time starts with it as long as the day or the offering is not known yet."""

Draft = dict[str, Any]


def take(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    """The slots that this utterance fills, corrects or (by None) asks again. Empty when it says nothing usable."""
    updates = _plain_facts(said, draft, dispatcher)
    updates |= _waiting(said, draft)
    service = updates.get("service", draft.get("service"))
    if service:
        updates |= _place(said, {**draft, **updates}, service)
    offering = offering_of({**draft, **updates})
    if "waiting" not in updates:
        updates |= _time(said, {**draft, **updates}, offering, dispatcher)
    return confirmation(said, updates)


def offering_of(draft: Draft) -> Offering | None:
    """The offering that the draft has settled on."""
    if not draft.get("service") or not draft.get("offering"):
        return None
    return next((o for o in find_offerings(wiring.store(), draft["service"]) if o.id == draft["offering"]), None)


def _plain_facts(said: Said, draft: Draft, dispatcher: CollectingDispatcher) -> Updates:
    facts, updates = said.facts, Updates()
    service = said.details.get("service")
    asked_anew = said.intent == "book_service" and service != draft.get("service")
    if service and (not draft.get("service") or asked_anew):
        updates |= {"service": service, "offering": None, "place": None}
    if facts.count:
        updates["party"] = facts.count
    if facts.beneficiary:
        updates["beneficiary"] = facts.beneficiary
    if facts.name:
        updates["name"] = facts.name
    if facts.phone:
        updates["phone"] = facts.phone
    elif said.awaiting == "phone" and any(c.isdigit() for c in said.text):
        dispatcher.utter_message(response="utter_bad_phone")
        updates["phone"] = None
    return updates


def _place(said: Said, draft: Draft, service: str) -> Updates:
    """Choose the offering by the place named, or by itself when there is only one."""
    offerings = find_offerings(wiring.store(), service)
    chosen = offering_of(draft)
    words = said.facts.place or (said.text if said.awaiting == "place" and said.intent == "inform" else None)
    if words:
        chosen = choose(offerings, words) or chosen
    elif chosen is None and len(offerings) == 1:
        chosen = offerings[0]
    if chosen is None:
        return {}
    updates: Updates = {}
    if chosen.id != draft.get("offering"):
        updates = {"offering": chosen.id, "time": _unchecked(draft.get("time"))}
    if not chosen.needs_address:
        place = chosen.place_en if said.english else chosen.place
        return updates if place == draft.get("place") else {**updates, "place": place}
    if words and _is_address(words, offerings):
        updates["place"] = words
    return updates


def choose(offerings: list[Offering], words: str) -> Offering | None:
    """The offering that the words fit: an address or "home" fits one that comes home, a community its site."""
    homes = [o for o in offerings if o.needs_address]
    sites = [o for o in offerings if not o.needs_address]
    wants_home = _is_address(words, offerings) or any(mark in words.lower() for mark in ("家", "上门", "送", "home"))
    candidates = homes if homes and (wants_home or not sites) else sites
    named = [o for o in candidates if _names(o, words)]
    if len(candidates) == 1 or len(named) == 1:
        return (named or candidates)[0]
    return named[0] if named else None


def _names(offering: Offering, words: str) -> bool:
    """Is the place, its community or the title in the words?"""
    place, place_en, said = offering.place, offering.place_en.lower(), words.lower()
    parts = (place.removesuffix("（示例）"), place.partition("社区")[0], place_en.split(" (")[0])
    title = offering.title.removesuffix("（示例）")
    return any(part and part in said for part in (*parts, title)) or any(
        word in place_en for word in said.split() if word in ("dongfeng", "xinjie", "laojie")
    )


def _is_address(words: str, offerings: list[Offering]) -> bool:
    """More exact than the name of a community."""
    exact = ("栋", "幢", "单元", "室", "号", "楼", "路", "街", "巷", "building", "unit", "room", "road", "street")
    if any(mark in words.lower() for mark in exact):
        return not any(words == o.place for o in offerings)
    return not any(o for o in offerings if not o.needs_address) and len(words) >= 2


def _waiting(said: Said, draft: Draft) -> Updates:
    """「排队等候」 after we said that the time is full."""
    offered = draft.get("waiting")
    if not offered or offered.get("accepted") or not asks_to_wait(said.text):
        return {}
    return {"waiting": {**offered, "accepted": True}, "date": offered["date"], "time": offered["time"]}


def _unchecked(wish: str | None) -> str | None:
    return wish if not wish or wish.startswith(UNCHECKED) else UNCHECKED + wish


def _time(said: Said, draft: Draft, offering: Offering | None, dispatcher: CollectingDispatcher) -> Updates:
    """Check the wished day and time against the offering, and say what stands in the way."""
    when = said.facts.when
    if when.doubt == "past":
        dispatcher.utter_message(response="utter_time_past")
        return {"date": None}
    if when.doubt == "which_day":
        dispatcher.utter_message(response="utter_time_which_day")
        return {"date": None}
    day = when.day.isoformat() if when.day else draft.get("date")
    wish = _wish(when.at, when.part) or draft.get("time")
    is_new = bool(when.day or when.at or when.part)
    if not is_new and not (wish or "").startswith(UNCHECKED):
        return {}
    if offering is None or not day:
        return {"date": day, "time": wish} if is_new else {}
    return check(offering, date.fromisoformat(day), wish, said, draft.get("party") or 1, dispatcher)


def _wish(at: time | None, part: str | None) -> str | None:
    if at:
        return f"{UNCHECKED}{at:%H:%M}"
    return UNCHECKED + part if part else None


def check(
    offering: Offering, day: date, wish: str | None, said: Said, party: int, dispatcher: CollectingDispatcher
) -> Updates:
    """The day and time if they are free; else what to ask again, after saying why."""
    if party > offering.max_party:
        dispatcher.utter_message(response="utter_too_many", max_party=offering.max_party)
        return {"party": None, "date": day.isoformat(), "time": wish}
    plain = (wish or "").removeprefix(UNCHECKED)
    at = time.fromisoformat(plain) if ":" in plain else None
    part = plain if plain and not at else None
    found = availability(wiring.store(), offering.id, day, at=at, part=part, party=party, now=said.now)
    if found.outcome in ("no_window", "past") and at and at.hour < 12 and said.facts.when.doubt == "which_half":
        later = time(at.hour + 12, at.minute)
        evening = availability(wiring.store(), offering.id, day, at=later, part=None, party=party, now=said.now)
        at, found = (later, evening) if evening.outcome == "free" else (at, found)
    if found.outcome == "free":
        return {"date": day.isoformat(), "time": f"{found.windows[0].starts:%H:%M}", "waiting": None}
    if found.outcome == "choose_time":
        return {"date": day.isoformat(), "time": None, "waiting": None}
    return _refuse(offering, day, at, part, found, said, dispatcher)


def _refuse(
    offering: Offering,
    day: date,
    at: time | None,
    part: str | None,
    found: Availability,
    said: Said,
    dispatcher: CollectingDispatcher,
) -> Updates:
    language = said.language
    responses = {
        "full": "utter_day_full",
        "closed_day": "utter_day_closed",
        "too_soon": "utter_day_too_soon",
        "too_far": "utter_day_too_far",
        "past": "utter_time_past",
        "no_window": "utter_no_such_time",
    }
    windows = found.windows or offering.windows
    dispatcher.utter_message(
        response=responses[found.outcome],
        day_words=say_day(day, language),
        time_words=say_when(at, language) or part_words(part, language),
        alternatives=alternatives_words(found.alternatives, language),
        windows=window_words(windows, language),
        notice_hours=f"{offering.notice_hours:g}",
        max_days=offering.max_days_ahead,
    )
    if found.outcome == "no_window":
        return {"date": day.isoformat(), "time": None}
    waiting = None
    if found.outcome == "full":
        starts = next(
            (w.starts for w in offering.windows if at and w.starts <= at < w.ends), offering.windows[0].starts
        )
        waiting = {"date": day.isoformat(), "time": f"{starts:%H:%M}"}
    return {"date": None, "time": None, "waiting": waiting}
