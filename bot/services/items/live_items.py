"""The catalogue that residents are told from: the files, with what staff have written since, without a restart."""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.services.items.items import Catalogue, Item
from bot.store.items import queries
from bot.store.store import Store, UnitOfWork

CHECK_SECONDS = 5.0
"""How often, at the most, we look whether an item was written."""


class LiveItems:
    """Safe to share between threads."""

    def __init__(self, store: Store, files: list[Item], clock: Callable[[], float]) -> None:
        self._store, self._files, self._clock = store, files, clock
        self._lock = threading.Lock()
        self._looked = clock()
        self._edition: tuple[int, datetime | None] = (0, None)
        self._catalogue = Catalogue(files)
        self._follow()

    def current(self) -> Catalogue:
        """At most CHECK_SECONDS behind what was written."""
        with self._lock:
            if self._clock() - self._looked >= CHECK_SECONDS:
                self._follow()
            return self._catalogue

    def _follow(self) -> None:
        self._looked = self._clock()
        with self._store.reading() as unit:
            edition = queries.edition(unit)
            if edition != self._edition:
                self._catalogue = Catalogue(list(merged(unit, self._files).values()))
                self._edition = edition


def merged(unit: UnitOfWork, files: list[Item]) -> dict[str, Item]:
    """By id: those of the files, each in the words of staff where they have written it."""
    written = {row.id: from_json(row.id, row.body) for row in queries.every(unit)}
    return {**{item.id: item for item in files}, **written}


def to_json(item: Item) -> str:
    values = asdict(item)
    del values["id"]
    return json.dumps(values, ensure_ascii=False)


def from_json(item_id: str, body: str) -> Item:
    values: dict[str, Any] = json.loads(body)
    for name in ("papers", "asked"):
        values[name] = {language: tuple(some) for language, some in values[name].items()}
    return Item(id=item_id, **{**values, "sections": tuple(values["sections"])})
