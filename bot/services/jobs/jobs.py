"""Work that is offered here: found by what somebody wants, with what comes nearest where nothing fits whole."""

from dataclasses import dataclass, replace
from datetime import date

from bot.language.text import normalise
from bot.services.jobs.wish import Wish
from bot.store.jobs import queries
from bot.store.jobs.queries import Filters
from bot.store.jobs.tables import JobPosting
from bot.store.store import Store, UnitOfWork

SHOWN = 9
"""So many are offered at a time: nine can be chosen by a key."""
RELAXED = ("place", "meals", "lodging", "pay_from", "shift", "no_nights")
"""What is given up, in this order, to find what comes nearest."""


@dataclass(frozen=True)
class Posting:
    """What a resident may know of it: the employer's phone is not in it."""

    id: int
    title: str
    trade: str
    employer: str
    pay_from: int | None
    pay_to: int | None
    shift: str
    lodging: bool | None
    meals: bool | None
    place: str
    details: str
    valid_until: date
    example: bool


@dataclass(frozen=True)
class Found:
    postings: tuple[Posting, ...]
    total: int
    given_up: tuple[str, ...] = ()
    """Parts of the wish that had to go; empty where everything fits."""


def search(store: Store, wish: Wish, today: date, *, most: int = SHOWN, skip: int = 0) -> Found:
    """The newest that fit; where none does, those that come nearest, and what was given up for it."""
    with store.reading() as unit:
        given_up: list[str] = []
        filters = _filters(unit, wish)
        total = queries.count(unit, filters, today)
        for name in RELAXED:
            if total:
                break
            if getattr(filters, name):
                given_up.append(name)
                filters = replace(filters, **{name: getattr(Filters(), name)})
                total = queries.count(unit, filters, today)
        rows = queries.search(unit, filters, today, most=most, skip=skip) if total else ()
        return Found(tuple(posting_of(row) for row in rows), total, tuple(given_up) if total else ())


def posting(store: Store, posting_id: int, today: date) -> Posting | None:
    """One that is still open."""
    with store.reading() as unit:
        row = queries.posting(unit, posting_id)
        return posting_of(row) if row is not None and row.valid_until >= today else None


def count_open(store: Store, today: date) -> int:
    with store.reading() as unit:
        return queries.count(unit, Filters(), today)


def trades_open(store: Store, today: date) -> list[str]:
    """Ids of the trades with open postings, the one with the most first."""
    with store.reading() as unit:
        return queries.trades_open(unit, today)


def title_words(title: str) -> set[str]:
    """What a title is found by: pairs of neighbouring Chinese characters, and Latin words."""
    plain = normalise(title).lower()
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1) if not plain[at : at + 2].isascii()}
    return {pair for pair in pairs if pair.isalnum()} | {
        word for word in plain.split() if word.isascii() and word.isalnum()
    }


def posting_of(row: JobPosting) -> Posting:
    return Posting(
        row.id, row.title, row.trade, row.employer, row.pay_from, row.pay_to, row.shift, row.lodging, row.meals,
        row.place, row.details, row.valid_until, row.example,
    )  # fmt: skip


def _filters(unit: UnitOfWork, wish: Wish) -> Filters:
    return Filters(
        trade=wish.trade,
        words=wish.words,
        pay_from=wish.pay_from,
        shift=wish.shift,
        no_nights=wish.no_nights,
        lodging=wish.lodging,
        meals=wish.meals,
        place=wish.place,
    )
