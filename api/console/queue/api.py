"""The staff API: who waits for a person, duty, what the office tells everybody, and live conversations."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from api.console.frame.failures import PROBLEMS
from api.console.frame.messages import DoneOut
from api.console.frame.session import BACKGROUND, needs
from api.parts import WithParts
from bot.services.handover import office, staff_queue, takeover
from bot.services.staff.staff_sessions import Signed

MORE = {**PROBLEMS, 409: PROBLEMS[404]}
queue = APIRouter(prefix="/api/v1/staff/queue", responses=MORE, tags=["staff"])
settings = APIRouter(prefix="/api/v1/staff/office", responses=MORE, tags=["staff"])
live = APIRouter(prefix="/api/v1/staff/live", responses=MORE, tags=["staff"])

SeesQueue = Annotated[Signed, Depends(needs("queue.read"))]
Works = Annotated[Signed, Depends(needs("queue.work"))]
Switches = Annotated[Signed, Depends(needs("service.switch"))]
Manages = Annotated[Signed, Depends(needs("office.manage"))]
Reads = Annotated[Signed, Depends(needs("conversations.read"))]
Takes = Annotated[Signed, Depends(needs("conversations.takeover"))]


class WaitingOut(BaseModel):
    number: str
    reason: str
    channel: str
    language: str
    asked: datetime
    waited_seconds: int
    phone: str
    """Masked, as is the summary."""
    summary: str
    state: Literal["open", "claimed"]
    claimed_by: str | None
    mine: bool
    conversation_id: str
    live: bool


class QueueOut(BaseModel):
    waiting: list[WaitingOut]
    on_duty: bool | None
    """What residents are told; null when nobody knows."""
    people: list[str]
    """Logins of those on duty."""


class DutyIn(BaseModel):
    on_duty: bool


class OutcomeIn(BaseModel):
    outcome: staff_queue.Outcome


class OfficeOut(BaseModel):
    hours: str
    closed_on_holidays: bool
    special_days: dict[date, str]
    announcement: dict[str, str]
    off: bool
    off_reason: str
    on_duty: bool | None


class HoursIn(BaseModel):
    hours: str = Field(max_length=200)
    closed_on_holidays: bool = False


class SpecialDayIn(BaseModel):
    day: date
    hours: str | None = Field(None, max_length=20)
    """Empty is closed; null takes the exception back."""


class AnnouncementIn(BaseModel):
    zh: str = Field("", max_length=200)
    en: str = Field("", max_length=200)


class OffIn(BaseModel):
    reason: str = Field(max_length=500)


class LiveLineOut(BaseModel):
    id: str
    channel: str
    language: str
    opened: datetime
    last_seen: datetime
    turns: int
    goal: str
    waits: bool
    taken_by: str
    onlookers: list[str]


class LiveOut(BaseModel):
    conversations: list[LiveLineOut]


class SaidOut(BaseModel):
    at: datetime
    who: Literal["resident", "assistant", "person"]
    text: str
    """Masked."""


class LiveConversationOut(LiveLineOut):
    said: list[SaidOut]
    mine: bool
    may_take: bool


class TextIn(BaseModel):
    text: str = Field(min_length=1, max_length=2000)


@queue.get("")
def waiting(parts: WithParts, signed: SeesQueue) -> QueueOut:
    """The longest waiting first."""
    now = parts.clock()
    there = office.look(parts.store, parts.settings.staff_hours, now)
    lines = [
        {**asdict(one), "waited_seconds": max(0, int(one.waited.total_seconds()))}
        for one in staff_queue.waiting(parts.store, signed.actor, now)
    ]
    people = [one.login for one in there.people]
    return QueueOut.model_validate({"waiting": lines, "on_duty": office.is_open(there, now), "people": people})


@queue.post("/duty")
def duty(body: DutyIn, parts: WithParts, signed: Works) -> DoneOut:
    office.set_duty(parts.store, signed.actor, body.on_duty, parts.clock())
    return DoneOut()


@queue.post("/{number}/claim")
def claim(parts: WithParts, signed: Works, number: str) -> DoneOut:
    """Only one person gets it."""
    staff_queue.claim(parts.store, signed.actor, number, parts.clock())
    return DoneOut()


@queue.post("/{number}/release")
def release(parts: WithParts, signed: Works, number: str) -> DoneOut:
    staff_queue.release(parts.store, signed.actor, number, parts.clock())
    return DoneOut()


@queue.post("/{number}/done")
def finish(body: OutcomeIn, parts: WithParts, signed: Works, number: str) -> DoneOut:
    staff_queue.finish(parts.store, signed.actor, number, body.outcome, parts.clock())
    return DoneOut()


@settings.get("")
def see_office(parts: WithParts, signed: SeesQueue) -> OfficeOut:
    now = parts.clock()
    there = office.look(parts.store, parts.settings.staff_hours, now)
    return OfficeOut(
        hours=there.hours,
        closed_on_holidays=there.closed_on_holidays,
        special_days=there.special_days,
        announcement=there.announcement,
        off=there.off_since is not None,
        off_reason=there.off_reason,
        on_duty=office.is_open(there, now),
    )


@settings.post("/hours")
def hours(body: HoursIn, parts: WithParts, signed: Manages) -> DoneOut:
    office.set_hours(parts.store, signed.actor, body.hours, body.closed_on_holidays, parts.clock())
    return DoneOut()


@settings.post("/day")
def special_day(body: SpecialDayIn, parts: WithParts, signed: Manages) -> DoneOut:
    office.set_special_day(parts.store, signed.actor, body.day, body.hours, parts.clock())
    return DoneOut()


@settings.post("/announcement")
def announcement(body: AnnouncementIn, parts: WithParts, signed: Switches) -> DoneOut:
    office.announce(parts.store, signed.actor, body.zh, body.en, parts.clock())
    return DoneOut()


@settings.post("/off")
def off(body: OffIn, parts: WithParts, signed: Switches) -> DoneOut:
    """The assistant answers danger only and records everything else for staff."""
    office.switch_off(parts.store, signed.actor, body.reason, parts.clock())
    return DoneOut()


@settings.post("/on")
def on(parts: WithParts, signed: Switches) -> DoneOut:
    office.switch_on(parts.store, signed.actor, parts.clock())
    return DoneOut()


@live.get("")
def conversations(parts: WithParts, signed: Reads) -> LiveOut:
    """Conversations of the last minutes."""
    lines = takeover.live(parts.store, signed.actor, parts.clock())
    return LiveOut.model_validate({"conversations": [asdict(line) for line in lines]})


@live.get("/{conversation_id}")
def conversation(request: Request, parts: WithParts, signed: Reads, conversation_id: str) -> LiveConversationOut:
    """What is said in it, masked; colleagues see who looks. Asked in the background, it is not another audit entry."""
    view = takeover.look(
        parts.store, signed.actor, conversation_id, parts.clock(), opening=BACKGROUND not in request.headers
    )
    said = [asdict(one) for one in view.said]
    return LiveConversationOut.model_validate(
        {**asdict(view.line), "said": said, "mine": view.mine, "may_take": view.may_take}
    )


@live.post("/{conversation_id}/take")
def take(parts: WithParts, signed: Takes, conversation_id: str) -> DoneOut:
    """From now on the assistant is silent there."""
    takeover.take(parts.store, signed.actor, conversation_id, parts.clock())
    return DoneOut()


@live.post("/{conversation_id}/write")
def write(body: TextIn, parts: WithParts, signed: Takes, conversation_id: str) -> DoneOut:
    takeover.write(parts.store, signed.actor, conversation_id, body.text, parts.clock())
    return DoneOut()


@live.post("/{conversation_id}/hand-back")
def hand_back(parts: WithParts, signed: Takes, conversation_id: str) -> DoneOut:
    takeover.hand_back(parts.store, signed.actor, conversation_id, parts.clock())
    return DoneOut()
