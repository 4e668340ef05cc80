"""What our Asterisk knows beside the sound of a call: who has put us on hold, who hung up while a person was rung."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, Protocol

from api.http.error_description import describe_error
from api.telephone.providers.asterisk_websocket import number_of
from bot.errors import AssistantError, TelephoneUnavailable

log = logging.getLogger(__name__)
AGAIN_SECONDS = 1.0
"""After Asterisk was not there."""


class Events(Protocol):
    def listen(self) -> AsyncGenerator[dict[str, Any]]:
        """Until the connection ends. Raises TelephoneUnavailable."""


Left = Callable[[str, str | None], Awaitable[None]]
"""Told the provider's name of a call, and its number, when the caller hung up while a person was rung."""


class Exchange:
    """`held` holds the provider's names of the calls that are on hold."""

    def __init__(self) -> None:
        self.held: set[str] = set()

    async def follow(self, events: Events, left: Left) -> None:
        """For ever: while Asterisk is away, nothing is known and everything else goes on."""
        while True:
            with contextlib.suppress(TelephoneUnavailable):
                async with aclosing(events.listen()) as told_us:
                    async for event in told_us:
                        await self._take(event, left)
            await asyncio.sleep(AGAIN_SECONDS)

    async def _take(self, event: dict[str, Any], left: Left) -> None:
        channel = event.get("channel") or {}
        match event.get("type"):
            case "Connected":  # an Asterisk that was restarted has lost its calls
                self.held.clear()
            case "ChannelHold":
                self.held.add(str(channel.get("id", "")))
            case "ChannelUnhold" | "ChannelDestroyed":
                self.held.discard(str(channel.get("id", "")))
            case "ChannelUserevent" if event.get("eventname") == "LinyuLeft":
                about = event.get("userevent") or {}
                try:
                    await left(str(about.get("call", "")), number_of(str(about.get("caller", ""))))
                except AssistantError as error:
                    log.warning("a caller who hung up while it rang was not noted: %s", error.code)
                except Exception as error:  # the other events still matter
                    log.error("a caller who hung up while it rang was not noted: %s", describe_error(error))
