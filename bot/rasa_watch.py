"""Looks after one Rasa among several: `python -m bot.rasa_watch`.

When another model is activated or rolled back, each Rasa starts anew with it, one after the other, so that the rest answer meanwhile.
"""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from redis import Redis
from redis.exceptions import LockError, RedisError

from bot import state_folder
from bot.errors import StoreUnavailable
from bot.services.learning import trained_models
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store

log = logging.getLogger(__name__)
LOOK_SECONDS = 5.0
START_SECONDS = 180.0
"""So long a Rasa may take to start; then the next one has its turn."""
REDIS_SECONDS = 2.0
TURN = "linyu:rasa:starts-anew"


class RasaWatch:
    def __init__(self, settings: Settings, store: Store, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings, self._store, self._sleep = settings, store, sleep
        self._own = httpx.Client(
            base_url=f"http://{self._own_host}:{settings.rasa_port}/webhooks/linyu",
            headers={"Authorization": f"Bearer {state_folder.token(settings)}"},
            timeout=5,
        )
        self._known = self._active("")

    def look(self) -> bool:
        """Starts the Rasa of this host anew where another model is in force by now; True when it did."""
        active = self._active(self._known)
        if active == self._known:
            return False
        with self._turn():
            try:
                self._own.post("/restart")
            except httpx.HTTPError as error:  # it is just starting: then it takes the model in force
                log.warning("Rasa could not be asked to start anew: %s", type(error).__name__)
            else:
                self._await(lambda: not self._is_ready())
            self._await(self._is_ready)
        self._known = active
        return True

    def close(self) -> None:
        self._own.close()

    @property
    def _own_host(self) -> str:
        return "127.0.0.1" if self._settings.inner_host in ("0.0.0.0", "::") else self._settings.inner_host  # noqa: S104

    def _active(self, otherwise: str) -> str:
        try:
            return trained_models.active_id(self._store) or ""
        except StoreUnavailable:
            return otherwise

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Of all Rasas this one only. While Redis does not answer nobody waits for it."""
        with Redis.from_url(
            self._settings.redis_url, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
        ) as redis:
            lock = redis.lock(TURN, timeout=2 * START_SECONDS)
            try:
                lock.acquire()
            except RedisError as error:
                log.warning("Redis does not answer, a Rasa starts anew without waiting: %s", type(error).__name__)
            try:
                yield
            finally:
                with contextlib.suppress(RedisError, LockError):
                    lock.release()

    def _is_ready(self) -> bool:
        try:
            return self._own.get("/ready").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def _await(self, come: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not come() and time.monotonic() < deadline:
            self._sleep(0.2)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    settings = Settings()
    watch = RasaWatch(settings, Store(settings.database, DataKeys(state_folder.data_keys(settings))))
    while True:
        time.sleep(LOOK_SECONDS)
        watch.look()


if __name__ == "__main__":
    main()
