"""The staff API: bookings."""

from dataclasses import asdict
from datetime import date, time
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from api.console.frame.failures import PROBLEMS
from api.console.frame.messages import DoneOut
from api.console.frame.session import needs
from api.parts import WithParts
from bot.services.bookings import staff_bookings
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff/bookings", responses={**PROBLEMS, 409: PROBLEMS[404]}, tags=["staff"])

Reads = Annotated[Signed, Depends(needs("bookings.read"))]
Works = Annotated[Signed, Depends(needs("bookings.work"))]
Sizes = Annotated[Signed, Depends(needs("bookings.capacity"))]
Day = Annotated[date, Query(ge=date(2000, 1, 1), le=date(2100, 1, 1))]


class SlotOut(BaseModel):
    offering: str
    service: str
    title: str
    day: date
    starts: time
    ends: time
    capacity: int
    own_capacity: bool
    taken: int
    waiting: int


class CalendarOut(BaseModel):
    slots: list[SlotOut]


class BookingLineOut(BaseModel):
    number: str
    offering: str
    title: str
    place: str
    day: date
    starts: time
    ends: time
    state: str
    party: int
    name: str
    """Masked, as are phone, address, beneficiary and note."""
    phone: str
    address: str
    beneficiary: str
    note: str
    channel: str
    position: int | None


class DayOut(BaseModel):
    bookings: list[BookingLineOut]


class CapacityIn(BaseModel):
    offering: str = Field(min_length=1, max_length=64)
    capacity: int = Field(ge=0, le=staff_bookings.MOST_SEATS)
    day: date | None = None
    """With `starts`: of that window alone."""
    starts: time | None = None


class CancelIn(BaseModel):
    reason: str = Field(min_length=1, max_length=500)
    """The resident sees it."""


@router.get("/calendar")
def calendar(parts: WithParts, signed: Reads, since: Day, days: Annotated[int, Query(ge=1, le=31)] = 7) -> CalendarOut:
    """Every window that is offered, with seats taken and people waiting."""
    weeks = staff_bookings.calendar(parts.store, signed.actor, since, days=days, english=False)
    slots = [
        {**asdict(slot), "offering": week.id, "service": week.service, "title": week.title}
        for week in weeks
        for _, slots in week.rows
        for slot in slots
        if slot is not None
    ]
    return CalendarOut.model_validate({"slots": slots})


@router.get("")
def day(parts: WithParts, signed: Reads, day: Day, offering: Annotated[str, Query(max_length=64)] = "") -> DayOut:
    """Everyone booked or waiting on this day."""
    lines = staff_bookings.day_list(parts.store, signed.actor, day, offering_id=offering)
    return DayOut.model_validate({"bookings": [asdict(line) for line in lines]})


@router.post("/capacity")
def capacity(body: CapacityIn, parts: WithParts, signed: Sizes) -> DoneOut:
    """Of one window, or of the whole offering. The waiting list moves up by itself."""
    now, hours = parts.clock(), parts.settings.waiting_offer_hours
    if body.day is not None and body.starts is not None:
        staff_bookings.set_session_capacity(
            parts.store, signed.actor, body.offering, body.day, body.starts, body.capacity, now, offer_hours=hours
        )
    else:
        staff_bookings.set_offering_capacity(
            parts.store, signed.actor, body.offering, body.capacity, now, offer_hours=hours
        )
    return DoneOut()


@router.get("/{number}")
def booking(parts: WithParts, signed: Reads, number: str) -> BookingLineOut:
    view = staff_bookings.open_booking(parts.store, signed.actor, number, parts.clock())
    return BookingLineOut.model_validate(asdict(view.line))


@router.post("/{number}/no-show")
def no_show(parts: WithParts, signed: Works, number: str) -> DoneOut:
    """They did not come; known once it has begun."""
    staff_bookings.mark(parts.store, signed.actor, number, "no_show", parts.clock())
    return DoneOut()


@router.post("/{number}/cancel")
def cancel(body: CancelIn, parts: WithParts, signed: Works, number: str) -> DoneOut:
    """The resident is told; the waiting list moves up."""
    hours = parts.settings.waiting_offer_hours
    staff_bookings.cancel(parts.store, signed.actor, number, body.reason, parts.clock(), offer_hours=hours)
    return DoneOut()
