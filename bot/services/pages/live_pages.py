"""What residents are told now: the pages of data/knowledge, with the versions that staff have put live over them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.services.pages.knowledge import Page, parse_page, read_page
from bot.store.knowledge import queries as page_queries
from bot.store.store import UnitOfWork

SEED = Path(__file__).resolve().parents[3] / "data" / "knowledge"


def live_pages(unit: UnitOfWork, seed: Path = SEED, *, read: Sequence[Page] | None = None) -> list[Page]:
    """What residents are told: the files, with the live versions over them.

    Whoever writes gives the pages of the files in `read`: reading them takes longer than residents may wait for a lock.
    """
    pages = {page.id: page for page in (seed_pages(seed) if read is None else read)}
    for row in page_queries.in_states(unit, "live"):
        if row.withdrawn:
            pages.pop(row.page_id, None)
        else:
            page = parse_page(row.content, row.page_id)
            # Staff who wrote a page of their own before it could be marked wrote an answer.
            unmarked = not page.sections and row.page_id not in pages and "\nlocal: " not in row.content
            pages[row.page_id] = replace(page, local=True) if unmarked else page
    return [pages[page_id] for page_id in sorted(pages)]


def seed_pages(seed: Path = SEED) -> list[Page]:
    return [read_page(path) for path in sorted(seed.glob("*.md"))]
