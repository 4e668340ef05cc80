"""The staff API: conversations."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.console.conversations.messages import BecameOut, ConversationsOut, LabelIn, NoteIn
from api.console.conversations.pages import checked, wanted_of
from api.console.frame.failures import PROBLEMS
from api.console.frame.messages import DoneOut
from api.console.frame.session import needs
from api.parts import WithParts
from bot.services.learning import review
from bot.services.learning.review import Transcript
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff/conversations", responses=PROBLEMS, tags=["staff"])

Reads = Annotated[Signed, Depends(needs("conversations.read"))]
Reviews = Annotated[Signed, Depends(needs("conversations.review"))]
Listens = Annotated[Signed, Depends(needs("conversations.listen"))]
FLAC: dict[int | str, dict[str, Any]] = {200: {"content": {"audio/flac": {"schema": {"type": "string"}}}}}


@router.get("")
def conversations(
    request: Request,
    parts: WithParts,
    signed: Reads,
    words: str = "",
    since: str = "",
    until: str = "",
    channel: str = "",
    language: str = "",
    goal: str = "",
    sure_below: str = "",
    outcome: str = "",
    rating: str = "",
    handed_over: str = "",
    misunderstood: str = "",
    label: str = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> ConversationsOut:
    """Newest first. Days such as 2026-11-23, both included; `handed_over` and `misunderstood` are yes or no."""
    rows, total = review.search(
        parts.store,
        signed.actor,
        wanted_of(request, parts),
        sort="opened",
        descending=True,
        offset=offset,
        limit=limit,
    )
    return ConversationsOut(conversations=rows, total=total)


@router.get("/{conversation_id}")
def conversation(parts: WithParts, signed: Reads, conversation_id: str) -> Transcript:
    """Masked."""
    return review.transcript(parts.store, signed.actor, conversation_id, parts.clock())


@router.post("/{conversation_id}/turns/{turn_id}/label")
def label(body: LabelIn, parts: WithParts, signed: Reviews, conversation_id: str, turn_id: str) -> BecameOut:
    """Right or not, and what would have been right. Another label replaces the first."""
    given = checked(parts, body.model_dump())
    became = review.label(parts.store, signed.actor, conversation_id, turn_id, parts.clock(), **given)
    return BecameOut.model_validate({"became": became})


@router.post("/{conversation_id}/notes")
def note(body: NoteIn, parts: WithParts, signed: Reviews, conversation_id: str) -> DoneOut:
    review.add_note(parts.store, signed.actor, conversation_id, body.text, parts.clock())
    return DoneOut()


@router.get("/{conversation_id}/turns/{turn_id}/sound", response_class=Response, responses={**PROBLEMS, **FLAC})
def sound(parts: WithParts, signed: Listens, conversation_id: str, turn_id: str) -> Response:
    """What was said, where the office keeps it."""
    flac = review.recording(parts.store, signed.actor, conversation_id, turn_id, parts.clock())
    return Response(flac, media_type="audio/flac", headers={"Cache-Control": "no-store"})
