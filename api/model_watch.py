"""Reads with the model in force, also when it was activated in another application."""

import asyncio
import logging

from api.http.error_description import describe_error
from api.parts import Parts
from bot import wiring
from bot.services.learning import trained_models

log = logging.getLogger(__name__)
LOOK_SECONDS = 5.0


async def follow(parts: Parts, look_seconds: float = LOOK_SECONDS) -> None:
    """Until cancelled. `restart` of the console does the same at once where the model is activated."""
    known = await _active(parts)
    while True:
        await asyncio.sleep(look_seconds)
        active = await _active(parts)
        if active != known:
            try:
                parts.dialogue.read_with(*await parts.in_store(wiring.readers_in_force, parts.settings))
                known = active
            except Exception as error:  # with those of before, then; looked at again
                log.error("the readers of a model that was activated could not be read: %s", describe_error(error))


async def _active(parts: Parts) -> str | None:
    try:
        return await parts.in_store(trained_models.active_id)
    except Exception:  # the database is away: nothing is known to have changed
        return None
