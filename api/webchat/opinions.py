"""Under an answer: did it help, and what else may be asked."""

import asyncio

from fastapi import APIRouter
from pydantic import BaseModel

from api.parts import WithParts
from api.webchat.messages import Strict
from api.webchat.routes import PROBLEMS, Own
from bot.errors import NotFound
from bot.services.conversations import conversations
from bot.services.learning import opinions

router = APIRouter(
    prefix="/api/v1/conversations/{conversation_id}/turns/{turn_id}", responses=PROBLEMS, tags=["resident"]
)


class Opinion(Strict):
    helped: bool


class OpinionOut(BaseModel):
    kept: bool = True


class NextOut(BaseModel):
    questions: list[str]
    """At most three, in the language of the conversation."""


@router.post("/opinion")
async def give(turn_id: str, body: Opinion, conversation: Own, parts: WithParts) -> OpinionOut:
    """Whether the answer was of use; said again, the last word counts."""
    await parts.limits.message(conversation.id)
    now = parts.clock()
    await asyncio.to_thread(opinions.give, parts.store, conversation.id, turn_id, now, helped=body.helped)
    return OpinionOut()


@router.get("/next")
def next_questions(turn_id: str, conversation: Own, parts: WithParts) -> NextOut:
    """What may be asked after this answer; none where no page of ours was told."""
    told = [turn for _, turn in conversations.history(parts.store, conversation.id)]
    turn = next((one for one in told if one.turn_id == turn_id), None)
    if turn is None:
        raise NotFound
    replies = [reply for one in told for reply in one.replies]
    return NextOut(questions=parts.next_questions.after(turn.replies, replies, conversation.language or "zh"))
