"""Speech into a stream of the web page, ahead of time: the page plays it, and falls silent when it is told."""

from collections.abc import Callable

from api.webchat.event_stream import EventStream
from bot.errors import SpeechError
from bot.speech.interface import SpokenPhrase

SPEECH_HZ = 24000


class StreamOutput:
    """See Output in api/voice/playback.py."""

    rate_hz = SPEECH_HZ

    def __init__(self, event_stream: EventStream, clock: Callable[[], float]) -> None:
        self._event_stream, self._clock = event_stream, clock
        self._turn_id, self._index = "", 0
        self._heard_until = 0.0

    async def begin(self, name: str) -> None:
        self._turn_id, self._index = name, 0
        await self._event_stream.emit("speech_start", turn_id=name, rate=SPEECH_HZ)

    async def add(self, phrase: SpokenPhrase) -> None:
        about = {"turn_id": self._turn_id, "index": self._index, "text": phrase.text}
        self._index += 1
        await self._event_stream.phrase(about, phrase.audio)
        seconds = len(phrase.audio) / 2 / SPEECH_HZ
        self._heard_until = max(self._heard_until, self._clock()) + seconds

    def add_again(self, pcm: bytes) -> None:
        """Nothing is kept here."""

    def stop(self) -> bytes:
        self._heard_until = min(self._heard_until, self._clock())
        return b""

    async def end(self, name: str, *, interrupted: bool) -> None:
        await self._event_stream.emit("speech_end", turn_id=name, interrupted=interrupted)

    async def fail(self, error: SpeechError) -> None:
        await self._event_stream.fail(error)

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._heard_until - self._clock())

    async def played(self) -> None:
        """The page tells nothing."""
