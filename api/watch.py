"""Looks after the database while everything runs: can it be written, is it whole, is its audit, is old data deleted.

Some of it takes seconds, so it is done now and then in the background; readyz tells what was found last.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from api.http.error_description import describe_error
from bot.errors import StoreUnavailable
from bot.services.audit import audit_check
from bot.services.residents import retention
from bot.store.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 20.0
READ_ALL_SECONDS = 60.0
"""Between two readings of the whole file, and longer where one takes long."""
SHARE_OF_TIME = 20
"""No more than one part in so many is spent on reading the whole file."""


class StoreWatch:
    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._whole = self._writable = True
        self._degraded: tuple[str, ...] = ()
        self._read_all_again = 0.0
        self._looking = threading.Lock()

    @property
    def healthy(self) -> bool:
        """The database could be written when we looked last, and nobody has met damage in it."""
        return self._writable and self._whole and not self._store.damage_met

    @property
    def degraded(self) -> tuple[str, ...]:
        """What still works but needs somebody: "audit" has a gap, "retention" has not deleted for two days."""
        return self._degraded

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.look)
            except Exception as error:  # looking must go on
                log.error("the database could not be looked at: %s", describe_error(error))
            await asyncio.sleep(LOOK_SECONDS)

    def look(self) -> None:
        with self._looking:
            self._look()

    def _look(self) -> None:
        self._writable = self._can_be_written()
        began = time.monotonic()
        if began >= self._read_all_again:
            self._whole = self._store.is_whole()
            took = time.monotonic() - began
            self._read_all_again = began + max(READ_ALL_SECONDS, SHARE_OF_TIME * took)
        if not self.healthy:
            log.error("the database is damaged or cannot be written")
            return
        found = []
        if not audit_check.is_sound(self._store):
            found.append("audit")
        if retention.is_late(self._store, self._clock()):
            found.append("retention")
        self._degraded = tuple(found)

    def _can_be_written(self) -> bool:
        try:
            self._store.probe()
        except StoreUnavailable:
            return False
        return True
