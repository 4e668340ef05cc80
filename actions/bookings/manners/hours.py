"""Is the wished day and hour free? If not, what stands in the way, and what comes nearest."""

from datetime import date, time

from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import days
from actions.core.choices import offer
from actions.core.forms import Updates
from actions.core.turn import Said
from actions.core.words import alternatives, most_words, notice_words, part_words, say_when
from bot import wiring
from bot.language import words
from bot.language.times import say_day, say_window
from bot.services.bookings.bookings import Availability, availability
from bot.services.bookings.offerings import Offering
from bot.services.unmet import unmet
from bot.services.unmet.unmet import UnmetKind, Wish

UNCHECKED = "~"
"""A wish for a time starts with it as long as the day or the offering is not known yet."""
IN_DOUBT = "?"
"""A wish for a time ends with it when it may mean the evening: 「八点」."""


def plain(wish: str | None) -> tuple[time | None, str | None]:
    """The time of day, or the part of the day, that is wished for."""
    words = (wish or "").removeprefix(UNCHECKED).removesuffix(IN_DOUBT)
    at = time.fromisoformat(words) if ":" in words else None
    return at, words if words and not at else None


def check(
    offering: Offering, day: date, wish: str | None, said: Said, party: int, dispatcher: CollectingDispatcher
) -> Updates:
    """The day and time if they are free; else what to ask again, after saying why."""
    if party > offering.max_party:
        dispatcher.utter_message(
            response="utter_too_many", max_words=most_words(offering.max_party, offering.service, said.language)
        )
        return {"party": None, "date": day.isoformat(), "time": wish}
    in_doubt = (wish or "").endswith(IN_DOUBT)
    at, part = plain(wish)
    found = availability(wiring.store(), offering.id, day, at=at, part=part, party=party, now=said.now)
    if at and at.hour < 12 and in_doubt:
        later = time(at.hour + 12, at.minute)
        evening = availability(wiring.store(), offering.id, day, at=later, part=None, party=party, now=said.now)
        if found.outcome == evening.outcome == "free":
            dispatcher.utter_message(response="utter_time_which_half")
            return {"date": day.isoformat(), "time": None}
        if evening.outcome == "free" and found.outcome in ("no_window", "past"):
            at, found = later, evening
    if found.outcome == "free":
        return {"date": day.isoformat(), "time": f"{found.windows[0].starts:%H:%M}", "waiting": None}
    if found.outcome == "choose_time":
        return {"date": day.isoformat(), "time": None, "waiting": None}
    if found.outcome == "full":
        unserved = Wish(UnmetKind.FULL, offering.service, said.conversation_id, offering.community, party, day)
        unmet.count(wiring.store(), unserved, said.now)
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
        "past": "utter_time_past_instead",
    }
    if found.outcome == "no_window":
        return _no_window(offering, day, at, found, said, dispatcher)
    offer(
        dispatcher,
        responses[found.outcome],
        alternatives(found.alternatives, language),
        language,
        none=words.text("bookings.none_free", language),
        day_words=say_day(day, language),
        time_words=say_when(at, language) or part_words(part, language),
        notice_words=notice_words(offering.notice_hours, language),
        max_days=offering.max_days_ahead,
    )
    waiting = None
    if found.outcome == "full":
        starts = next(
            (w.starts for w in offering.windows if at and w.starts <= at < w.ends), offering.windows[0].starts
        )
        waiting = {"date": day.isoformat(), "time": f"{starts:%H:%M}"}
    return {"date": None, "time": None, "waiting": waiting}


def _no_window(
    offering: Offering, day: date, at: time | None, found: Availability, said: Said, dispatcher: CollectingDispatcher
) -> Updates:
    """Say so, with the hour that comes nearest; the question that follows tells them all."""
    near = days.nearest_first(found.windows or offering.windows, at)[0] if at else None
    if near is None:
        dispatcher.utter_message(response="utter_no_such_time")
    else:
        dispatcher.utter_message(
            response="utter_nearest_time",
            time_words=say_when(at, said.language),
            nearest=say_window(near.starts, near.ends, said.language),
        )
    return {"date": day.isoformat(), "time": None}
