"""Proposals that the office has to move on, as things of the inbox."""

from datetime import datetime, timedelta
from typing import Any

from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.kernel.topics import Item, Light, Source, in_one_line
from bot.services.proposals.staff_proposals import NEEDS, NEXT
from bot.store.proposals import queries
from bot.store.proposals.states import OPEN, ProposalState
from bot.store.proposals.tables import Proposal
from bot.store.store import UnitOfWork

LONG_WAITING = timedelta(days=14)
"""Without an answer; the plan names no time, this one is ours."""


def items(unit: UnitOfWork, actor: Actor, now: datetime) -> list[Item]:
    """Open ones that this person can move on."""
    rows = queries.every(unit, OPEN)
    return [
        _item(actor, row, now) for row in rows if any(actor.may(NEEDS[one]) for one in NEXT[ProposalState(row.state)])
    ]


def _item(actor: Actor, row: Proposal, now: datetime) -> Item:
    light: Light = "yellow" if now - row.submitted > LONG_WAITING else "none"
    about = row.public_title or disclosure.words(actor, row.text, row.phone)
    return Item("proposal", row.number, in_one_line(about), light, row.submitted, f"proposals.state.{row.state}")


def pulse(unit: UnitOfWork) -> Any:
    return queries.pulse(unit)


SOURCE = Source(40, "proposals.work", items, pulse)
