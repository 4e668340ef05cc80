"""Voice processes as the application uses them (process_client.py): a text in, its sound out."""

from pathlib import Path

import numpy as np
from wyoming.audio import AudioStop

from bot.errors import SpeechError, VoiceFailed
from bot.speech.audio.loudness import Sound
from bot.speech.process_client import Connection, SpeechProcess, SpeechProcesses
from bot.speech.tts import voice_messages as messages

OPEN_SECONDS = 5.0
SILENCE_SECONDS = 6.0
"""A voice process says every second that it works; one that says nothing for so long is stuck."""
RESTART_SECONDS = 15.0
"""Loading the natural voice takes some seconds."""
TRIES = 3
"""A process may die, and its follower be lost while it comes up."""
REFUSALS = 2
"""A text that no process can speak is not asked for again."""


class VoiceProcesses(SpeechProcesses):
    """Those with the same engine."""

    def __init__(self, folder: Path, count: int = 1, restart_seconds: float = RESTART_SECONDS) -> None:
        super().__init__(folder, count, restart_seconds)

    async def render(self, text: str, voice: str, rate: int) -> tuple[Sound, int]:
        """The sound and its rate; `rate` is in words a minute.

        A process that died, got stuck or made nothing is asked again, or another one in its place; one that is being
        started anew is waited for. Raises VoiceFailed.
        """
        asked = messages.request(text, voice, rate)
        refusals = 0
        for _ in range(TRIES):
            connection = await self._connection()
            try:
                told = await connection.ask([asked], until=AudioStop.is_type, silence_seconds=SILENCE_SECONDS)
            except VoiceFailed:
                if connection.stuck:
                    connection.end_process()
                refusals += connection.refused
                if refusals == REFUSALS:
                    break
            else:
                pcm, rate_hz = messages.sound_of(told)
                return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768), rate_hz
            finally:
                await connection.close()
        raise VoiceFailed("failed each time")

    async def _connection(self) -> Connection:
        try:
            return await self.reach(_connected, VoiceFailed)
        except SpeechError as nobody:
            raise VoiceFailed("no voice process answers") from nobody


async def _connected(process: SpeechProcess) -> Connection:
    connection = Connection(process, VoiceFailed)
    await connection.open(OPEN_SECONDS)
    return connection
