"""My matters: the page `/mine`, and what its script asks for. Who asks is known by the token of a visit; numbers, phones and
codes travel in the body, where no log and no history of a browser keeps them."""

import asyncio
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from api.http.problems import Problem, documented
from api.parts import WithParts
from api.public.frame import language_of, page
from api.webchat.messages import MESSAGE_ID, Strict
from api.webchat.routes import PROBLEMS, Own
from bot.services.bookings import bookings
from bot.services.cases import cases
from bot.services.kernel.topics import Matter
from bot.services.mandates import mandates
from bot.services.visits import matters, visits
from bot.services.visits.calendar import calendar_file
from bot.turns import Language

SHORTEST_PHONE, LONGEST_PHONE = 7, 20
LONGEST_ADDITION = 500

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", responses=PROBLEMS | documented(409, 423), tags=["my matters"])

Phone = Annotated[str, StringConstraints(strip_whitespace=True, min_length=SHORTEST_PHONE, max_length=LONGEST_PHONE)]
Number = Annotated[str, StringConstraints(pattern=r"^\d{8}$")]


class CallMe(Strict):
    phone: Phone


class OpenVisit(CallMe):
    code: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{6}$")]


class Meant(Strict):
    number: Number


class Act(Meant):
    act: Literal["cancel", "chase", "add", "end"]
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_ADDITION)] = ""
    """What is added."""
    client_message_id: Annotated[str, StringConstraints(pattern=MESSAGE_ID.pattern)]
    """Made by the client, new for each act; the same one again does nothing twice."""


class CallingOut(BaseModel):
    calls: bool
    """Whether this office makes calls. Nobody learns whether there is anything with that phone."""


class VisitOut(BaseModel):
    token: str
    minutes: int = visits.VISIT_MINUTES


class CodeOut(BaseModel):
    code: str
    minutes: int = visits.CODE_MINUTES


class FactOut(BaseModel):
    name: str
    words: str


class StepOut(BaseModel):
    at: datetime
    words: str


class MatterOut(BaseModel):
    kind: str
    number: str
    title: str
    state_words: str
    is_open: bool
    facts: list[FactOut]
    steps: list[StepOut]
    may: list[str]
    """What can be done with it now: cancel, chase, add, calendar, end."""


class MattersOut(BaseModel):
    matters: list[MatterOut] = Field(description="What is open first, the soonest at the top; then what is over.")


def visit_token(authorization: Annotated[str, Header()] = "") -> str:
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Problem(401, "unauthorised", say="utter_visit_over", headers={"WWW-Authenticate": "Bearer"})
    return token


def asked_language(request: Request) -> Language:
    return "en" if language_of(request) == "en" else "zh"


Token = Annotated[str, Depends(visit_token)]
InLanguage = Annotated[Language, Depends(asked_language)]


@pages.api_route("/mine", methods=["GET", "HEAD"])
def mine_page(request: Request) -> Response:
    return page(request, "mine.html")


@api.post("/conversations/{conversation_id}/visit", status_code=201)
async def open_here(conversation: Own, language: InLanguage, parts: WithParts) -> VisitOut:
    """A visit to what this conversation has told."""
    await parts.limits.message(conversation.id)
    now = parts.clock()
    return VisitOut(token=await asyncio.to_thread(visits.open_here, parts.store, conversation.id, language, now))


@api.post("/conversations/{conversation_id}/code", status_code=201)
async def show_code(conversation: Own, language: InLanguage, parts: WithParts) -> CodeOut:
    """Opens the same on another device, together with the phone that was told here."""
    await parts.limits.message(conversation.id)
    now = parts.clock()
    return CodeOut(code=await asyncio.to_thread(visits.show_code, parts.store, conversation.id, language, now))


@api.post("/mine/call", status_code=202)
async def call_me(body: CallMe, request: Request, language: InLanguage, parts: WithParts) -> CallingOut:
    """Calls the phone, where something was filed with it, and reads out a code; the answer is the same for every phone."""
    await parts.limits.sign_in(request)
    calls = parts.settings.outbound_calls and parts.settings.telephone != "off"
    if calls:
        await asyncio.to_thread(visits.tell_code, parts.store, body.phone, language, parts.clock())
    return CallingOut(calls=calls)


@api.post("/mine/open", status_code=201)
async def open_elsewhere(body: OpenVisit, request: Request, parts: WithParts) -> VisitOut:
    """A visit by phone and code. Five wrong tries lock this phone for an hour."""
    await parts.limits.sign_in(request)
    token = await asyncio.to_thread(
        visits.open_by_code, parts.store, body.phone, body.code, asker=parts.limits.address(request), now=parts.clock()
    )
    return VisitOut(token=token)


@api.get("/mine")
def list_mine(token: Token, language: InLanguage, parts: WithParts) -> MattersOut:
    found = matters.of_visit(parts.store, token, language, parts.clock())
    return MattersOut(matters=[_out(one) for one in found])


@api.delete("/mine", status_code=204)
def close(token: Token, parts: WithParts) -> None:
    visits.close(parts.store, token, parts.clock())


@api.post("/mine/act")
def act(body: Act, token: Token, language: InLanguage, parts: WithParts) -> MatterOut:
    """Cancel a booking, ask for a case to be hurried or add to it, end a mandate; the matter as it is afterwards."""
    now = parts.clock()
    matter = matters.one_of(parts.store, token, body.number, language, now)
    what = (matter.kind, body.act)
    if what == ("booking", "cancel"):
        bookings.cancel_booking(
            parts.store, matter.number, client_message_id=body.client_message_id, now=now,
            offer_hours=parts.settings.waiting_offer_hours,
        )  # fmt: skip
    elif what == ("case", "chase"):
        if not cases.chase(parts.store, matter.number, now):
            raise Problem(409, "wrong-state", say="utter_wrong_state")
    elif what == ("case", "add") and body.words:
        cases.add_to_case(
            parts.store, matter.number, body.words, client_message_id=body.client_message_id,
            conversation_id="my matters", now=now,
        )  # fmt: skip
    elif what == ("mandate", "end"):
        mandates.end(parts.store, matter.number, now)
    else:
        raise Problem(422, "invalid")
    return _out(matters.one_of(parts.store, token, body.number, language, now))


@api.post("/mine/calendar", response_class=Response, responses={200: {"content": {"text/calendar": {}}}})
def calendar(body: Meant, token: Token, language: InLanguage, parts: WithParts) -> Response:
    """A booking for one's own calendar."""
    now = parts.clock()
    matter = matters.one_of(parts.store, token, body.number, language, now)
    content = calendar_file(matter, language, now)
    return Response(
        content, media_type="text/calendar", headers={"Content-Disposition": 'attachment; filename="linyu.ics"'}
    )


def _out(matter: Matter) -> MatterOut:
    return MatterOut(
        kind=matter.kind,
        number=matter.number,
        title=matter.title,
        state_words=matter.state_words,
        is_open=matter.is_open,
        facts=[FactOut(name=name, words=words) for name, words in matter.facts],
        steps=[StepOut(at=step.at, words=step.words) for step in matter.steps],
        may=sorted(matter.may),
    )
