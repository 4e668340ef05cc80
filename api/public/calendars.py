"""Calendars to subscribe to (iCalendar, RFC 5545): what is offered, the service bus, the hall, and one's own bookings.

Only what the office has confirmed is told: rows that are examples (示例) stand in no calendar.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from icalendar import Calendar, Event, vRecur

from api.http.headers import HEADERS
from api.parts import WithParts
from api.public.frame import language_of
from bot import wiring
from bot.language import words
from bot.language.times import HERE
from bot.services.bookings import bookings, calendars
from bot.services.bookings.bookings import LIVE, Booking, BookingState
from bot.services.bookings.offerings import Offering, find_offerings
from bot.services.bookings.stops import SERVICE as BUS
from bot.services.offices.hall import Hours
from bot.turns import SERVICES, Language

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOURS_BETWEEN = 12
"""So often a calendar program should look again."""

pages = APIRouter(include_in_schema=False)


@pages.api_route("/calendars/hall.ics", methods=["GET", "HEAD"])
def hall(request: Request, parts: WithParts) -> Response:
    language, now = _language(request), parts.clock()
    events = [_hours(one, language, now) for one in wiring.hall().hours]
    return _calendar(words.text("calendars.hall", language), events)


@pages.api_route("/calendars/{service}.ics", methods=["GET", "HEAD"])
def service_calendar(request: Request, parts: WithParts, service: str) -> Response:
    """Of one service: `/calendars/mobile_bus.ics` is where the bus stops."""
    if service not in SERVICES:
        raise HTTPException(404)
    language, now = _language(request), parts.clock()
    confirmed = [one for one in find_offerings(parts.store, service) if not one.example]
    events = [event for one in confirmed for event in _weekly(one, language, now)]
    return _calendar(words.text(f"bookings.service.{service}", language), events)


@pages.api_route("/calendars/mine/{token}.ics", methods=["GET", "HEAD"])
def mine(request: Request, parts: WithParts, token: str) -> Response:
    """The bookings of one conversation; one that was cancelled says so, so that calendars take it out."""
    conversation_id = calendars.conversation_of(parts.store, token)
    found = bookings.of_conversation(parts.store, conversation_id) if conversation_id else []
    if not found:
        raise HTTPException(404)
    language = _language(request)
    keys = parts.store.keys
    events = [_booking(one, keys.keyed_hash(one.number), language) for one in found]
    return _calendar(words.text("calendars.mine", language), events)


def _language(request: Request) -> Language:
    return "en" if language_of(request) == "en" else "zh"


def _weekly(offering: Offering, language: Language, now: datetime) -> Iterable[Event]:
    title, place = (offering.title_en, offering.place_en) if language == "en" else (offering.title, offering.place)
    first = _first_day(offering.weekdays, max(now.date(), offering.valid_from))
    for window in offering.windows:
        event = _event(f"{offering.id} {window.starts}", title, place, now)
        event.add("dtstart", datetime.combine(first, window.starts, HERE))
        event.add("dtend", datetime.combine(first, window.ends, HERE))
        event.add("rrule", _every(offering.weekdays))
        if offering.service != BUS:
            event.add("description", words.text("calendars.book", language))
        yield event


def _hours(hours: Hours, language: Language, now: datetime) -> Event:
    event = _event(
        f"hall {hours.opens} {hours.weekdays}", words.text("calendars.hall", language), hours.named(language), now
    )
    first = _first_day(hours.weekdays, now.date())
    event.add("dtstart", datetime.combine(first, hours.opens, HERE))
    event.add("dtend", datetime.combine(first, hours.closes, HERE))
    event.add("rrule", _every(hours.weekdays))
    return event


def _booking(booking: Booking, name: str, language: Language) -> Event:
    title, place = (booking.title_en, booking.place_en) if language == "en" else (booking.title, booking.place)
    event = _event(name, title, place, datetime.combine(booking.day, time(), HERE))
    event.add("dtstart", datetime.combine(booking.day, booking.starts, HERE))
    event.add("dtend", datetime.combine(booking.day, booking.ends, HERE))
    event.add("description", words.text(f"bookings.state.{booking.state}", language))
    gone = booking.state not in (*LIVE, BookingState.DONE)
    event.add("status", "CANCELLED" if gone else "CONFIRMED" if booking.state != BookingState.WAITING else "TENTATIVE")
    event.add("sequence", 1 if gone else 0)
    return event


def _event(name: str, title: str, place: str, stamp: datetime) -> Event:
    """`name` stays the same for the same thing; nobody reads it back from what stands in the calendar."""
    event = Event()
    event.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@linyu")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("summary", title)
    event.add("location", place)
    return event


def _every(weekdays: tuple[int, ...]) -> vRecur:
    return vRecur({"freq": "weekly", "byday": [WEEKDAYS[day - 1] for day in weekdays]})


def _first_day(weekdays: tuple[int, ...], since: date) -> date:
    return next(day for day in (since + timedelta(days=ahead) for ahead in range(7)) if day.isoweekday() in weekdays)


def _calendar(name: str, events: Iterable[Event]) -> Response:
    calendar = Calendar()
    calendar.add("prodid", "-//Linyu//linyu//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=HOURS_BETWEEN), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    headers = HEADERS | {"Cache-Control": "no-cache", "Content-Disposition": 'inline; filename="linyu.ics"'}
    return Response(calendar.to_ical(), media_type="text/calendar; charset=utf-8", headers=headers)
