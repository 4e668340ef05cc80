"""How faithfully does the line carry sound? One real SIP call; part of `make bench`.

A softphone and our own end of the line play known speech at the same time through a real Asterisk, and both keep what
they hear. What is measured is all between: µ-law, the jitter buffer, Asterisk, and how we pace what we send. No ear, no
dialogue and no voice is in the way.
"""

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import uvicorn
from fastapi import FastAPI, WebSocket
from numpy.typing import NDArray

from api.telephone.line import LINE_HZ, CallAudio, CallStarted, PlayAudio
from api.telephone.mouth import TICK_SECONDS
from api.telephone.playout import Playout
from api.telephone.websocket_line import AsteriskLine
from bot import state_folder
from bot.outbound.ari import Ari
from bot.settings import Settings
from evaluation.telephone.exchange import running_asterisk, telephone_settings
from evaluation.telephone.softphone import Softphone

Sound = NDArray[np.float64]
LISTEN_SECONDS = 2.0
"""So much longer than what is played, because the line is late."""
LOUD = 300
"""Of 32,768: pieces that are quieter on average hold no speech."""


@dataclass
class OurEnd:
    """Plays `speech` to whoever calls, and keeps what they send."""

    settings: Settings
    speech: bytes
    heard: bytearray = field(default_factory=bytearray)

    def app(self) -> FastAPI:
        app = FastAPI()
        app.add_api_websocket_route("/telephony/media", self.serve)
        return app

    async def serve(self, socket: WebSocket) -> None:
        await socket.accept("media")
        line = AsteriskLine(socket, Ari(self.settings.ari_port, state_folder.telephone_secret(self.settings)))
        playing = None
        async for event in line.events():
            if isinstance(event, CallStarted):
                playing = asyncio.create_task(self._play(line))
            elif isinstance(event, CallAudio):
                self.heard += event.pcm
        if playing:
            playing.cancel()

    async def _play(self, line: AsteriskLine) -> None:
        playout = Playout(line.lead_seconds)
        playout.add(self.speech)
        last = time.monotonic()
        while True:
            now = time.monotonic()
            if pcm := playout.advance(now - last):
                await line.do(PlayAudio(pcm))
            last = now
            await asyncio.sleep(TICK_SECONDS)


def snr_db(sent: Sound, heard: Sound, piece: int = LINE_HZ) -> list[float]:
    """Signal to noise of each second of `sent` that holds speech, in dB, as it is found in `heard`.

    Each piece is looked for by correlation and scaled by least squares, so that neither a delay nor a volume counts as
    noise; everything else does: 10 log10(Σ(g s)² / Σ(h - g s)²).
    """
    found = []
    for begin in range(0, sent.size - piece + 1, piece):
        one = sent[begin : begin + piece]
        if np.sqrt((one**2).mean()) < LOUD or heard.size < piece:
            continue
        at = int(np.argmax(np.correlate(heard, one, "valid")))
        other = heard[at : at + piece]
        gain = float(other @ one) / float(one @ one)
        noise = float(((other - gain * one) ** 2).sum()) or 1e-9
        found.append(10 * float(np.log10(max(gain**2 * float((one**2).sum()), 1e-9) / noise)))
    return found


@contextmanager
def serving(app: FastAPI, port: int) -> Iterator[None]:
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", ws_ping_interval=None)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def measure(speech: Path) -> dict[str, Any]:
    """`speech`: a WAV file at 8 kHz, 16 bits."""
    pcm, _ = soundfile.read(speech, dtype="int16")
    with tempfile.TemporaryDirectory() as folder:
        settings = telephone_settings(Path(folder))
        ours = OurEnd(settings, pcm.tobytes())
        with (
            serving(ours.app(), settings.port),
            running_asterisk(settings),
            Softphone("13900019999", Path(folder)) as caller,
        ):
            caller.call(f"sip:linyu@127.0.0.1:{settings.sip_port}")
            caller.wait_for(lambda event: event["event"] == "media")
            caller.play(speech)
            time.sleep(pcm.size / LINE_HZ + LISTEN_SECONDS)
            caller.hang_up()
            caller.close()
            at_the_ear, _ = soundfile.read(caller.recording, dtype="int16")
    sent = pcm.astype(np.float64)
    both = {"to the caller": at_the_ear, "from the caller": np.frombuffer(bytes(ours.heard), np.int16)}
    return {way: _summary(snr_db(sent, heard.astype(np.float64))) for way, heard in both.items()}


def _summary(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {"seconds": 0}
    return {
        "median_db": round(float(np.median(seconds)), 1),
        "worst_db": round(min(seconds), 1),
        "seconds": len(seconds),
    }
