"""After an answer from the plan: the booking that whoever asked may have had in mind."""

from actions.bookings.manners.services import service_in
from actions.core.topics import Offer
from actions.core.turn import Said
from actions.core.words import name_of
from bot import wiring
from bot.services.bookings.offerings import find_offerings

MAYBE_WISHED = 0.05
"""Share of the wish to book from which on a question may hold one: who asks for the price alone stays far below."""


def of_booking(said: Said) -> Offer | None:
    """The service that the words name, where it can be booked and may be wished for."""
    service = said.details.get("service") or service_in(said.text)
    if not service or said.shares.get("book_service", 0.0) < MAYBE_WISHED:
        return None
    if not find_offerings(wiring.store(), service):
        return None
    return Offer(
        "book_service_form", "book_service", {"service": service}, name_of(f"bookings.service.{service}", said.language)
    )
