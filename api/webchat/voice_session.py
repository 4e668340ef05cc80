"""One socket of one conversation: sound and words in, events and sound out."""

import asyncio
import contextlib
import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.http.metrics import TURNS
from api.http.problems import Problem
from api.parts import Parts
from api.voice.listener import WEB, Circumstances, Listener, Microphone
from api.voice.listener import Speaker as Resident
from api.voice.playback import Playback
from api.webchat.event_stream import EventStream
from api.webchat.frame_budget import FrameBudget
from api.webchat.speech import manner_out
from api.webchat.spoken_turns import hear_turn, language_to_hear, manner_for, manner_of
from api.webchat.stream_messages import (
    FROM_CLIENT,
    FromClient,
    Interrupt,
    MannerWish,
    Repeat,
    Said,
    Start,
    Stop,
)
from api.webchat.stream_output import StreamOutput
from bot.errors import AssistantError, EarsLost, NotFound, Outage
from bot.services.conversations import conversations
from bot.services.conversations.conversations import ConversationView
from bot.services.kernel.turn_json import reply_to_dict, turn_from_dict, turn_to_dict
from bot.speech.stt.ears import EarEvent, Final, GaveUp, Partial, StillThere
from bot.turns import Reply, Turn

logger = logging.getLogger(__name__)

LARGEST_FRAME = 256 * 1024
FAREWELL_SECONDS = 1.0
"""So long we wait for a socket that is replaced; it may belong to a telephone without a network."""
WAITING_TURNS = 8
"""What was said faster than we can answer; more is refused politely."""
TRIES = 2
"""Of one turn, each as long as our patience, when a part is away."""
TOO_MUCH, TOO_LARGE, GONE, REPLACED, IDLE = 1008, 1009, 4404, 4409, 4408
"""Codes that a socket is closed with."""


class SocketClosed(Exception):
    """We have closed the socket, or the client has."""


@dataclass(frozen=True)
class Words:
    """Something a resident said, waiting for its answer."""

    text: str
    client_message_id: str
    heard: Final | None = None


@dataclass
class Stream:
    """What outlives a socket for a while."""

    event_stream: EventStream
    playback: Playback
    speaks: bool = False


