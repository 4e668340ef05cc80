"""The resident's API: open a conversation, say something, see it again, rate it."""

import asyncio
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, File, Header, Request, UploadFile

from api.http.metrics import TURNS
from api.http.problems import Problem, documented
from api.parts import Parts, WithParts
from api.webchat.messages import (
    LONGEST_TEXT,
    ConfigOut,
    ConversationOut,
    OpenConversation,
    PhotoOut,
    Position,
    Rating,
    RatingOut,
    SaidText,
    TicketOut,
    ToldTurn,
    TurnsOut,
)
from bot import state_folder
from bot.errors import AssistantError, Outage, StoreUnavailable
from bot.language.readers.danger import Alarm
from bot.outbound import web_push
from bot.services.cases import cases
from bot.services.conversations import conversations
from bot.services.conversations.conversations import ConversationView
from bot.services.handover import office, takeover
from bot.settings import VERSION
from bot.turns import Language, Turn

PROBLEMS = documented(400, 401, 404, 405, 413, 422, 429, 500, 503)
router = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["resident"])
unlimited = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["resident"])
"""Keeps its limits itself, since danger goes before them."""
FINDING_SECONDS = 2.0
"""For the conversation of somebody in danger; the notice waits no longer for it."""


async def own_conversation(
    conversation_id: str, request: Request, parts: WithParts, authorization: Annotated[str, Header()] = ""
) -> ConversationView:
    """The conversation that the token opens. Another's conversation looks like none at all."""
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Problem(401, "unauthorised", headers={"WWW-Authenticate": "Bearer"})
    conversation = await asyncio.to_thread(conversations.authorise, parts.store, conversation_id, token)
    request.state.language = conversation.language  # a failure is told in the language of the talk
    return conversation


Own = Annotated[ConversationView, Depends(own_conversation)]


async def note_origin(conversation: ConversationView, request: Request, parts: Parts) -> None:
    """So that what is written next counts for this client address. It is no reason to leave anybody without an answer."""
    with suppress(StoreUnavailable):
        await asyncio.to_thread(conversations.note_origin, parts.store, conversation, parts.limits.address(request))


@router.get("/config")
async def config(parts: WithParts) -> ConfigOut:
    """What the page shows of the street office."""
    chosen = parts.settings
    now = parts.clock()
    there = await asyncio.to_thread(office.look, parts.store, chosen.staff_hours, now)
    return ConfigOut(
        staff_hours=there.hours,
        operator_phone=chosen.operator_phone,
        on_duty=office.is_open(there, now),
        announcement=there.announcement,
        assistant_off=there.off_since is not None,
        version=VERSION,
        keeps_audio=chosen.keep_audio_days > 0,
        keeps_audio_days=chosen.keep_audio_days,
        kiosk_silence_seconds=chosen.kiosk_silence_seconds,
        kiosk_warning_seconds=chosen.kiosk_warning_seconds,
        push_key=web_push.public_key(state_folder.vapid_key(chosen)) if chosen.push_contact else "",
    )


@router.post("/conversations", status_code=201)
async def open_conversation(body: OpenConversation, request: Request, parts: WithParts) -> ConversationOut:
    """The first reply says that this is an automatic assistant and how to reach a person.

    Where the language is not known yet, a second reply says so in English.
    """
    await parts.limits.conversation(request)
    opened = await asyncio.to_thread(
        conversations.open_conversation,
        parts.store,
        channel=body.channel,
        language=body.language,
        elder=body.elder,
        address=parts.limits.address(request),
        now=parts.clock(),
    )
    languages: list[Language] = [body.language] if body.language else ["zh", "en"]
    there = await asyncio.to_thread(office.look, parts.store, parts.settings.staff_hours, parts.clock())
    welcome = [office.welcome(there, parts.words.reply("utter_welcome", one), one) for one in languages]
    replies = [*welcome, *office.announced(there, languages[0])]
    return ConversationOut(conversation_id=opened.id, token=opened.token, replies=replies)


