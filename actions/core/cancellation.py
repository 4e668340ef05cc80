"""「不去了,帮我退了」 in the middle of a new booking: that one, or the one that is booked already?"""

import re

from rasa_sdk.executor import CollectingDispatcher

from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.times import say_day, say_window
from bot.services.bookings import bookings
from bot.services.bookings.bookings import Booking

FORM = "cancel_booking_form"
ASKED = "utter_which_to_cancel"
LIKELY = 0.3
"""Share of the wish to cancel a booking from which on it may be meant."""
FIRST = re.compile(r"约好|订好|已经|前面|先前|之前|刚才|第一|头一个|\b(?:first|booked|earlier)\b", re.IGNORECASE)
"""The booking that is there, by its name or its place in the row that we told."""


def names_another(said: Said) -> Booking | None:
    """The booking of this conversation that is to be cancelled, where the words or the answer name it."""
    own = _live(said)
    wants = said.act in ("stop", "drop") or said.intent == "cancel_booking"
    named = [booking for booking in own if booking.number == said.entities.number]
    if named and wants:
        return named[0]
    return own[-1] if own and ASKED in said.before and FIRST.search(said.text) else None


def may_mean_another(said: Said) -> bool:
    """Cancels something, while a booking made here is there too; asked once."""
    cancels = said.intent == "cancel_booking" or said.shares.get("cancel_booking", 0.0) >= LIKELY
    gives_up = said.act == "stop" or said.intent == "cancel_booking"
    return gives_up and cancels and ASKED not in said.before and bool(_live(said))


def ask_which(said: Said, dispatcher: CollectingDispatcher) -> None:
    booking = _live(said)[-1]
    buttons = [
        {
            "title": words.text(code, said.language, number=booking.number),
            "payload": words.payload(code, said.language, number=booking.number),
        }
        for code in ("bookings.which.booked", "bookings.which.this")
    ]
    dispatcher.utter_message(
        response=ASKED,
        offering_title=booking.title_en if said.english else booking.title,
        day_words=say_day(booking.day, said.language),
        time_words=say_window(booking.starts, booking.ends, said.language),
        buttons=buttons,
    )


def _live(said: Said) -> list[Booking]:
    return [one for one in bookings.of_conversation(wiring.store(), said.conversation_id) if one.state in bookings.LIVE]
