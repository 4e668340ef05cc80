"""Applications for work that wait to be passed on, as things of the inbox."""

from datetime import datetime, timedelta
from typing import Any

from bot.services.jobs import applications
from bot.services.kernel.permissions import Actor
from bot.services.kernel.topics import Act, Item, Source, in_one_line
from bot.store.jobs import queries
from bot.store.jobs.tables import ApplicationState
from bot.store.store import Store, UnitOfWork

SOON = timedelta(days=3)


def items(unit: UnitOfWork, actor: Actor, now: datetime) -> list[Item]:
    """Those that nobody has closed."""
    return [
        Item(
            "application",
            row.number,
            in_one_line(f"{row.title} · {row.employer}"),
            "yellow" if row.state == ApplicationState.OPEN and now - row.filed > SOON else "none",
            row.filed,
            f"jobs.state.{row.state}",
            cannot=frozenset() if row.state == ApplicationState.OPEN else frozenset({"pass_on"}),
        )
        for row, _ in queries.applications(unit)
    ]


def _pass_on(store: Store, actor: Actor, number: str, now: datetime) -> None:
    applications.move(store, actor, number, ApplicationState.PASSED_ON, now)


def pulse(unit: UnitOfWork) -> Any:
    return queries.pulse(unit)


SOURCE = Source(50, "jobs.work", items, pulse, {"pass_on": Act(_pass_on, None, "jobs.work")})
