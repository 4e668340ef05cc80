"""An ear process: Vosk and the voice activity detector for many speakers (process_server.py)."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

from wyoming.asr import Transcribe
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.info import AsrModel, AsrProgram, Attribution, Describe, Info

from bot.errors import BadAudio, SpeechError
from bot.speech import process_server
from bot.speech.process_server import SAMPLE_BYTES, ProcessHandler, language_of
from bot.speech.stt import ear_messages as messages
from bot.speech.stt.ears import Ears, Final
from bot.speech.stt.hearing import OwnedEars

ALPHA_CEPHEI = Attribution("Alpha Cephei", "https://alphacephei.com/vosk/")


def serve(ears: Ears, path: Path) -> None:
    """Until told to stop."""
    asyncio.run(process_server.serve(partial(EarHandler, ears), path))


class EarHandler(ProcessHandler):
    """One client, who is one speaker."""

    def __init__(self, ears: Ears, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(reader, writer)
        self._ears = ears
        self._asked = Transcribe()
        self._session: OwnedEars | None = None

    async def disconnect(self) -> None:
        """Also when the client goes in mid-sentence: the session's own thread closes it when it is done."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def take(self, event: Event) -> None:
        if AudioChunk.is_type(event.type):
            for told in await self._opened().accept(event.payload or b""):
                if self._is_ours or isinstance(told, Final):
                    await self.write_event(messages.event_out(told))
            if self._is_ours:
                await self.write_event(Event(messages.TAKEN))
        elif event.type == messages.AWAITING:
            await self._opened().awaiting(event.data.get("awaiting"), language_of(event.data.get("language")))
        elif event.type == messages.WE_SPEAK:
            await self._opened().we_speak(bool(event.data.get("now")))
        elif AudioStop.is_type(event.type):
            await self.write_event(messages.transcript(await self._opened().finish()))
        elif Transcribe.is_type(event.type):
            self._asked = Transcribe.from_event(event)
        elif AudioStart.is_type(event.type):
            await self._start(AudioStart.from_event(event))
        elif Describe.is_type(event.type):
            await self.write_event(_about_us().event())

    async def _start(self, start: AudioStart) -> None:
        if start.width != SAMPLE_BYTES or start.channels != 1:
            raise BadAudio("not 16-bit mono")
        await self.disconnect()
        how: dict[str, Any] = self._asked.context or {}
        language, awaiting = language_of(self._asked.language), how.get("awaiting")
        if how.get("whole_file"):
            open_session = partial(self._ears.listen_to_file, start.rate, language, awaiting)
        else:
            hands_free = bool(how.get("hands_free"))
            open_session = partial(self._ears.listen, start.rate, language, awaiting, hands_free=hands_free)
        self._session = await OwnedEars(open_session, in_background=bool(how.get("whole_file"))).open()
        if self._is_ours:
            await self.write_event(Event(messages.LISTENING))

    @property
    def _is_ours(self) -> bool:
        """Others who speak Wyoming do not know our events."""
        return self._asked.context is not None

    def _opened(self) -> OwnedEars:
        if self._session is None:
            raise SpeechError("no audio-start")
        return self._session


def _about_us() -> Info:
    about: dict[str, Any] = {"attribution": ALPHA_CEPHEI, "installed": True, "version": None}
    models = [AsrModel(name=f"small-{one}", description="Vosk", languages=[one], **about) for one in ("zh", "en")]
    return Info(asr=[AsrProgram(name="linyu-ears", description="Ears of Linyu", models=models, **about)])
