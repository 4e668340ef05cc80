"""People who wait, as things of the inbox."""

from datetime import datetime, timedelta
from typing import Any

from bot.services.handover import staff_queue
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.kernel.topics import Act, Item, Source, in_one_line
from bot.store.conversations import queries as conversation_queries
from bot.store.handover import queries
from bot.store.handover.tables import Handover
from bot.store.store import UnitOfWork

REASONS = (
    "asked", "erase", "assistant_off", "submit_proposal", "check_points", "redeem_points", "find_job", "emergency",
)  # fmt: skip
"""Reasons that have a text; others are shown as "other"."""
SOON = timedelta(minutes=10)
"""Who has waited so long, or is to be called back within it, is marked yellow."""


def items(unit: UnitOfWork, actor: Actor, now: datetime) -> list[Item]:
    """Those that nobody has finished with; a note of a colleague goes before what the resident said last."""
    rows = queries.waiting(unit)
    summaries = queries.summaries(unit, [row.number for row in rows])
    return [_item(unit, actor, row, summaries.get(row.number, ""), now) for row in rows]


def _item(unit: UnitOfWork, actor: Actor, row: Handover, summary: str, now: datetime) -> Item:
    seen = actor.may("personal.read") and row.conversation_id not in disclosure.hidden_conversations(unit, actor)
    said = row.passed_note or summary or _last_words(unit, row.conversation_id)
    about = disclosure.words(actor, said, row.phone) if seen else ""
    danger = row.reason == "emergency"
    late = row.call_back_by is not None and row.call_back_by < now
    soon = now - row.asked > SOON or (row.call_back_by is not None and row.call_back_by - now < SOON)
    return Item(
        source="handover",
        number=row.number,
        about=in_one_line(about),
        light="red" if danger or late else "yellow" if soon else "green",
        at=row.asked,
        state=f"queue.state.{row.state}",
        kind=f"queue.reason.{row.reason if row.reason in REASONS else 'other'}",
        due=row.call_back_by,
        has_it=row.claimed_by or "",
        danger=danger,
    )


def _last_words(unit: UnitOfWork, conversation_id: str) -> str:
    last = conversation_queries.last_answered_turn(unit, conversation_id)
    return last.masked_text if last else ""


def pulse(unit: UnitOfWork) -> Any:
    return queries.pulse(unit)


SOURCE = Source(
    10,
    "queue.read",
    items,
    pulse,
    {
        "claim": Act(staff_queue.claim, staff_queue.release, "queue.work"),
        "release": Act(staff_queue.release, staff_queue.claim, "queue.work"),
    },
)
