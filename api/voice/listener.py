"""Takes a speaker's sound as it arrives and hands it to the ears, in order: the same for the web page and the telephone.

One task works off the queue and alone uses the ears; closing is the last thing in that queue. Nothing that fails makes a
listener deaf for good: the next sound opens other ears.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from api.http.error_description import describe_error
from api.speech_parts import SpeechParts
from api.voice.places import Kind, Place
from bot.errors import AssistantError, AudioTooLong, EarsLost, SpeechError
from bot.speech.interface import Utterance
from bot.speech.stt.ears import EarEvent, Final, GaveUp, Partial
from bot.speech.stt.hearing import LiveEars
from bot.turns import Language

log = logging.getLogger(__name__)
LONGEST_SECONDS = 60
"""Of one utterance while a button is held. A client may send it faster than real time."""
IDLE_SECONDS = 10.0
"""Without sound for so long, a place is given back until the next sound. A trickle of sound holds no place either."""
REST_SECONDS = 5.0
"""After ears could not be had, hands-free listening tries again."""
NOTHING = Final(Utterance(), b"")


@dataclass(frozen=True)
class Channel:
    """What differs between the web page and the telephone."""

    kind: Kind
    waiting_seconds: float
    """Of sound that arrived and is not heard yet."""
    drops_oldest: bool
    """When more waits: leave out the oldest sound silently; else the newest, and say so."""


WEB = Channel("web", waiting_seconds=120, drops_oldest=False)
TELEPHONE = Channel("telephone", waiting_seconds=10, drops_oldest=True)


@dataclass(frozen=True)
class Microphone:
    """What the client told about its sound."""

    rate_hz: int
    language: Language | None
    hands_free: bool


@dataclass(frozen=True)
class Circumstances:
    """What helps to hear the next utterance."""

    awaiting: str | None = None
    language: Language = "zh"


@dataclass(frozen=True)
class Speaker:
    """Whom we listen to, as the channel knows them."""

    circumstances: Callable[[], Awaitable[Circumstances]]
    """Looked up when ears are opened; when that fails, the last known ones count."""
    report: Callable[[EarEvent], Awaitable[None]]
    fail: Callable[[AssistantError], Awaitable[None]]
    we_speak: Callable[[], bool]
    """Do we speak or think? Then a silence is not counted."""
    address: str = ""
    measure: Callable[[bytes], None] = lambda pcm: None
    """Sees each piece just before it is heard."""


class _Stop:
    """The button is released."""


class _Present:
    """Somebody is there, as a key tells."""


Item = bytes | Circumstances | Microphone | _Stop | _Present | None


class Listener:
    """One speaker's ears. A place among those who are heard is taken with the first sound."""

    def __init__(self, speech: SpeechParts, channel: Channel, speaker: Speaker) -> None:
        self._speech, self._channel, self._speaker = speech, channel, speaker
        self._queue: asyncio.Queue[Item] = asyncio.Queue()
        self._microphone: Microphone | None = None
        """As the reader of frames knows it; the work in the queue may still be older."""
        self._bytes = 0
        """In this utterance, while a button is pressed."""
        self._waiting = 0
        """Bytes that are not heard yet."""
        self._too_much = 0
        """Of them, the oldest bytes that are to be left out."""
        self._told_too_long = False
        self._odd = b""
        """Half a sample, waiting for its other half."""
        self._idle_at = 0.0
        """When the place is given back, unless more sound comes."""
        self._working: Microphone | None = None
        self._known = Circumstances()
        self._ears: LiveEars | None = None
        self._place: Place | None = None
        self._told_we_speak = False
        self._begun = False
        """Words of an utterance were heard that is not over yet."""
        self._unanswered = False
        """Since the button was pressed nothing was understood."""
        self._deaf_until = 0.0
        """After a failure or a goodbye."""
        self._told_failure: str | None = None
        self._task = asyncio.create_task(self._work())

    def start(self, microphone: Microphone) -> None:
        """Begin anew; sound that waits is still heard as it was meant."""
        self._microphone = microphone
        self._begin_utterance()
        self._queue.put_nowait(microphone)

    async def feed(self, pcm: bytes) -> bool:
        """Take a piece of sound. False before `start`. What is more than a minute is left out, and said so once."""
        if self._microphone is None:
            return False
        pcm = self._odd + pcm
        whole = len(pcm) // 2 * 2
        pcm, self._odd = pcm[:whole], pcm[whole:]
        second = self._microphone.rate_hz * 2
        if self._channel.drops_oldest:
            self._too_much = max(0, self._waiting + len(pcm) - int(self._channel.waiting_seconds * second))
        else:
            pcm = await self._bounded(pcm, second)
        if pcm:
            now = asyncio.get_running_loop().time()
            self._idle_at = min(now + IDLE_SECONDS, max(now, self._idle_at) + IDLE_SECONDS * len(pcm) / second)
            self._bytes += len(pcm)
            self._waiting += len(pcm)
            self._queue.put_nowait(pcm)
        return True

    def stop(self) -> None:
        """The turn is over now."""
        if self._microphone is not None:
            self._begin_utterance()
            self._queue.put_nowait(_Stop())

    def asked(self, circumstances: Circumstances) -> None:
        """Something new was asked; it helps to hear the next utterance."""
        self._queue.put_nowait(circumstances)

    def somebody_is_there(self) -> None:
        """Their silence is counted from here."""
        self._queue.put_nowait(_Present())

    async def close(self) -> None:
        """Give the place back, when the ears are done with what they are at. Sound that waits is not heard any more."""
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)
        await asyncio.shield(self._task)

    async def _bounded(self, pcm: bytes, second: int) -> bytes:
        assert self._microphone is not None
        room = int(self._channel.waiting_seconds * second) - self._waiting
        if not self._microphone.hands_free:
            room = min(room, LONGEST_SECONDS * second - self._bytes)
        if len(pcm) <= room:
            return pcm
        if not self._told_too_long:
            self._told_too_long = True
            await self._speaker.fail(AudioTooLong())
        return pcm[: max(0, room)]

    def _begin_utterance(self) -> None:
        self._bytes, self._told_too_long, self._odd = 0, False, b""

    # ------------------------------------------------------------ the task that owns the ears

    async def _work(self) -> None:
        try:
            while (item := await self._next()) is not None:
                try:
                    await self._take(item)
                except AssistantError as error:
                    await self._failed(error)
                except Exception as error:  # a bug, or a channel that is gone: listening goes on
                    log.error("listening: %s", describe_error(error))
                    await self._leave()
        finally:
            await self._leave()

    async def _next(self) -> Item:
        while self._ears is not None and self._queue.empty():
            try:
                async with asyncio.timeout_at(self._idle_at):
                    return await self._queue.get()
            except TimeoutError:
                try:
                    await self._rest()
                except Exception as error:
                    log.error("listening: %s", describe_error(error))
                    await self._leave()
        return await self._queue.get()

    async def _take(self, item: Item) -> None:
        match item:
            case bytes():
                await self._hear(item)
            case _Stop():
                await self._finish()
            case _Present() if self._ears is not None:
                await self._ears.we_speak(self._told_we_speak)
            case Circumstances():
                self._known = item
                if self._ears is not None:
                    await self._ears.awaiting(item.awaiting, item.language)
            case Microphone():
                await self._leave()
                self._working, self._deaf_until, self._told_failure, self._unanswered = item, 0.0, None, False

    async def _hear(self, pcm: bytes) -> None:
        self._waiting -= len(pcm)
        if self._too_much > 0:
            self._too_much -= len(pcm)
            return
        self._speaker.measure(pcm)
        if asyncio.get_running_loop().time() < self._deaf_until:
            return
        ears = self._ears or await self._open()
        we_speak = self._speaker.we_speak()
        if we_speak != self._told_we_speak:  # our own words are no silence of the resident's
            self._told_we_speak = we_speak
            await ears.we_speak(we_speak)
        for event in await ears.accept(pcm):
            await self._happened(event)

    async def _happened(self, event: EarEvent) -> None:
        if isinstance(event, Partial):
            self._begun = True
        if isinstance(event, Final):
            self._begun = self._unanswered = False
        if isinstance(event, GaveUp):
            await self._leave()
            self._deaf_until = float("inf")
        await self._report(event)

    async def _open(self) -> LiveEars:
        assert self._working is not None
        self._place = self._speech.places.take(self._channel.kind, self._speaker.address)
        try:
            now = await self._now()
            ears = await self._speech.ears().listen(
                self._working.rate_hz,
                self._working.language or now.language,
                now.awaiting,
                hands_free=self._working.hands_free,
            )
        except BaseException:
            self._place.give_back()
            raise
        self._ears, self._told_failure = ears, None
        self._told_we_speak = self._begun = False
        self._unanswered = not self._working.hands_free
        return ears

    async def _now(self) -> Circumstances:
        try:
            self._known = await self._speaker.circumstances()
        except AssistantError as error:
            log.warning("listening without knowing what was asked: %s", error.code)
        return self._known

    async def _finish(self) -> None:
        """The button is released."""
        self._deaf_until = 0.0
        final = None
        if self._ears is not None:
            final = await self._ears.finish()
            await self._leave()
        if final is not None:
            self._unanswered = False
            await self._report(final)
        elif self._unanswered:
            self._unanswered = False
            await self._report(NOTHING)

    async def _rest(self) -> None:
        """No sound comes: the place is for others. What was said before is not lost."""
        assert self._ears is not None
        final = await self._ears.finish()
        await self._leave()
        if final is not None:
            await self._happened(final)

    async def _report(self, event: EarEvent) -> None:
        try:
            await self._speaker.report(event)
        except AssistantError as error:
            await self._speaker.fail(error)

    async def _failed(self, error: AssistantError) -> None:
        """Whoever had ears, and lost them, gets others with the next sound; whoever got none waits a while."""
        had_ears, held = self._ears is not None, self._working is not None and not self._working.hands_free
        begun, self._begun, self._unanswered = self._begun or held, False, False
        await self._leave()
        if held or not isinstance(error, SpeechError):
            self._deaf_until = float("inf") if held else 0.0
        elif not had_ears:
            self._deaf_until = asyncio.get_running_loop().time() + REST_SECONDS
        log.warning("listening: %s", error.code)
        if isinstance(error, EarsLost) and had_ears and not begun:
            return  # nobody was speaking: they need not know
        if had_ears or self._told_failure != error.code:
            self._told_failure = None if had_ears else error.code
            await self._speaker.fail(error)

    async def _leave(self) -> None:
        ears, self._ears = self._ears, None
        place, self._place = self._place, None
        try:
            if ears is not None:
                await ears.close()
        except Exception as error:
            log.error("listening: %s", describe_error(error))
        finally:
            if place is not None:
                place.give_back()
