"""What a card in the chat shows of a booking or a case."""

from typing import Any

from actions.core.words import moment_words, party_words
from bot.language import words
from bot.language.times import say_day, say_window
from bot.services.bookings.bookings import Booking
from bot.services.cases.cases import Case


def booking_card(booking: Booking, language: str) -> dict[str, Any]:
    english = language == "en"
    return {
        "kind": "booking",
        "number": booking.number,
        "title": booking.title_en if english else booking.title,
        "when": say_day(booking.day, language)
        + (" " if english else "")
        + say_window(booking.starts, booking.ends, language),
        "place": booking.address or (booking.place_en if english else booking.place),
        "party": party_words(booking.party, booking.service, language),
        "service": booking.service,
        "state": booking.state,
        "state_words": words.text(f"bookings.state.{booking.state}", language),
    }


def case_card(case: Case, language: str) -> dict[str, Any]:
    return {
        "kind": "case",
        "number": case.number,
        "title": words.text(f"cases.category.{case.category}", language),
        "category": case.category,
        "place": case.place,
        "state": case.state,
        "state_words": words.text(f"cases.state.{case.state}", language),
        "respond_by": moment_words(case.respond_by, language),
        "settle_by": moment_words(case.settle_by, language),
        **({"check_code": case.check_code} if case.check_code else {}),
    }
