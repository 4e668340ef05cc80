"""The knowledge that residents are told from, following the live versions without a restart."""

import threading
from collections.abc import Callable
from pathlib import Path

from bot.services.pages.knowledge import Knowledge
from bot.services.pages.live_pages import SEED, live_pages
from bot.services.pages.vectors import Encoder
from bot.store.knowledge import queries as page_queries
from bot.store.store import Store

CHECK_SECONDS = 5.0
"""How often, at the most, we look whether another version has gone live."""


class LiveKnowledge:
    """Safe to share between threads. A new edition is built beside the old one, which answers in the meantime."""

    def __init__(
        self,
        store: Store,
        *,
        encoder: Encoder | None,
        cache: Path | None,
        clock: Callable[[], float],
        seed: Path = SEED,
    ) -> None:
        self._store, self._encoder, self._cache, self._clock, self._seed = store, encoder, cache, clock, seed
        self._building = threading.Lock()
        self._looked = clock()
        self._edition, self._knowledge = self._build()

    def current(self) -> Knowledge:
        """At most CHECK_SECONDS and one building (seconds) behind what is live."""
        if self._clock() - self._looked >= CHECK_SECONDS and self._building.acquire(blocking=False):
            self._looked = self._clock()
            threading.Thread(target=self._follow, daemon=True).start()
        return self._knowledge

    def _follow(self) -> None:
        try:
            self._follow_now()
        finally:
            self._building.release()

    def _follow_now(self) -> None:
        with self._store.reading() as unit:
            edition = page_queries.edition(unit)
        if edition != self._edition:
            built, knowledge = self._build()
            if self._knowledge.has_learnt_fits:
                knowledge.learn_fits()
            self._edition, self._knowledge = built, knowledge

    def _build(self) -> tuple[tuple[int, str], Knowledge]:
        with self._store.reading() as unit:
            edition, pages = page_queries.edition(unit), live_pages(unit, self._seed)
        return edition, Knowledge(pages, self._encoder, self._cache)
