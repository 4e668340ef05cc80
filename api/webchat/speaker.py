"""Speaks replies into a stream: piece by piece as they are rendered, silent at once when told."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing

from api.speech_parts import SpeechParts
from api.webchat.outlet import Outlet
from api.webchat.spoken_turns import speak
from bot.errors import SpeechError
from bot.speech.interface import Manner
from bot.turns import Reply

SPEECH_HZ = 24000


class Speaker:
    """One voice of one conversation: what is said next ends what is being said."""

    def __init__(self, speech: SpeechParts, outlet: Outlet, clock: Callable[[], float]) -> None:
        self._speech, self._outlet, self._clock = speech, outlet, clock
        self._wanted = asyncio.Event()
        """Of the present speech; cleared when nobody wants to hear it any more."""
        self._turn_id = ""
        self._task: asyncio.Task[None] | None = None
        self._heard_until = 0.0

    def audible(self) -> bool:
        """Is something being spoken, or, as far as we can tell, still being played?"""
        return self._is_speaking() or self._clock() < self._heard_until

    async def say(self, turn_id: str, replies: Sequence[Reply], manner: Manner) -> None:
        """Begin to speak. `turn_id` is empty for words outside any turn."""
        await self.be_quiet()
        self._wanted, self._turn_id = asyncio.Event(), turn_id
        self._wanted.set()
        self._task = asyncio.create_task(self._say(turn_id, replies, manner, self._wanted))

    async def be_quiet(self) -> None:
        """Stop at once; nothing of the old speech follows."""
        self._heard_until = min(self._heard_until, self._clock())
        task, self._task = self._task, None
        if task is None or task.done():
            return
        self._wanted.clear()
        task.cancel()
        await self._outlet.emit("speech_end", turn_id=self._turn_id, interrupted=True)

    def _is_speaking(self) -> bool:
        return self._task is not None and not self._task.done()

    async def _say(self, turn_id: str, replies: Sequence[Reply], manner: Manner, wanted: asyncio.Event) -> None:
        await self._outlet.emit("speech_start", turn_id=turn_id, rate=SPEECH_HZ)
        index = 0
        try:
            async with aclosing(speak(self._speech.voice(), replies, manner, SPEECH_HZ)) as phrases:
                async for phrase in phrases:
                    about = {"turn_id": turn_id, "index": index, "text": phrase.text}
                    await self._outlet.phrase(about, phrase.audio, wanted)
                    index += 1
                    seconds = len(phrase.audio) / 2 / SPEECH_HZ
                    self._heard_until = max(self._heard_until, self._clock()) + seconds
        except SpeechError as error:
            await self._outlet.fail(error)
        if wanted.is_set():
            self._task = None
            await self._outlet.emit("speech_end", turn_id=turn_id, interrupted=False)
