"""The sheet of a day for the kitchen, the driver and the carer, with arrivals; booking for a caller; seats of a whole day."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.bookings.pages import day_of
from api.console.frame import days, words
from api.console.frame.failures import said_of
from api.console.frame.render import address_of, done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot.errors import BadInput, FullyBooked, NotBookable, ReasonMissing, TooManyBookings, TooManyRecords, WrongState
from bot.services.bookings import desk
from bot.services.bookings.offerings import find_offerings
from bot.services.kernel import disclosure
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/bookings", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("bookings.read"))]
Works = Annotated[Signed, Depends(needs("bookings.work"))]
Sizes = Annotated[Signed, Depends(needs("bookings.capacity"))]
Reveals = Annotated[Signed, Depends(needs("bookings.reveal"))]
Files = Annotated[Signed, Depends(needs("bookings.file"))]
Word = Annotated[str, Form()]
CHANNELS = ("phone", "desk")


@router.get("/sheet")
def sheet(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _sheet(request, parts, signed, request.query_params.get("day", ""), request.query_params.get("for", ""))


@router.post("/sheet")
def full_sheet(
    request: Request, parts: WithParts, signed: Reveals, day: Word = "", whose: Word = "", reason: Word = ""
) -> Response:
    """With names, phones, addresses and needs: somebody cooks, drives or goes there."""
    return _sheet(request, parts, signed, day, whose, reason=reason.strip() or "-")


@router.post("/{number}/arrived")
def arrived(request: Request, parts: WithParts, signed: Works, number: str, there: Word = "yes") -> Response:
    back = address_of(request)
    back = back if back.startswith("/staff/bookings/sheet") else "/staff/bookings/sheet"
    try:
        desk.arrive(parts.store, signed.actor, number, there == "yes", parts.clock())
    except WrongState:
        return done(back, "frame.said.wrong_state")
    return done(f"{back}#b{number}")


@router.post("/day-capacity")
def day_capacity(
    request: Request, parts: WithParts, signed: Sizes, closed_day: Word = "", seats: Word = "", offering: Word = ""
) -> Response:
    back = address_of(request)
    back = back if back.startswith("/staff/bookings") else "/staff/bookings"
    day, number = days.day_of(closed_day), int(seats) if seats.isascii() and seats.isdigit() and len(seats) < 6 else -1
    try:
        if day is None:
            raise BadInput("window")
        over = desk.set_day_capacity(
            parts.store, signed.actor, day, number, parts.clock(), offering_id=offering,
            offer_hours=parts.settings.waiting_offer_hours,
        )  # fmt: skip
    except BadInput:
        return done(back, "bookings.said.day_capacity_refused")
    return done(back, "bookings.said.capacity_below" if over else "bookings.said.capacity")


@router.get("/new")
def new(request: Request, parts: WithParts, signed: Files) -> Response:
    return _new(request, parts, signed)


@router.post("/new")
def book(
    request: Request,
    parts: WithParts,
    signed: Files,
    offering: Word = "",
    day: Word = "",
    starts: Word = "",
    party: Word = "1",
    name: Word = "",
    phone: Word = "",
    address: Word = "",
    note: Word = "",
    channel: Word = "phone",
    message_id: Word = "",
) -> Response:
    try:
        number = desk.book_for_caller(
            parts.store, signed.actor, offering_id=offering, day=days.exactly(day), starts=days.clock(starts),
            party=int(party) if party.isascii() and party.isdigit() and len(party) < 4 else 0,
            name=name, phone=phone, address=address, note=note, channel=channel,
            message_id=message_id or uuid.uuid4().hex, now=parts.clock(),
        )  # fmt: skip
    except (BadInput, FullyBooked, NotBookable, TooManyBookings, TooManyRecords) as error:
        say = words.say_in(words.language_of(request))
        refused = said_of(error, say) if isinstance(error, BadInput) else say("bookings.new.refused")
        return _new(request, parts, signed, wrong=refused)
    return done(f"/staff/bookings/{number}", "bookings.said.filed_for")


def _sheet(request: Request, parts: Parts, signed: Signed, day: str, whose: str, *, reason: str = "") -> Response:
    say, english = words.say_in(words.language_of(request)), words.language_of(request) == "en"
    asked, whose, wrong = day_of(day, parts), whose if whose in desk.FOR else "everybody", ""
    now = parts.clock()
    try:
        rounds = desk.sheet(parts.store, signed.actor, asked, whose, english=english, reason=reason, now=now)
    except ReasonMissing as error:
        wrong = said_of(error, say)
        rounds = desk.sheet(parts.store, signed.actor, asked, whose, english=english, now=now)
    return page(
        request,
        "bookings/sheet.html",
        signed,
        status=422 if wrong else 200,
        rounds=rounds,
        day=asked,
        today=now.date(),
        clock=now.time(),
        whose=whose,
        sheets=[(one, say(f"bookings.sheet.{one}")) for one in desk.FOR],
        full=bool(reason) and not wrong,
        wrong=wrong,
    )


def _new(request: Request, parts: Parts, signed: Signed, wrong: str = "") -> Response:
    say, english = words.say_in(words.language_of(request)), words.language_of(request) == "en"
    offered = [one for one in find_offerings(parts.store) if disclosure.in_scope(signed.actor, one)]
    return page(
        request,
        "bookings/new.html",
        signed,
        status=422 if wrong else 200,
        wrong=wrong,
        offerings=[
            (one.id, f"{one.title_en if english else one.title} · {one.place_en if english else one.place}")
            for one in offered
        ],
        times=sorted({f"{window.starts:%H:%M}" for one in offered for window in one.windows}),
        today=parts.clock().date(),
        channels=[(one, say(f"cases.channel.{one}")) for one in CHANNELS],
        message_id=uuid.uuid4().hex,
    )
