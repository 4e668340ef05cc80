"""The telephone as part of the application: what is put in order at its start, and what it listens to beside the calls."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.parts import Parts
from bot import state_folder
from bot.errors import StoreUnavailable
from bot.outbound.ari_events import AriEvents
from bot.services.conversations import calls

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_telephone(parts: Parts) -> AsyncIterator[None]:
    """Calls that the process before us left open are closed; then our Asterisk is listened to, if there is one."""
    with contextlib.suppress(StoreUnavailable):  # at the next start, then
        if closed := await parts.in_store(calls.close_open_calls, parts.clock(), parts.settings.server_name):
            log.warning("%d calls were open when the application ended", closed)
    if parts.settings.telephone != "asterisk":
        yield
        return

    async def left(provider_call: str, caller: str | None) -> None:
        await parts.in_store(calls.caller_left, "asterisk", provider_call, caller, parts.clock())

    events = AriEvents(parts.settings.ari_port, state_folder.telephone_secret(parts.settings))
    following = asyncio.create_task(parts.exchange.follow(events, left))
    try:
        yield
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
