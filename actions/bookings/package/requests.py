"""What the services are asked to book."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from actions.bookings import before, details
from actions.bookings import draft as booking_draft
from actions.core.turn import Said
from bot.services.bookings.bookings import BookingRequest


def request_of(said: Said, draft: Mapping[str, Any]) -> BookingRequest:
    """The booking that this draft comes to."""
    offering = booking_draft.offering_of(draft)
    assert offering
    return BookingRequest(
        offering_id=offering.id,
        day=date.fromisoformat(draft["date"]),
        starts=time.fromisoformat(draft["time"]),
        party=draft.get("party") or 1,
        name=draft["name"],
        phone=draft["phone"],
        address=draft["place"] if offering.needs_address else None,
        beneficiary=draft.get("beneficiary"),
        note=before.with_needs(said, draft, details.told(draft)),
        conversation_id=said.conversation_id,
        client_message_id=said.client_message_id,
        language=said.language,
        channel=said.channel,
    )


def requests_of(said: Said, draft: Mapping[str, Any]) -> Iterator[BookingRequest]:
    """One booking, or several where fewer people are served at a time than come."""
    first, left = request_of(said, draft), draft.get("others") or 0
    yield first
    while left > 0:
        yield replace(first, party=min(left, first.party))
        left -= first.party
