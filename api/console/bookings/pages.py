"""Bookings: the calendar of a week, the list of a day to print, one booking, and capacity."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import days, words
from api.console.frame.deeds import attempt
from api.console.frame.failures import said_of
from api.console.frame.render import address_of, done, page
from api.console.frame.reveal import in_place
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.errors import BadInput, ReasonMissing, WrongState
from bot.services.bookings import staff_bookings
from bot.services.bookings.offerings import find_offerings
from bot.services.kernel import disclosure
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/bookings", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("bookings.read"))]
Works = Annotated[Signed, Depends(needs("bookings.work"))]
Sizes = Annotated[Signed, Depends(needs("bookings.capacity"))]
Reveals = Annotated[Signed, Depends(needs("bookings.reveal"))]
Word = Annotated[str, Form()]

TONES = {
    "confirmed": "good", "waiting": "warn", "offered": "warn", "cancelled": "plain", "done": "plain",
    "expired": "plain", "no_show": "bad",
}  # fmt: skip
COLUMNS = (
    Column("number", "bookings.number", lambda row: row.number, link=lambda row: f"/staff/bookings/{row.number}"),
    Column("place", "bookings.place", lambda row: row.place),
    Column("title", "bookings.offering", lambda row: row.title),
    Column("starts", "bookings.time", lambda row: f"{row.starts:%H:%M}–{row.ends:%H:%M}"),
    Column(
        "state", "bookings.state", lambda row: row.state, texts="bookings.state.", badge=lambda row: TONES[row.state]
    ),
    Column("position", "bookings.position", lambda row: row.position),
    Column("party", "bookings.party", lambda row: row.party),
    Column("name", "bookings.name", lambda row: row.name),
    Column("phone", "bookings.phone", lambda row: row.phone),
    Column("beneficiary", "bookings.beneficiary", lambda row: row.beneficiary),
    Column("address", "bookings.address", lambda row: row.address),
    Column("note", "bookings.note", lambda row: row.note),
)


@router.get("")
def calendar(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _calendar(request, parts, signed)


@router.get("/day")
def day(request: Request, parts: WithParts, signed: Reads) -> Response:
    asked = day_of(request.query_params.get("day", ""), parts)
    return _day(request, parts, signed, asked, request.query_params.get("offering", ""))


@router.post("/day")
def full_day(
    request: Request, parts: WithParts, signed: Reveals, day: Word = "", offering: Word = "", reason: Word = ""
) -> Response:
    """With names, phones and addresses in full: somebody has to call or go there."""
    asked, full, wrong = day_of(day, parts), {}, ""
    try:
        full = staff_bookings.reveal_day(parts.store, signed.actor, asked, reason, parts.clock(), offering_id=offering)
    except ReasonMissing as error:
        wrong = said_of(error, _say(request))
    return _day(request, parts, signed, asked, offering, full=full, wrong=wrong)


@router.post("/capacity")
def capacity(
    request: Request,
    parts: WithParts,
    signed: Sizes,
    offering: Word = "",
    capacity: Word = "",
    day: Word = "",
    starts: Word = "",
) -> Response:
    """Of one window, when day and start are given; of the whole offering without them."""
    seats = int(capacity) if capacity.isascii() and capacity.isdigit() and len(capacity) < 6 else -1
    now, hours = parts.clock(), parts.settings.waiting_offer_hours
    try:
        if day or starts:
            over = staff_bookings.set_session_capacity(
                parts.store,
                signed.actor,
                offering,
                days.exactly(day),
                days.clock(starts),
                seats,
                now,
                offer_hours=hours,
            )
        else:
            over = staff_bookings.set_offering_capacity(
                parts.store, signed.actor, offering, seats, now, offer_hours=hours
            )
    except BadInput as error:
        return _calendar(request, parts, signed, wrong=said_of(error, _say(request)))
    said = "bookings.said.capacity_below" if over else "bookings.said.capacity"
    shown = address_of(request)  # with the filter that was set
    return done(shown if shown.startswith("/staff/bookings") else "/staff/bookings", said)


@router.get("/{number}")
def booking(request: Request, parts: WithParts, signed: Reads, number: str) -> Response:
    return _booking(request, parts, signed, number)


@router.post("/{number}/mark")
def mark(request: Request, parts: WithParts, signed: Works, number: str, state: Word = "") -> Response:
    return _do(request, parts, signed, number, "marked", lambda: staff_bookings.mark(
        parts.store, signed.actor, number, state, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/cancel")
def cancel(request: Request, parts: WithParts, signed: Works, number: str, why: Word = "") -> Response:
    return _do(request, parts, signed, number, "cancelled", lambda: staff_bookings.cancel(
        parts.store, signed.actor, number, why, parts.clock(), offer_hours=parts.settings.waiting_offer_hours
    ))  # fmt: skip


def day_of(text: str, parts: Parts) -> date:
    """Today, where it is no day."""
    return days.day_of(text) or parts.clock().date()


def _calendar(request: Request, parts: Parts, signed: Signed, wrong: str = "") -> Response:
    asked = day_of(request.query_params.get("day", ""), parts)
    since = asked - timedelta(days=asked.weekday())
    chosen, english = request.query_params.get("offering", ""), words.language_of(request) == "en"
    weeks = staff_bookings.calendar(parts.store, signed.actor, since, offering_id=chosen, english=english)
    every = [(one.id, f"{one.title_en if english else one.title} · {one.place_en if english else one.place}")
             for one in find_offerings(parts.store) if disclosure.in_scope(signed.actor, one)]  # fmt: skip
    return page(
        request,
        "bookings/calendar.html",
        signed,
        status=422 if wrong else 200,
        weeks=weeks,
        days=[since + timedelta(days=number) for number in range(staff_bookings.DAYS_IN_CALENDAR)],
        before=since - timedelta(days=7),
        after=since + timedelta(days=7),
        today=parts.clock().date(),
        asked=asked,
        offering=chosen,
        offerings=[("", _say(request)("frame.all")), *every],
        wrong=wrong,
    )


def _day(
    request: Request,
    parts: Parts,
    signed: Signed,
    asked: date,
    offering: str,
    *,
    full: dict[str, dict[str, str]] | None = None,
    wrong: str = "",
) -> Response:
    say, english = _say(request), words.language_of(request) == "en"
    lines = staff_bookings.day_list(parts.store, signed.actor, asked, offering_id=offering, english=english)
    caption = say("bookings.day.title", day=asked.isoformat())
    where = f"/staff/bookings/day?day={asked}" if request.method == "POST" else ""
    table = Table(
        request, COLUMNS, caption=caption, empty=say("bookings.day.empty"), sort="place", path=where.partition("?")[0]
    ).fill(lines)
    if table.export:
        staff_bookings.note_export(parts.store, signed.actor, table.export, asked, parts.clock())
        return table.download(f"bookings-{asked}")
    return page(
        request,
        "bookings/day.html",
        signed,
        status=422 if wrong else 200,
        table=table,
        day=asked,
        offering=offering,
        full=full or {},
        lines=[line for line in lines if line.state in staff_bookings.HELD_SEAT],
        wrong=wrong,
    )


def _booking(request: Request, parts: Parts, signed: Signed, number: str, wrong: str = "") -> Response:
    english = words.language_of(request) == "en"
    view = staff_bookings.open_booking(parts.store, signed.actor, number, parts.clock(), english=english)
    return page(
        request,
        "bookings/booking.html",
        signed,
        status=422 if wrong else 200,
        booking=view,
        full=in_place(parts, signed, "booking", number),
        tones=TONES,
        wrong=wrong,
    )


def _do(request: Request, parts: Parts, signed: Signed, number: str, said: str, deed: Callable[[], None]) -> Response:
    return attempt(
        request, deed, lambda wrong: _booking(request, parts, signed, number, wrong), BadInput, WrongState,
        to=f"/staff/bookings/{number}", said=f"bookings.said.{said}", wrong_state="bookings.wrong-state",
    )  # fmt: skip


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))
