"""Conversations that run at this moment: look in, take over, write, hand back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.deeds import led_back
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import BACKGROUND, needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.errors import BadInput, WrongState
from bot.services.handover import takeover
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/live", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("conversations.read"))]
Takes = Annotated[Signed, Depends(needs("conversations.takeover"))]

COLUMNS = (
    Column("last_seen", "live.last_seen", lambda row: row.last_seen, link=lambda row: f"/staff/live/{row.id}"),
    Column("channel", "live.channel", lambda row: row.channel, texts="conversations.channel."),
    Column("language", "live.language", lambda row: row.language or None, texts="frame.language."),
    Column("turns", "live.turns", lambda row: row.turns),
    Column(
        "goal", "live.goal", lambda row: row.goal or None, texts="goal.",
        badge=lambda row: "bad" if row.goal == "emergency" else "",
    ),
    Column("waits", "live.waits", lambda row: row.waits),
    Column("taken_by", "live.taken_by", lambda row: row.taken_by),
    Column("onlookers", "live.onlookers", lambda row: " ".join(row.onlookers)),
)  # fmt: skip


@router.get("")
def live(request: Request, parts: WithParts, signed: Reads) -> Response:
    say = words.say_in(words.language_of(request))
    table = Table(request, COLUMNS, caption=say("live.title"), empty=say("live.empty"), sort="-last_seen")
    table.export = ""
    table.fill(takeover.live(parts.store, signed.actor, parts.clock()))
    return page(request, "live/list.html", signed, table=table)


@router.get("/{conversation_id}")
def conversation(request: Request, parts: WithParts, signed: Reads, conversation_id: str) -> Response:
    return _conversation(request, parts, signed, conversation_id)


@router.post("/{conversation_id}/take")
def take(request: Request, parts: WithParts, signed: Takes, conversation_id: str) -> Response:
    try:
        takeover.take(parts.store, signed.actor, conversation_id, parts.clock())
    except WrongState:
        return done(led_back(request, f"/staff/live/{conversation_id}"), "live.said.taken")
    return done(led_back(request, f"/staff/live/{conversation_id}"), "live.said.take")


@router.post("/{conversation_id}/write")
def write(
    request: Request, parts: WithParts, signed: Takes, conversation_id: str, text: Annotated[str, Form()] = ""
) -> Response:
    try:
        takeover.write(parts.store, signed.actor, conversation_id, text, parts.clock())
    except BadInput as error:
        wrong = said_of(error, words.say_in(words.language_of(request)))
        return _conversation(request, parts, signed, conversation_id, wrong, 422)
    except WrongState:
        return _conversation(request, parts, signed, conversation_id, "live.not_mine", 409)
    return done(led_back(request, f"/staff/live/{conversation_id}"))


@router.post("/{conversation_id}/hand-back")
def hand_back(
    request: Request, parts: WithParts, signed: Takes, conversation_id: str, summary: Annotated[str, Form()] = ""
) -> Response:
    """`summary` is for colleagues: what came of it."""
    try:
        takeover.hand_back(parts.store, signed.actor, conversation_id, parts.clock(), summary)
    except (WrongState, BadInput):
        return done(led_back(request, f"/staff/live/{conversation_id}"), "live.said.not_mine")
    return done(led_back(request, f"/staff/live/{conversation_id}"), "live.said.hand_back")


def _conversation(
    request: Request, parts: Parts, signed: Signed, conversation_id: str, wrong: str = "", status: int = 200
) -> Response:
    opening = request.method == "GET" and BACKGROUND not in request.headers
    view = takeover.look(parts.store, signed.actor, conversation_id, parts.clock(), opening=opening)
    say = words.say_in(words.language_of(request))
    said = say(wrong) if words.has(wrong) else wrong
    return page(request, "live/conversation.html", signed, status=status, live=view, wrong=said)
