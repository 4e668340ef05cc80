"""Rasa's only route: one request is one turn, answered with all that the app needs to know.

The stock REST channel answers messages only, hides failures behind an empty list and asks for no token.
"""

import hmac
import logging
import os
import signal
from contextvars import ContextVar
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

logger = logging.getLogger(__name__)

TOLD_SLOTS = ("language", "topic", "finished", "pace", "volume", "name", "phone", "place", "wordings")
"""Slots that the app needs; the personal ones so that it can mask them in the transcript."""
RESTART_SECONDS = 0.2
TURNS_OF_AN_ACTION = 3
"""Actions look at the last two turns; they are sent no more than these, however long the conversation is."""
LOOK_AGAIN_SECONDS = 0.1
"""While another turn of the same conversation is computed."""
RANKED = 5
"""How many of the likeliest intents are returned."""
action_failed: ContextVar[Optional[List[str]]] = ContextVar("action_failed", default=None)


class WatchedEndpoint(EndpointConfig):
    """The action server's address. Rasa carries on after a failed action; we must know that one failed."""

    async def request(self, *args: Any, **kwargs: Any) -> Optional[Any]:
        call = kwargs.get("json", {})
        call["domain"] = None  # long, constant, and no action of ours reads it
        if "tracker" in call:
            call["tracker"] = _lately(call["tracker"])
        try:
            return await super().request(*args, **kwargs)
        except Exception as error:
            failures = action_failed.get()
            is_rejection = isinstance(error, ClientResponseError) and error.status == 400
            if failures is not None and not is_rejection:
                failures.append(type(error).__name__)
            raise


class WholeMessages(CollectingOutputChannel):
    """Keeps each reply as the action or the domain made it, in one piece."""

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        self.messages.append({key: message[key] for key in ("text", "buttons", "custom") if message.get(key)})


class LinyuInput(InputChannel):
    """`POST turn`, `POST reading`, `DELETE conversations/<sender>` and `GET ready` below /webhooks/linyu, all with our token."""

    @classmethod
    def name(cls) -> Text:
        return "linyu"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> InputChannel:
        return cls(os.environ["LINYU_TOKEN"])

    def __init__(self, token: str) -> None:
        self.token = token

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        channel = Blueprint("linyu_channel", __name__)

        @channel.middleware("request")
        async def guard(request: Request) -> Optional[HTTPResponse]:
            given = request.headers.get("authorization", "")
            if hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
                return None
            return response.json({"code": "forbidden"}, status=403)

        @channel.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            return response.json({}, status=200 if agent is not None and agent.is_ready() else 503)

        @channel.route("/restart", methods=["POST"])
        async def restart(request: Request) -> HTTPResponse:
            """Ends this process after the answer; the supervisor starts it anew, with the model then in force."""
            request.app.loop.call_later(RESTART_SECONDS, os.kill, os.getpid(), signal.SIGTERM)
            return response.json({})

        @channel.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"code": "no-model"}, status=503)
            self._watch(agent)
            async with agent.lock_store.lock(
                request.json["sender"]
            ):  # of all Rasas: what was heard is looked up within it
                return await self._turn(agent, request.json)

        @channel.route("/reading", methods=["POST"])
        async def reading(request: Request) -> HTTPResponse:
            """What words mean by themselves; no conversation hears of them."""
            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"code": "no-model"}, status=503)
            parsed = await agent.parse_message(_plain(request.json["text"]))
            best = (parsed.get("intent_ranking") or [parsed["intent"]])[0]
            return response.json({"name": best["name"], "confidence": best["confidence"]})

        @channel.route("/conversations/<sender:str>", methods=["DELETE"])
        async def forget(request: Request, sender: str) -> HTTPResponse:
            request.app.ctx.agent.tracker_store.forget(sender)
            return response.json({})

        return channel

    async def turn(self, agent: Any, asked: Dict[Text, Any]) -> HTTPResponse:
        """The answer, or what was answered before. The conversation is locked for all Rasas while it is looked up too, so it is
        the processor that is asked and not the agent, which would lock it once more."""
        async with agent.lock_store.lock(asked["sender"], wait_time_in_seconds=LOOK_AGAIN_SECONDS):
            return await self._turn(agent, asked)

    async def _turn(self, agent: Any, asked: Dict[Text, Any]) -> HTTPResponse:
        store = agent.tracker_store
        sender, message_id = asked["sender"], asked["message_id"]
        before = store.get(sender)
        if before and store.holds(before, message_id):
            tracker = await store.retrieve(sender)
            if messages := _replies_to(tracker, message_id):
                return response.json(_answer(tracker, messages))  # heard before; the reply was lost on its way
        failures: List[str] = []
        action_failed.set(failures)
        replies = WholeMessages()
        await agent.processor.handle_message(
            UserMessage(
                text=_plain(asked["text"]),
                output_channel=replies,
                sender_id=sender,
                input_channel=self.name(),
                message_id=message_id,
                metadata={**asked["metadata"], "client_message_id": message_id},
            )
        )
        if failures or not replies.messages:
            _restore(store, sender, before)
            logger.error("turn failed: %s", failures[0] if failures else "no reply")
            return response.json({"code": "action-failed"}, status=503)
        return response.json(_answer(store.just_saved(sender) or await store.retrieve(sender), replies.messages))

    @staticmethod
    def _watch(agent: Any) -> None:
        """Rasa wraps its parts so that failures stay quiet; take the wrappers off, and watch the actions."""
        bare = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
        agent.tracker_store = agent.processor.tracker_store = bare
        agent.processor.on_circuit_break = _note_circuit_break
        endpoint = agent.processor.action_endpoint
        if not isinstance(endpoint, WatchedEndpoint):
            agent.processor.action_endpoint = WatchedEndpoint(endpoint.url, headers=endpoint.headers)


