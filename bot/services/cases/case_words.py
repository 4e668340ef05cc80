"""What residents said in their cases, as staff may read it."""

from collections.abc import Sequence

from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.store.cases import queries as case_queries
from bot.store.cases.tables import Case
from bot.store.store import Store

SHORT = 60
"""Characters of a case in a list."""


def words(actor: Actor, row: Case) -> str:
    """Without name and numbers; where it is stays for those who send somebody there, or go there."""
    if actor.may("cases.place"):
        return disclosure.words(actor, row.text, row.name, row.phone, places=False)
    return disclosure.words(actor, row.text, row.name, row.phone, row.place)


def in_short(store: Store, actor: Actor, numbers: Sequence[str]) -> dict[str, str]:
    """How each begins, by number; only those that the actor may see."""
    with store.reading() as unit:
        rows = [row for row in case_queries.of_numbers(unit, numbers) if disclosure.in_scope(actor, row)]
        return {row.number: _short(words(actor, row)) for row in rows}


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT else text[:SHORT] + "…"