@unlimited.post("/conversations/{conversation_id}/messages")
async def say(
    conversation_id: str,
    body: SaidText,
    request: Request,
    parts: WithParts,
    authorization: Annotated[str, Header()] = "",
) -> Turn:
    """One turn. The same `client_message_id` again returns the same turn and does nothing twice."""
    alarm = await parts.dialogue.alarm_in(body.text)
    if alarm and alarm.sure:  # nothing may stand before it: no limit, no token, no database
        turn = await _answer_danger(conversation_id, body, request, parts, authorization, alarm)
    else:
        await parts.limits.request(request)
        conversation = await own_conversation(conversation_id, request, parts, authorization)
        await parts.limits.message(conversation.id)
        if len(body.text) > LONGEST_TEXT:
            raise Problem(422, "too-long", say="utter_too_long")
        await note_origin(conversation, request, parts)
        if body.elder and not conversation.elder:
            await asyncio.to_thread(conversations.note_elder_mode, parts.store, conversation.id)
        turn = await parts.dialogue.say(conversation, body.text, body.client_message_id)
    TURNS.labels(turn.goal).inc()
    return turn


async def _answer_danger(
    conversation_id: str, body: SaidText, request: Request, parts: Parts, authorization: str, alarm: Alarm
) -> Turn:
    """In the conversation, or without it when it cannot be found in a moment."""
    finding = own_conversation(conversation_id, request, parts, authorization)
    try:
        conversation = await asyncio.wait_for(finding, FINDING_SECONDS)
    except (Problem, AssistantError, TimeoutError) as error:
        if isinstance(error, Outage | TimeoutError):
            parts.dialogue.notices.not_kept(conversation_id)
        return parts.dialogue.notices.notice(alarm, body.text, None)
    return await parts.dialogue.say(conversation, body.text, body.client_message_id)


@router.get("/conversations/{conversation_id}/messages")
async def history(conversation: Own, parts: WithParts) -> TurnsOut:
    """All turns so far, with notices such as the answer to a case."""
    told = await asyncio.to_thread(conversations.history, parts.store, conversation.id)
    person = await asyncio.to_thread(takeover.person_for, parts.store, conversation.id, parts.clock())
    turns = [ToldTurn(**vars(turn), text=text) for text, turn in told]
    return TurnsOut(turns=turns, person=person)


@router.post("/conversations/{conversation_id}/ticket")
async def ticket(request: Request, conversation: Own, parts: WithParts) -> TicketOut:
    """Good once and for one minute, for addresses that cannot carry a header."""
    await note_origin(conversation, request, parts)
    return TicketOut(ticket=parts.tickets.issue(conversation.id))


@router.post("/conversations/{conversation_id}/photo", status_code=201)
async def photo(
    request: Request, conversation: Own, parts: WithParts, photo: Annotated[UploadFile, File()]
) -> PhotoOut:
    """Kept for the complaint that this conversation is about to file."""
    await parts.limits.message(conversation.id)
    async with parts.limits.photo(request, conversation.id):
        content = await photo.read()
        await asyncio.to_thread(cases.keep_draft_photo, parts.store, conversation.id, content, parts.clock())
    return PhotoOut()


@router.put("/conversations/{conversation_id}/position", status_code=204)
async def position(body: Position, conversation: Own, parts: WithParts) -> None:
    """Kept for the complaint that this conversation is about to file, and put beside its place."""
    await parts.limits.message(conversation.id)
    now = parts.clock()
    await asyncio.to_thread(cases.keep_position, parts.store, conversation.id, body.latitude, body.longitude, now)


@router.post("/conversations/{conversation_id}/rating")
async def rate(body: Rating, conversation: Own, parts: WithParts) -> RatingOut:
    await parts.limits.message(conversation.id)
    await asyncio.to_thread(conversations.rate, parts.store, conversation.id, body.score, body.comment, parts.clock())
    return RatingOut()
