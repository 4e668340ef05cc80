"""Open cases, as things of the inbox."""

from datetime import datetime
from typing import Any

from bot.services.cases import case_words, corrections
from bot.services.cases.case_sla import remaining
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.kernel.topics import Act, Item, Source, in_one_line
from bot.store.cases import queries
from bot.store.cases.queries import CaseFilter
from bot.store.cases.states import AWAITS_OFFICE, CaseState
from bot.store.cases.tables import Case
from bot.store.store import UnitOfWork

MOST = 2000


def items(unit: UnitOfWork, actor: Actor, now: datetime) -> list[Item]:
    """Those that the office owes something."""
    rows = queries.found(unit, CaseFilter(states=AWAITS_OFFICE), limit=MOST)
    return [_item(actor, row, now) for row in rows if disclosure.in_scope(actor, row)]


def _item(actor: Actor, row: Case, now: datetime) -> Item:
    left = remaining(row.state, row.targets_from or row.filed, row.respond_by, row.settle_by, now)
    return Item(
        source="case",
        number=row.number,
        about=in_one_line(case_words.words(actor, row)),
        light=left.light,
        at=row.filed,
        state=f"cases.state.{row.state}",
        kind=f"cases.category.{row.category}",
        where=" · ".join(filter(None, (row.community, row.grid, row.department))),
        due=left.due,
        has_it=row.assignee or "",
        cannot=frozenset() if row.state in (CaseState.FILED, CaseState.REOPENED) else frozenset({"dispatch"}),
    )


def pulse(unit: UnitOfWork) -> Any:
    return queries.pulse(unit)


SOURCE = Source(
    20, "cases.read", items, pulse, {"dispatch": Act(corrections.send_by_rule, corrections.take_back, "cases.dispatch")}
)
