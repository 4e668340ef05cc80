"""News on this device although no page is open: agreed to, renewed and taken back by the conversation that it is about."""

import asyncio
from typing import Annotated

from fastapi import APIRouter
from pydantic import StringConstraints

from api.http.problems import Problem
from api.parts import WithParts
from api.webchat.messages import Strict
from api.webchat.routes import PROBLEMS, Own
from bot.outbound import web_push
from bot.services.push import push

api = APIRouter(prefix="/api/v1/conversations/{conversation_id}/push", responses=PROBLEMS, tags=["resident"])

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+={0,2}$", max_length=120)]


class Keys(Strict):
    p256dh: Key
    auth: Key


class Subscription(Strict):
    """As the browser's PushSubscription tells it."""

    endpoint: Annotated[str, StringConstraints(max_length=1000)]
    keys: Keys


@api.put("", status_code=204)
async def agree(body: Subscription, conversation: Own, parts: WithParts) -> None:
    """This device is told when there is news. 422 for an address at no push service that the office sends to."""
    await parts.limits.message(conversation.id)
    known = parts.settings.push_contact and web_push.is_service(body.endpoint, parts.settings.push_services)
    if not known or not web_push.is_usable(body.keys.p256dh, body.keys.auth):
        raise Problem(422, "invalid")
    device = push.Device(body.endpoint, body.keys.p256dh, body.keys.auth)
    now, language = parts.clock(), conversation.language or "zh"
    await asyncio.to_thread(push.subscribe, parts.store, conversation.id, device, language, now)


@api.delete("", status_code=204)
async def take_back(conversation: Own, parts: WithParts) -> None:
    """No device is told anything of this conversation any more."""
    await parts.limits.message(conversation.id)
    await asyncio.to_thread(push.unsubscribe, parts.store, conversation.id)
