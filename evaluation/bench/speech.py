"""How soon does the voice answer? One resident speaks over the web page's own socket; part of `make bench`.

Measured from the moment the turn is decided to be over (the button is let go) to the first sound of the reply.
"""

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import websockets
from rich.table import Table

from bot.settings import ROOT
from bot.speech.interface import EARS_HZ
from evaluation.hearing.callers import Callers

CHUNK_SECONDS = 0.04
FIXED = ("到二零二五年养老床位有多少", "助餐点有几个", "你是机器人吗", "投诉多久给答复", "你能做什么")
"""Their answers are the same for everyone, so that their speech is kept."""
PERSONAL = (
    "我想订明天中午的助餐",
    "我想订后天晚上的助餐",
    "我想订三天后中午的助餐",
    "帮我约四天后的助浴",
    "东风社区的路灯坏了",
)
"""Their answers hold the resident's own day or place, so that part of the speech is rendered anew."""


@dataclass(frozen=True)
class Spoken:
    """Seconds after the end of the turn, or after the interruption."""

    words: float
    """Until the reply was there to read."""
    sound: float
    """Until its first audio arrived."""
    silence: float | None = None
    """From `interrupt` to `speech_end`."""


class Speaker:
    """A resident at the socket."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def say(self, pcm: bytes, rate_hz: int, *, interrupt: bool = False) -> Spoken:
        """One utterance in a fresh conversation, at the speed of speech."""
        async with self._begun(pcm, rate_hz) as socket:
            await socket.send(json.dumps({"type": "stop"}))
            return await self._listen(socket, interrupt=interrupt)

    async def break_off(self, pcm: bytes, rate_hz: int, share: float) -> None:
        """Say so much of it, from 0 to 1, and be gone without a word."""
        async with self._begun(pcm[: int(len(pcm) * share) // 2 * 2], rate_hz) as socket:
            socket.transport.abort()

    @asynccontextmanager
    async def _begun(self, pcm: bytes, rate_hz: int) -> AsyncIterator[Any]:
        """The socket of a fresh conversation; all this has been said, and the turn is not over."""
        async with httpx.AsyncClient(base_url=self.url, timeout=30) as http:
            opened = (await http.post("/api/v1/conversations", json={"channel": "web", "language": "zh"})).json()
            path = f"/api/v1/conversations/{opened['conversation_id']}"
            ticket = await http.post(f"{path}/ticket", headers={"Authorization": f"Bearer {opened['token']}"})
        address = f"{self.url.replace('http', 'ws', 1)}{path}/stream?ticket={ticket.json()['ticket']}"
        async with websockets.connect(address, max_size=None) as socket:
            await socket.send(json.dumps({"type": "start", "rate": rate_hz, "language": "zh", "speak": True}))
            step = int(rate_hz * CHUNK_SECONDS) * 2
            for at in range(0, len(pcm), step):
                await socket.send(pcm[at : at + step])
                await asyncio.sleep(CHUNK_SECONDS)
            yield socket

    async def _listen(self, socket: Any, *, interrupt: bool) -> Spoken:
        stopped, words, sound, interrupted = time.perf_counter(), 0.0, 0.0, 0.0
        async with asyncio.timeout(60):
            async for message in socket:
                now = time.perf_counter()
                if isinstance(message, bytes):
                    sound = sound or now - stopped
                    if interrupt and not interrupted:
                        await socket.send(json.dumps({"type": "interrupt"}))
                        interrupted = now
                    continue
                event = json.loads(message)
                if event["type"] == "turn":
                    words = now - stopped
                elif event["type"] == "error":
                    raise RuntimeError(event["code"])
                elif event["type"] == "speech_end":
                    return Spoken(words, sound, now - interrupted if interrupted else None)
        raise RuntimeError("the socket was closed before the reply ended")


async def measure(url: str) -> dict[str, dict[str, float]]:
    """Milliseconds at the middle and at the 95th percentile. Fixed answers are heard once before they are measured."""
    resident, callers = Speaker(url), Callers(ROOT / "evaluation" / "results" / "callers")
    sounds: dict[str, bytes] = {}
    for number, text in enumerate((*FIXED, *PERSONAL)):
        _, sounds[text] = await asyncio.to_thread(callers.say, text, "zh", number)
    for text in FIXED:
        await resident.say(sounds[text], EARS_HZ)
    fixed = [await resident.say(sounds[text], EARS_HZ) for text in FIXED * 4]
    personal = [await resident.say(sounds[text], EARS_HZ) for text in PERSONAL * 2]
    stopped = [await resident.say(sounds[text], EARS_HZ, interrupt=True) for text in FIXED]
    return {
        "words of a fixed answer": _cuts([one.words for one in fixed]),
        "first sound of a fixed answer": _cuts([one.sound for one in fixed]),
        "words of a personal answer": _cuts([one.words for one in personal]),
        "first sound of a personal answer": _cuts([one.sound for one in personal]),
        "silence after an interruption": _cuts([one.silence for one in stopped if one.silence is not None]),
    }


def _cuts(seconds: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return {"p50_ms": round(statistics.median(seconds) * 1000), "p95_ms": round(cuts[18] * 1000), "times": len(seconds)}


def table(rows: dict[str, dict[str, float]]) -> Table:
    shown = Table(title="after the end of a spoken turn")
    for column in ("", "p50 ms", "p95 ms", "times"):
        shown.add_column(column)
    for name, row in rows.items():
        shown.add_row(name, *(str(value) for value in row.values()))
    return shown
