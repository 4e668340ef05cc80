"""What somebody who was just answered may want to know next: questions that other pages of the same topic, or of the
same section of the plan, answer."""

import threading
from collections.abc import Sequence

from bot.services.pages.knowledge import Page
from bot.services.pages.live_pages import live_pages
from bot.store.knowledge import queries as page_queries
from bot.store.store import Store
from bot.turns import Reply

MOST = 3


class NextQuestions:
    """Reads the pages once for each edition."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reading = threading.Lock()
        self._edition: tuple[int, str] | None = None
        self._pages: list[Page] = []

    def after(self, replies: Sequence[Reply], told: Sequence[Reply], language: str) -> list[str]:
        """At most three, none of a page that was told already (`told`); empty after what no page answers."""
        pages = self._current()
        now, before = _titles(replies), _titles(told)
        last = next((page for page in pages if page.title[language] in now), None)
        if last is None:
            return []
        section = set(last.sections)
        near = [
            page
            for page in pages
            if page.answers_it and page.id != last.id and (page.topic == last.topic or section & set(page.sections))
        ]
        near.sort(key=lambda page: (page.topic != last.topic, not section & set(page.sections)))
        fresh = [page for page in near if page.title[language] not in before and page.questions[language]]
        return [page.questions[language][0] for page in fresh[:MOST]]

    def _current(self) -> list[Page]:
        with self._reading, self._store.reading() as unit:
            edition = page_queries.edition(unit)
            if edition != self._edition:
                self._edition, self._pages = edition, live_pages(unit)
            return self._pages


def _titles(replies: Sequence[Reply]) -> set[str]:
    return {source.title for reply in replies for source in reply.sources}
