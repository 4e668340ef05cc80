"""Turns worth a look, as things of the inbox."""

from datetime import datetime
from typing import Any

from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.kernel.topics import Act, Item, Light, Source, in_one_line
from bot.services.learning import flow, review
from bot.store.learning import flow_queries
from bot.store.store import Store, UnitOfWork

LIGHTS: dict[str, Light] = {"danger": "red", "misunderstood": "yellow", "rated_poor": "yellow"}
"""By why it is worth a look; the others have none."""


def items(unit: UnitOfWork, actor: Actor, now: datetime) -> list[Item]:
    """Those of the last month that nobody has labelled."""
    hidden = disclosure.hidden_conversations(unit, actor)
    return [
        Item(
            "review",
            turn.id,
            in_one_line(turn.masked_text),
            LIGHTS.get(why, "none"),
            turn.received,
            f"review.why.{why}",
            f"goal.{turn.goal}" if turn.goal else "",
        )
        for turn, why in flow_queries.worth_a_look(unit, now - flow.LOOKED_BACK, flow.MOST)
        if turn.conversation_id not in hidden
    ]


def _right(store: Store, actor: Actor, turn_id: str, now: datetime) -> None:
    review.label(store, actor, flow.conversation_of(store, actor, turn_id), turn_id, now, verdict="right")


def pulse(unit: UnitOfWork) -> Any:
    return flow_queries.pulse(unit)


SOURCE = Source(30, "conversations.review", items, pulse, {"right": Act(_right, flow.undo, "conversations.review")})
