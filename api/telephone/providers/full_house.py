"""All places are taken, and no person answered either: whoever calls hears words, not a tone, and then the call ends.

Our own Asterisk plays a recording of them without us; this is for providers that bring the call to us a second time.
"""

import asyncio
import contextlib
import time

from api.parts import Parts
from api.telephone.line import CallEnded, CallLine
from api.telephone.line_output import LineOutput
from api.voice.playback import Playback
from bot.dialogue.call import flow
from bot.errors import TelephoneUnavailable
from bot.speech.interface import Manner
from bot.wiring import LANGUAGES

TICK_SECONDS = 0.02
MOST_SECONDS = 45.0
"""The words take 20; a voice that is busy is waited for a little."""


async def tell_and_end(parts: Parts, line: CallLine) -> None:
    """It hears nothing, so it takes no place."""
    telling = [asyncio.create_task(one) for one in (_tell(parts, line), _until_hung_up(line))]
    try:
        await asyncio.wait(telling, timeout=MOST_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in telling:
            one.cancel()
        await asyncio.gather(*telling, return_exceptions=True)
    with contextlib.suppress(TelephoneUnavailable, TimeoutError):
        async with asyncio.timeout(MOST_SECONDS):
            await line.hang_up()


async def _tell(parts: Parts, line: CallLine) -> None:
    output = LineOutput(line.do, line.lead_seconds)
    playback = Playback(parts.speech, output)
    manner = Manner("zh", parts.settings.voice_gender, flow.ELDER_RATE)
    try:
        await playback.say([parts.words.reply("utter_phone_no_person", language) for language in LANGUAGES], manner)
        before = time.monotonic()
        while playback.speaking:
            await asyncio.sleep(TICK_SECONDS)
            now = time.monotonic()
            await output.tick(now - before, more_to_come=playback.rendering)
            before = now
    finally:
        await playback.be_quiet()


async def _until_hung_up(line: CallLine) -> None:
    async for event in line.events():
        if isinstance(event, CallEnded):
            return
