"""What our Asterisk tells about its calls, as it happens (ARI's events over a websocket)."""

import base64
import json
from collections.abc import AsyncGenerator
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from bot.errors import TelephoneUnavailable

OURS = "linyu"
"""Name of the application, and of the user, that Asterisk knows us by."""
WANTED = ("ChannelHold", "ChannelUnhold", "ChannelDestroyed", "ChannelUserevent")
LONGEST_EVENT = 256 * 1024


class AriEvents:
    def __init__(self, port: int, secret: str) -> None:
        self._base = f"127.0.0.1:{port}/ari"
        self._secret = secret

    async def listen(self) -> AsyncGenerator[dict[str, Any]]:
        """Events of all channels, of the kinds in WANTED, until the connection ends. Raises TelephoneUnavailable."""
        shown = base64.b64encode(f"{OURS}:{self._secret}".encode()).decode()
        address = f"ws://{self._base}/events?app={OURS}&subscribeAll=true"
        headers = {"Authorization": f"Basic {shown}"}
        try:
            async with connect(address, additional_headers=headers, proxy=None, max_size=LONGEST_EVENT) as socket:
                await self._ask_for(WANTED)
                yield {"type": "Connected"}
                async for message in socket:
                    event = json.loads(message)
                    if isinstance(event, dict) and event.get("type") in WANTED:
                        yield event
        except (OSError, TimeoutError, ValueError, WebSocketException, httpx.HTTPError) as error:
            raise TelephoneUnavailable(type(error).__name__) from None

    async def _ask_for(self, kinds: tuple[str, ...]) -> None:
        """The others are not sent."""
        allowed = {"allowed": [{"type": kind} for kind in kinds]}
        async with httpx.AsyncClient(auth=(OURS, self._secret), timeout=5) as client:
            answer = await client.put(f"http://{self._base}/applications/{OURS}/eventFilter", json=allowed)
            answer.raise_for_status()
