"""The queue of people who wait for a person, on and off duty; and what the office tells everybody: hours, notice, off switch."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from api.console.frame.days import day_of
from api.console.frame.deeds import attempt, led_back
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot.errors import BadInput, ReasonMissing, WrongState
from bot.services.handover import inbox as waiting_inbox
from bot.services.handover import office, staff_queue
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/queue", include_in_schema=False)
office_router = APIRouter(prefix="/staff/office", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("queue.read"))]
Works = Annotated[Signed, Depends(needs("queue.work"))]
Switches = Annotated[Signed, Depends(needs("service.switch"))]
Manages = Annotated[Signed, Depends(needs("office.manage"))]
Word = Annotated[str, Form()]


@router.get("")
def queue(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _queue(request, parts, signed)


@router.post("/duty")
def duty(parts: WithParts, signed: Works, there: Word = "") -> Response:
    office.set_duty(parts.store, signed.actor, there == "yes", parts.clock())
    return done("/staff/queue", f"queue.said.duty_{'on' if there == 'yes' else 'off'}")


@router.post("/{number}/pass-on")
def pass_on(request: Request, parts: WithParts, signed: Works, number: str, to: Word = "", note: Word = "") -> Response:
    """To a colleague, or to whoever of the desk is free, with a note for them."""
    try:
        staff_queue.pass_on(parts.store, signed.actor, number, to, note, parts.clock())
    except BadInput:
        return done(led_back(request, "/staff/queue"), "queue.said.pass_on_refused")
    except WrongState:
        return done(led_back(request, "/staff/queue"), "queue.said.wrong_state")
    return done(led_back(request, "/staff/queue"), "queue.said.passed_on")


@router.post("/{number}/{deed}")
def do(request: Request, parts: WithParts, signed: Works, number: str, deed: str, outcome: Word = "") -> Response:
    store, actor, now = parts.store, signed.actor, parts.clock()
    deeds: dict[str, Callable[[], None]] = {
        "claim": lambda: staff_queue.claim(store, actor, number, now),
        "release": lambda: staff_queue.release(store, actor, number, now),
        "done": lambda: staff_queue.finish(store, actor, number, outcome, now),
    }
    if deed not in deeds:
        raise HTTPException(404)
    try:
        deeds[deed]()
    except WrongState:
        return done(led_back(request, "/staff/queue"), "queue.said.wrong_state")
    return done(led_back(request, "/staff/queue"), f"queue.said.{deed}")


@office_router.get("")
def settings(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _office(request, parts, signed)


@office_router.post("/hours")
def hours(
    request: Request, parts: WithParts, signed: Manages, hours: Word = "", closed_on_holidays: Word = ""
) -> Response:
    return _do(request, parts, signed, "hours", lambda: office.set_hours(
        parts.store, signed.actor, hours, closed_on_holidays == "yes", parts.clock()
    ))  # fmt: skip


@office_router.post("/day")
def special_day(
    request: Request, parts: WithParts, signed: Manages, day: Word = "", day_hours: Word = "", forget: Word = ""
) -> Response:
    def change() -> None:
        chosen = None if forget else day_hours
        office.set_special_day(parts.store, signed.actor, _day(day), chosen, parts.clock())

    return _do(request, parts, signed, "day", change)


@office_router.post("/announcement")
def announcement(request: Request, parts: WithParts, signed: Switches, zh: Word = "", en: Word = "") -> Response:
    return _do(request, parts, signed, "announcement", lambda: office.announce(
        parts.store, signed.actor, zh, en, parts.clock()
    ))  # fmt: skip


@office_router.post("/off")
def switch_off(request: Request, parts: WithParts, signed: Switches, reason: Word = "") -> Response:
    return _do(request, parts, signed, "off", lambda: office.switch_off(
        parts.store, signed.actor, reason, parts.clock()
    ))  # fmt: skip


@office_router.post("/on")
def switch_on(request: Request, parts: WithParts, signed: Switches) -> Response:
    return _do(request, parts, signed, "on", lambda: office.switch_on(parts.store, signed.actor, parts.clock()))


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise BadInput("day")
    return day


def _do(request: Request, parts: Parts, signed: Signed, said: str, deed: Callable[[], None]) -> Response:
    return attempt(
        request, deed, lambda wrong: _office(request, parts, signed, wrong), BadInput, ReasonMissing,
        to="/staff/office", said=f"office.said.{said}",
    )  # fmt: skip


def _queue(request: Request, parts: Parts, signed: Signed) -> Response:
    now = parts.clock()
    there = office.look(parts.store, parts.settings.staff_hours, now)
    return page(
        request,
        "queue/queue.html",
        signed,
        waiting=staff_queue.waiting(parts.store, signed.actor, now),
        outcomes=staff_queue.OUTCOMES,
        reasons=waiting_inbox.REASONS,
        office=there,
        is_open=office.is_open(there, now),
        here=signed.login in {one.login for one in there.people},
    )


def _office(request: Request, parts: Parts, signed: Signed, wrong: str = "") -> Response:
    now = parts.clock()
    there = office.look(parts.store, parts.settings.staff_hours, now)
    return page(
        request,
        "queue/office.html",
        signed,
        status=422 if wrong else 200,
        office=there,
        is_open=office.is_open(there, now),
        today=now.date(),
        wrong=wrong,
    )
