"""One call, from the greeting to the goodbye: joins the line, the ears, the dialogue and the playback.

Three loops run side by side: what the line brings, what the clock brings, and the talk itself, which takes one thing after
the other from an inbox; the listener has a task of its own. The call is over when the first of them ends.
"""

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass, field

from api.http.error_description import describe_error
from api.parts import Parts
from api.telephone.call_flow import CallFlow
from api.telephone.call_session import Over
from api.telephone.line import (
    CallAudio,
    CallCommand,
    CallEnded,
    CallLine,
    CallStarted,
    KeyPressed,
    Leave,
    MarkPlayed,
    StopPlaying,
    Xoff,
    Xon,
)
from api.telephone.line_output import LineOutput
from api.telephone.listening import CannotHear, Listening, MissedWords
from api.voice.playback import Playback
from bot.dialogue.call.keys import CallKeys
from bot.errors import StoreUnavailable
from bot.services.conversations import calls
from bot.speech.interface import Utterance
from bot.speech.stt.ears import EarEvent, Final, Partial

log = logging.getLogger(__name__)
TICK_SECONDS = 0.02
SEND_SECONDS = 5.0
"""Something goes out all the time; whoever takes nothing for so long does not listen any more."""
LATE_SECONDS = 5.0
MOST_LATE = 360
"""Half an hour; after that the next start of the application closes the row."""
_noting_late: set[asyncio.Task[None]] = set()
"""They outlive their calls."""


@dataclass
class Call:
    """`run` returns when the call is over."""

    parts: Parts
    line: CallLine
    provider: str
    _keys: CallKeys = field(default_factory=CallKeys, init=False)
    _words_heard: bool = field(default=False, init=False)
    """Since the last tick."""

    _on_hold: bool = field(default=False, init=False)

    async def run(self, started: CallStarted) -> None:
        """Serve the caller. Whatever fails, the caller reaches a person, because we only leave."""
        opened = await self.parts.in_store(
            calls.open_call,
            provider=self.provider,
            provider_call=started.provider_call,
            direction="out" if started.news == "outbound" else "in",
            caller=started.caller,
            now=self.parts.clock(),
            task=started.task,
            server=self.parts.settings.server_name,
        )
        output = LineOutput(self._do, self.line.lead_seconds)
        playback = Playback(self.parts.speech, output)
        ears = Listening(self.parts.speech, self._heard)
        self._output, self._playback, self._ears = output, playback, ears
        talk = CallFlow(self.parts, self.line, playback, ears, self._keys, opened, started)
        self._talk = talk
        loops = [asyncio.create_task(loop) for loop in (self._read(), self._tick(), talk.run())]
        cause = "lost"
        try:
            done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
            causes = [_cause_of(loop) for loop in done]
            cause = talk.ending or next((one for one in causes if one != "lost"), "lost")
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)
            try:
                await playback.be_quiet()
                await ears.close()
            finally:
                await _note_end(self.parts, opened.id, cause)
            if cause == "lost":
                with contextlib.suppress(TimeoutError):
                    await self._do(Leave())

    async def _do(self, command: CallCommand) -> None:
        """Raises TimeoutError when the other end takes nothing any more."""
        async with asyncio.timeout(SEND_SECONDS):
            await self.line.do(command)

    async def _read(self) -> None:
        """What the line brings. Ends when the caller hangs up."""
        async for event in self.line.events():
            match event:
                case CallAudio(pcm) if not self.line.held:  # else it is their music, or another talk
                    await self._ears.feed(pcm)
                case KeyPressed(key):
                    await self._key(key)
                case MarkPlayed(name):
                    if self._output.heard(name):
                        self._talk.note("heard")
                case Xoff():
                    self._output.playout.held_back = True
                case Xon():
                    self._output.playout.held_back = False
                case CallEnded():
                    break
        raise Over("caller")

    async def _key(self, key: str) -> None:
        self._talk.note("key", key)
        if self._playback.speaking and self._playback.barge_in.key():
            self._playback.interrupt()
            await self._do(StopPlaying())
        event = self._keys.press(key)
        self._ears.somebody_is_there()
        if event is not None:
            self._talk.bring(event)
        elif self._keys.mode == "digits" and not self._playback.barge_in.protected:
            await self._playback.be_quiet()  # whoever dials knows the question; other keys mean nothing, and we go on

    async def _heard(self, event: EarEvent | CannotHear | MissedWords) -> None:
        """What the ears understood."""
        if isinstance(event, Partial):
            self._words_heard = True
            await self._interrupted_by(self._ears.speech_seconds, event.text)
            return
        if (
            isinstance(event, Final)
            and self._playback.speaking
            and not self._playback.barge_in.protected
            and not await self._interrupted_by(_seconds_of(event.utterance), event.utterance.text)
        ):
            return  # too short: a cough, our own echo
        self._talk.bring(event)

    async def _interrupted_by(self, speech_seconds: float, words: str) -> bool:
        if not (self._playback.speaking and self._playback.barge_in.voice(speech_seconds, words)):
            return False
        self._playback.interrupt()
        await self._do(StopPlaying())
        self._talk.note("interrupted")
        return True

    async def _tick(self) -> None:
        """Time passes: sound goes out, digits are read back, a false alarm is over."""
        before = time.monotonic()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = time.monotonic()
            seconds, before = now - before, now
            await self._follow_hold()
            more = self._playback.rendering or self._playback.barge_in.stopped
            await self._output.tick(seconds, more_to_come=more)
            if self._on_hold:
                await self._ears.tick(seconds, we_speak=True)
                continue
            speaking = self._playback.speaking
            await self._ears.tick(seconds, we_speak=speaking or self._talk.thinking)
            heard, self._words_heard = self._words_heard, False
            if self._playback.barge_in.wait(seconds, still_speaking=heard or self._talk.thinking) == "resume":
                self._playback.resume()
                self._talk.note("resumed")
            if not speaking and (event := self._keys.wait(seconds)) is not None:
                self._talk.bring(event)

    async def _follow_hold(self) -> None:
        """On hold we are silent and wait; nobody is asked whether they are still there, and nobody is hung up on."""
        if self.line.held == self._on_hold:
            return
        self._on_hold = self.line.held
        if self._on_hold:
            self._output.pause()
            await self._do(StopPlaying())
        else:
            self._output.go_on()
        self._talk.note("held" if self._on_hold else "back")


async def _note_end(parts: Parts, call: str, cause: str) -> None:
    """At once, or as soon as the database is back: a row that stays open would count as a call for ever."""
    ended = parts.clock()

    async def note_late() -> None:
        for _ in range(MOST_LATE):
            await asyncio.sleep(LATE_SECONDS)
            with contextlib.suppress(StoreUnavailable):
                await parts.in_store(calls.end_call, call, cause, ended)
                return

    try:
        await parts.in_store(calls.end_call, call, cause, ended)
    except StoreUnavailable:
        log.warning("the end of a call is written down later, because nothing can be kept just now")
        late = asyncio.create_task(note_late())
        _noting_late.add(late)
        late.add_done_callback(_noting_late.discard)


def _seconds_of(utterance: Utterance) -> float:
    """How long somebody spoke: of a short "yes" the voice activity detector misses the first tenth of a second."""
    words = utterance.words
    return max(utterance.speech_seconds, words[-1].end - words[0].start if words else 0.0)


def _cause_of(loop: asyncio.Task[None]) -> str:
    """Why it ended."""
    error = loop.exception()
    if isinstance(error, Over):
        return error.cause
    if error is not None:
        log.error("a call broke off: %s", describe_error(error))
    return "lost"
