"""One definition of "not understood", and one threshold for it."""

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.services.conversations import conversations
from bot.settings import ROOT
from bot.store.conversations.tables import Turn
from bot.store.conversations.understanding import MISUNDERSTOOD, SURE_FROM, is_misunderstood
from bot.store.store import Store

pytestmark = pytest.mark.store

TURNS = (
    (None, None),
    ("book_service", None),
    ("book_service", 0.2),
    ("book_service", SURE_FROM),
    ("out_of_scope", 0.9),
)


def test_a_query_and_a_row_agree(store: Store, now: datetime) -> None:
    talk = conversations.open_conversation(store, channel="web", language="zh", now=now).id
    with store.unit() as unit:
        for seq, (goal, confidence) in enumerate(TURNS, start=1):
            unit.add(
                Turn(
                    id=f"turn-{seq}", conversation_id=talk, seq=seq, client_message_id=f"m{seq}", text="x", masked_text="x",
                    goal=goal, confidence=confidence, received=now, answered=now,
                )
            )  # fmt: skip
        unit.commit()
    with store.reading() as unit:
        found = set(unit.session.scalars(select(Turn.id).where(MISUNDERSTOOD)))
    assert (
        found
        == {f"turn-{seq}" for seq, turn in enumerate(TURNS, start=1) if is_misunderstood(*turn)}
        == {"turn-3", "turn-5"}
    )


def test_what_is_called_misunderstood_is_what_the_assistant_does_not_act_on() -> None:
    asks_back_below = re.findall(r'"sure": ([0-9.]+)', (ROOT / "bot" / "nlu" / "turn_context.py").read_text("utf-8"))
    assert [float(one) for one in asks_back_below] == [SURE_FROM]
