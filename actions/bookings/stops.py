"""The next stops of the service bus, where the plan leaves its timetable open."""

from datetime import date

from actions.core.topics import Supplement
from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.communities import Community, communities
from bot.language.times import say_day, say_window
from bot.services.bookings.stops import Stop, confirmed, next_stops
from bot.turns import Button


def tell(said: Said) -> Supplement | None:
    """At the place and on the day that the words name, or else the next ones; with what to bring and how to sign up.

    None as long as all stops are examples.
    """
    language, store, day = said.language, wiring.store(), said.entities.when.day
    if not confirmed(store):
        return None
    place = _named(said.text)
    community = place.name if place else ""
    found, missed = next_stops(store, said.now, community=community, day=day), ""
    if not found:
        missed = _missed(place, day, language)
        found = next_stops(store, said.now, community=community) or next_stops(store, said.now)
    gap, between = (" ", ", ") if language == "en" else ("", "、")
    things = between.join(wiring.hall().bring[language])
    parts = [
        words.text("bookings.stops.lead", language),
        missed,
        *(_line(stop, language) for stop in found),
        words.text("bookings.stops.bring", language, things=things) if things else "",
        words.text("bookings.stops.sign_up", language),
    ]
    book = Button(words.text("bookings.stops.book", language), words.payload("bookings.stops.book", language))
    return Supplement(gap.join(part for part in parts if part), (book,))


def _named(text: str) -> Community | None:
    said = text.lower()
    return next((one for one in communities() if one.short in said or one.name_en.lower() in said), None)


def _missed(place: Community | None, day: date | None, language: str) -> str:
    if day is not None:
        return words.text("bookings.stops.not_then", language, day=say_day(day, language))
    if place is not None:
        name = place.name_en if language == "en" else place.name
        return words.text("bookings.stops.not_there", language, place=name)
    return words.text("bookings.stops.none", language)


def _line(stop: Stop, language: str) -> str:
    gap = " and " if language == "en" else "、"
    hours = gap.join(say_window(one.starts, one.ends, language) for one in stop.windows)
    return words.text(
        "bookings.stops.one", language, place=stop.named(language), day=say_day(stop.day, language), hours=hours
    )
