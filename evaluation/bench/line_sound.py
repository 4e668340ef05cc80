"""How faithfully does the line carry sound? One real SIP call; part of `make bench`.

A softphone and the other end of the line play known speech at the same time through our Asterisk, and both keep what they
hear. What is measured is all between: µ-law, the jitter buffer, Asterisk. No ear, no dialogue and no voice is in the way.
"""

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from websockets.sync.server import ServerConnection, serve

from evaluation.telephone.exchange import running_asterisk, telephone_settings
from evaluation.telephone.softphone import Softphone, pcm_of

Sound = NDArray[np.float64]
LINE_HZ = 8000
LISTEN_SECONDS = 2.0
"""So much longer than what is played, because the line is late."""
LOUD = 300
"""Of 32,768: pieces that are quieter on average hold no speech."""
MESSAGE_BYTES = LINE_HZ


@dataclass
class OurEnd:
    """Plays `speech` to whoever calls, in the messages of chan_websocket, and keeps what they send."""

    speech: bytes
    heard: bytearray = field(default_factory=bytearray)

    def talk(self, socket: ServerConnection) -> None:
        for message in socket:
            if isinstance(message, bytes):
                self.heard += message
            elif json.loads(message)["event"] == "MEDIA_START":
                socket.send(json.dumps({"command": "START_MEDIA_BUFFERING"}))
                for begin in range(0, len(self.speech), MESSAGE_BYTES):
                    socket.send(self.speech[begin : begin + MESSAGE_BYTES])
                socket.send(json.dumps({"command": "STOP_MEDIA_BUFFERING"}))

    @contextmanager
    def listening(self, port: int) -> Iterator[None]:
        with serve(self.talk, "127.0.0.1", port, subprotocols=["media"]) as server:  # type: ignore[list-item]
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join(10)


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


def measure(speech: Path) -> dict[str, Any]:
    """`speech`: a WAV file at 8 kHz, 16 bits."""
    pcm = pcm_of(speech)
    with tempfile.TemporaryDirectory() as folder:
        settings = telephone_settings(Path(folder))
        ours = OurEnd(pcm)
        with (
            ours.listening(settings.port),
            running_asterisk(settings),
            Softphone("13900019999", Path(folder)) as caller,
        ):
            caller.call(f"sip:linyu@127.0.0.1:{settings.sip_port}")
            caller.wait_for(lambda event: event["event"] == "media")
            caller.play(speech)
            time.sleep(len(pcm) / 2 / LINE_HZ + LISTEN_SECONDS)
            caller.hang_up()
            caller.close()
            at_the_ear = pcm_of(caller.recording)
    both = {"to the caller": at_the_ear, "from the caller": bytes(ours.heard)}
    return {way: _summary(snr_db(_samples(pcm), _samples(heard))) for way, heard in both.items()}


def _samples(pcm: bytes) -> Sound:
    return np.frombuffer(pcm, np.int16).astype(np.float64)


def _summary(seconds: list[float]) -> dict[str, float]:
    if not seconds:
        return {"seconds": 0}
    return {
        "median_db": round(float(np.median(seconds)), 1),
        "worst_db": round(min(seconds), 1),
        "seconds": len(seconds),
    }
