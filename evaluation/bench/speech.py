"""How soon does the voice answer? One resident speaks over the web page's own socket; part of `make bench`.

Measured from the moment the turn is decided to be over (the button is let go) to the first sound of the reply.
"""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any

import httpx
import websockets

CHUNK_SECONDS = 0.04
FIXED = ("到二零二五年养老床位有多少", "助餐点有几个", "你是机器人吗", "投诉多久给答复", "你能做什么")
"""Their answers are the same for everyone, so that their speech is kept."""
PERSONAL = ("我想订明天中午的助餐", "我想订后天晚上的助餐", "我想订三天后中午的助餐", "帮我约四天后的助浴", "东风社区的路灯坏了")
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
            await socket.send(json.dumps({"type": "stop"}))
            return await self._listen(socket, interrupt=interrupt)

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