class VoiceSession:
    def __init__(
        self,
        parts: Parts,
        socket: WebSocket,
        conversation: ConversationView,
        clock: Callable[[], float],
        arrived: int,
    ) -> None:
        self.arrived = arrived
        self._parts, self._socket, self._id = parts, socket, conversation.id
        self._known = conversation
        self._shared = parts.streams.shared(conversation.id)
        event_stream = EventStream(parts.words, language_to_hear(conversation), self._shared)
        event_stream.attach(socket)
        self._stream = Stream(event_stream, Playback(parts.speech, StreamOutput(event_stream, clock)))
        resident = Resident(
            self._circumstances, self._heard, self._fail, self._is_working, parts.limits.address(socket)
        )
        self._listener = Listener(parts.speech, WEB, resident)
        self._gone = asyncio.Event()
        """Set when we go on without this socket, whatever it does."""
        self._microphone: Microphone | None = None
        self._words: asyncio.Queue[Words | None] = asyncio.Queue()
        self._busy = False
        self._partial = ""
        self._frames = FrameBudget(clock)

    async def run(self) -> None:
        """Until the client leaves, is idle for too long, or has to go."""
        async with self._shared.followed(self._learn):
            await self._shared.arrive()
            await self._run()

    async def _run(self) -> None:
        self._parts.streams.finish_later(self._answer_all())
        reading, gone = asyncio.create_task(self._read()), asyncio.create_task(self._gone.wait())
        try:
            await asyncio.wait([reading, gone], return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                await reading
        except SocketClosed:
            pass
        finally:
            reading.cancel()
            gone.cancel()
            self._words.put_nowait(None)
            self._stream.event_stream.detach(self._socket)
            await self._listener.close()
            if not self._stream.event_stream.connected:
                await self._stream.playback.be_quiet()

    async def give_way(self) -> None:
        """Another socket of the same conversation takes over, at once. This one is told so, if it still takes anything."""
        event_stream = self._stream.event_stream
        detail = self._parts.words.reply("utter_stream_replaced", event_stream.language).text
        event_stream.detach(self._socket)
        try:
            async with asyncio.timeout(FAREWELL_SECONDS):
                await event_stream.tell_apart(self._socket, "error", code="replaced", detail=detail)
                await self._close(REPLACED)
        except TimeoutError:
            logger.info("a replaced stream took nothing any more")
        finally:
            self._gone.set()

    async def _learn(self, news: dict[str, Any]) -> None:
        """From a socket of the same conversation in another application: it takes over, or it has an answer that we are to tell."""
        if "arrived" in news:
            self._parts.streams.finish_later(self.give_way())
            return
        await self._stream.event_stream.emit(news["kind"], **news["content"])
        if news["kind"] == "turn":
            self._parts.streams.finish_later(self._speak(turn_from_dict(news["content"]["turn"]), self._known))

    async def _read(self) -> None:
        idle = self._parts.settings.stream_idle_seconds
        while True:
            try:
                message = await asyncio.wait_for(self._socket.receive(), idle)
            except TimeoutError:
                if self._is_working():
                    continue
                await self._stream.event_stream.fail(Problem(408, "idle", say="utter_silent_goodbye"))
                return await self._end(IDLE)
            except RuntimeError as error:  # we closed it ourselves
                raise SocketClosed from error
            if message["type"] == "websocket.disconnect":
                raise SocketClosed
            await asyncio.sleep(0)  # frames that wait already are no reason to let everybody else wait
            if not self._frames.take():
                await self._stream.event_stream.fail(Problem(429, "too-many-requests", say="utter_slow_down"))
                return await self._end(TOO_MUCH)
            frame = message.get("bytes") or message.get("text") or ""
            if len(frame) > LARGEST_FRAME:
                await self._stream.event_stream.fail(Problem(413, "too-large", say="utter_too_long"))
                return await self._end(TOO_LARGE)
            if isinstance(frame, bytes):
                if not await self._listener.feed(frame):
                    await self._refuse(Problem(409, "not-started"))
            else:
                await self._take(frame)

    async def _take(self, frame: str) -> None:
        try:
            await self._parts.limits.frame(self._id)
            wish = FROM_CLIENT.validate_python(json.loads(frame))
        except (ValidationError, ValueError, RecursionError):
            return await self._refuse(Problem(422, "invalid"))
        except Problem as error:
            return await self._refuse(error)
        try:
            await self._do(wish)
        except NotFound as error:
            await self._stream.event_stream.fail(error)
            await self._end(GONE)
        except (AssistantError, Problem) as error:
            await self._stream.event_stream.fail(error)

    async def _refuse(self, error: Problem) -> None:
        """Say so; whoever goes on and on is sent away."""
        await self._stream.event_stream.fail(error)
        if self._frames.refuse():
            await self._end(TOO_MUCH)

    async def _do(self, wish: FromClient) -> None:
        match wish:
            case Start():
                await self._start(wish)
            case Stop():
                self._listener.stop()
            case Interrupt():
                await self._stream.playback.be_quiet()
            case Said():
                await self._stream.playback.be_quiet()
                await self._say(Words(wish.text, wish.client_message_id))
            case Repeat():
                await self._repeat()
            case MannerWish():
                changed = await self._parts.in_store(
                    conversations.set_manner, self._id, rate=wish.rate, volume=wish.volume, voice=wish.voice
                )
                await self._tell_manner(changed)

    async def _start(self, start: Start) -> None:
        conversation = await self._conversation()
        if start.resume_after is None:
            await self._shared.forget()
        missed = await self._take_up(start.resume_after) if start.resume_after is not None else []
        self._parts.streams.keep(self._id, self._stream)
        self._stream.speaks = start.speak
        self._microphone = Microphone(start.rate, start.language, start.hands_free)
        self._listener.start(self._microphone)
        self._partial = ""
        self._stream.event_stream.language = start.language or language_to_hear(conversation)
        manner = manner_out(conversation, self._parts.settings).model_dump()
        await self._stream.event_stream.emit("ready", rate=start.rate, manner=manner)
        turns = [event for event in missed if event["type"] == "turn"]
        if turns and start.speak:
            await self._speak(turn_from_dict(turns[-1]["turn"]), conversation)

    async def _take_up(self, after: int) -> list[dict[str, Any]]:
        """Go on where an earlier socket of this conversation was cut off. Returns the events it missed."""
        kept = self._parts.streams.kept(self._id)
        if isinstance(kept, Stream) and kept is not self._stream:
            self._stream.event_stream.detach(self._socket)
            self._stream = kept
            kept.event_stream.attach(self._socket, self._shared)
        elsewhere = await self._stream.event_stream.tell_what_is_known(after)
        if elsewhere is not None:
            return elsewhere
        return await kept.event_stream.tell_again(after) if self._stream is kept else []

    async def _heard(self, event: EarEvent) -> None:
        match event:
            case Partial(text=text):
                if text != self._partial:
                    self._partial = text
                    await self._stream.event_stream.emit("partial", text=text)
            case Final(utterance=utterance):
                self._partial = ""
                free = self._microphone is not None and self._microphone.hands_free
                if free and not utterance.text and self._stream.playback.speaking:
                    return  # a noise while we speak is no question
                await self._stream.playback.be_quiet()
                await self._stream.event_stream.emit("final", text=utterance.text, confidence=utterance.confidence)
                await self._say(Words(utterance.text, f"voice-{uuid.uuid4().hex}", event))
            case StillThere():
                await self._say_aside("still_there", "utter_are_you_there")
            case GaveUp():
                await self._say_aside("gave_up", "utter_silent_goodbye")

    async def _say(self, words: Words) -> None:
        if self._words.qsize() >= WAITING_TURNS:
            await self._stream.event_stream.fail(Problem(429, "too-many-requests", say="utter_slow_down"))
        else:
            self._words.put_nowait(words)

    async def _answer_all(self) -> None:
        """One after the other; what was said before the connection broke too."""
        while (words := await self._words.get()) is not None:
            self._busy = True
            try:
                await self._answer_or_tell(words, tries=TRIES)
            finally:
                self._busy = False

    async def _answer_or_tell(self, words: Words, *, tries: int) -> None:
        """Whoever speaks cannot send the same again, so we do where a part was away."""
        try:
            await self._answer(words)
        except NotFound as error:
            await self._stream.event_stream.fail(error)
            await self._close(GONE)
        except (AssistantError, Problem) as error:
            await self._stream.event_stream.fail(error)
            await self._speak_aside(self._parts.words.reply(error.say, self._stream.event_stream.language))
            if isinstance(error, Outage) and tries > 1:
                await self._answer_or_tell(words, tries=tries - 1)
        except Exception as error:  # a bug must not leave the resident without an answer
            logger.error("unexpected %s in a stream", type(error).__name__)
            await self._stream.event_stream.fail(AssistantError())

    async def _answer(self, words: Words) -> None:
        await self._parts.limits.message(self._id)
        before = await self._conversation()
        if words.heard is None:
            turn = await self._parts.dialogue.say(before, words.text, words.client_message_id)
            TURNS.labels(turn.goal).inc()
        else:
            turn = await hear_turn(
                self._parts, before, words.heard.utterance, words.heard.audio, words.client_message_id
            )
        now = await self._conversation()
        self._listener.asked(Circumstances(turn.state.awaiting, language_to_hear(now)))
        await self._stream.event_stream.emit("turn", turn=turn_to_dict(turn))
        if manner_of(before, self._parts.settings) != manner_of(now, self._parts.settings):
            await self._tell_manner(now)
        await self._speak(turn, now)

    async def _speak(self, turn: Turn, conversation: ConversationView) -> None:
        if self._stream.speaks and self._stream.event_stream.connected:
            await self._stream.playback.say(
                turn.replies, manner_for(turn, conversation, self._parts.settings), name=turn.turn_id
            )

    async def _repeat(self) -> None:
        conversation = await self._conversation()
        last = await self._parts.in_store(conversations.last_turn, self._id)
        welcome = self._parts.words.reply("utter_welcome", self._stream.event_stream.language)
        replies = last.replies if last else (welcome,)
        settings = self._parts.settings
        manner = manner_for(last, conversation, settings) if last else manner_of(conversation, settings)
        await self._stream.playback.say(replies, manner, name=last.turn_id if last else "")

    async def _say_aside(self, kind: str, name: str) -> None:
        """Words outside any turn."""
        reply = self._parts.words.reply(name, self._stream.event_stream.language)
        await self._stream.event_stream.emit(kind, reply=reply_to_dict(reply))
        await self._speak_aside(reply)

    async def _speak_aside(self, reply: Reply) -> None:
        if self._stream.speaks and self._stream.event_stream.connected:
            manner = manner_of(await self._known_conversation(), self._parts.settings)
            await self._stream.playback.say((reply,), manner)

    async def _tell_manner(self, conversation: ConversationView) -> None:
        await self._stream.event_stream.emit(
            "manner", manner=manner_out(conversation, self._parts.settings).model_dump()
        )

    async def _circumstances(self) -> Circumstances:
        """While the database is away we listen all the same, without knowing what was asked."""
        try:
            conversation = await self._conversation()
            last = await self._parts.in_store(conversations.last_turn, self._id)
        except Outage:
            return Circumstances(None, language_to_hear(self._known))
        return Circumstances(last.state.awaiting if last else None, language_to_hear(conversation))

    def _is_working(self) -> bool:
        """Do we speak, or does a resident wait for us?"""
        return self._busy or self._stream.playback.speaking

    async def _fail(self, error: AssistantError) -> None:
        await self._stream.event_stream.fail(error)
        if isinstance(error, EarsLost):
            await self._speak_aside(self._parts.words.reply(error.say, self._stream.event_stream.language))

    async def _conversation(self) -> ConversationView:
        """As it is now. Raises NotFound when it was erased."""
        self._known = await self._parts.in_store(conversations.view, self._id)
        return self._known

    async def _known_conversation(self) -> ConversationView:
        """As it is now; as it was last seen, while the database is away. Raises NotFound when it was erased."""
        with contextlib.suppress(Outage):
            return await self._conversation()
        return self._known

    async def _end(self, code: int) -> None:
        await self._close(code)
        raise SocketClosed

    async def _close(self, code: int) -> None:
        try:
            await self._socket.close(code)
        except (WebSocketDisconnect, RuntimeError):
            return  # closed already