def _note_circuit_break(*_: Any) -> None:
    """Rasa stops after ten predictions in a row; the replies so far are no answer, and the tracker is in a loop."""
    failures = action_failed.get()
    if failures is not None:
        failures.append("CircuitBreak")


def _lately(tracker: Dict[Text, Any]) -> Dict[Text, Any]:
    """The tracker with the events of the last turns only."""
    events, turns, first = tracker.get("events") or [], 0, 0
    for at in range(len(events) - 1, -1, -1):
        turns += events[at].get("event") == UserUttered.type_name
        if turns == TURNS_OF_AN_ACTION:
            first = at
            break
    return {**tracker, "events": events[first:]}


def _plain(text: str) -> str:
    """Words only: a resident's "/restart" must not reach Rasa as a command."""
    text = text.strip()  # as Rasa does before it looks for the slash
    return "／" + text[1:] if text.startswith("/") else text


def _restore(store: Any, sender: str, before: Optional[bytes]) -> None:
    """As if the failed turn had not been said, so that it can be said again."""
    if before is None:
        store.forget(sender)
    else:
        store.put(sender, before)


def _replies_to(tracker: DialogueStateTracker, message_id: str) -> List[Dict[Text, Any]]:
    """The replies to the last message if it is this one; empty otherwise."""
    messages: List[Dict[Text, Any]] = []
    for event in reversed(list(tracker.events)):
        if isinstance(event, BotUttered):
            data = {key: event.data[key] for key in ("buttons", "custom") if event.data.get(key)}
            messages.append({**({"text": event.text} if event.text else {}), **data})
        elif isinstance(event, UserUttered):
            return messages[::-1] if event.message_id == message_id else []
    return []


def _answer(tracker: DialogueStateTracker, messages: List[Dict[Text, Any]]) -> Dict[Text, Any]:
    said = tracker.latest_message
    slots = tracker.current_slot_values()
    return {
        "messages": messages,
        "intent": said.intent,
        "intent_ranking": said.parse_data.get("intent_ranking", [])[:RANKED],
        "entities": said.entities,
        "active_loop": tracker.active_loop_name,
        "requested_slot": slots.get("requested_slot"),
        "slots": {name: slots.get(name) for name in TOLD_SLOTS},
        "told": _told(tracker),
    }


def _told(tracker: DialogueStateTracker) -> List[Text]:
    """Names of the responses that answered the last message, in order."""
    names: List[Text] = []
    for event in reversed(list(tracker.events)):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, BotUttered) and event.metadata.get("utter_action"):
            names.append(event.metadata["utter_action"])
    return names[::-1]
