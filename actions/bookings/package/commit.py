"""All services of a package are booked, or none: after a yes to the one read-back."""

from datetime import date, time
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.package import draft as package
from actions.bookings.package.requests import requests_of
from actions.core import drafts
from actions.core.cards import booking_card
from actions.core.forms import open_form
from actions.core.turn import Said
from actions.core.words import name_of
from bot import wiring
from bot.errors import FullyBooked, NotBookable, Refusal
from bot.language.times import say_day, say_window
from bot.services.bookings import packages
from bot.services.bookings.bookings import availability

FORM = "book_service_form"


def book(said: Said, draft: dict[str, Any], dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """Told each with its number; where one cannot be had, that one is asked about again and nothing is booked."""
    every = [{**draft, **item} for item in package.items(draft)]
    requests = [request for item in every for request in requests_of(said, item)]
    try:
        made = packages.book_package(wiring.store(), requests, said.now, limits=wiring.phone_limits())
    except (FullyBooked, NotBookable):
        at = next((n for n, item in enumerate(every) if not _is_free(item, said)), len(every) - 1)
        title = name_of(f"bookings.service.{every[at]['service']}", said.language)
        dispatcher.utter_message(response="utter_package_not_free", service_title=title)
        return open_form(FORM, {**package.turn(draft, at), "date": None, "time": None, "confirmation": None})
    except Refusal as error:
        dispatcher.utter_message(response=error.say)
        return drafts.close(FORM, tracker)
    dispatcher.utter_message(response="utter_package_booked", count=len(made))
    for booking in made:
        dispatcher.utter_message(
            response="utter_package_number",
            number=booking.number,
            offering_title=booking.title_en if said.english else booking.title,
            day_words=say_day(booking.day, said.language),
            time_words=say_window(booking.starts, booking.ends, said.language),
            json_message={"card": booking_card(booking, said.language)},
        )
    return drafts.close(FORM, tracker)


def _is_free(item: dict[str, Any], said: Said) -> bool:
    """Are there seats for everybody who is to be served?"""
    day, at, party = date.fromisoformat(item["date"]), time.fromisoformat(item["time"]), item.get("party") or 1
    found = availability(wiring.store(), item["offering"], day, at=at, part=None, party=party, now=said.now)
    return found.outcome == "free" and found.windows[0].left >= party + (item.get("others") or 0)
