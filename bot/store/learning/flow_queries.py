"""Turns worth a look, and what each reviewer said of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, distinct, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.store.conversations.tables import Conversation, Rating, Turn
from bot.store.conversations.understanding import MISUNDERSTOOD
from bot.store.learning.tables import TurnLabel, TurnReview
from bot.store.store import UnitOfWork

UNSURE_BELOW = 0.5
"""Confidence, 0 to 1."""
POOR = 2
"""A rating of so many stars or fewer; a thumb down is one."""
_EARLIER = aliased(Turn)

WHY: dict[str, ColumnElement[bool]] = {
    "danger": Turn.goal == "emergency",
    "misunderstood": MISUNDERSTOOD,
    "unsure": Turn.confidence < UNSURE_BELOW,
    "handed_over": Turn.goal == "human_agent",
    "repeated": and_(
        Turn.goal == "ask_policy",
        exists().where(
            _EARLIER.conversation_id == Turn.conversation_id,
            _EARLIER.masked_text == Turn.masked_text,
            _EARLIER.seq < Turn.seq,
        ),
    ),
    "rated_poor": and_(
        exists().where(Rating.conversation_id == Turn.conversation_id, Rating.score <= POOR),
        Turn.goal.is_not(None),
        Turn.goal.not_in(("rate_service", "inform", "affirm", "deny", "thanks", "goodbye", "greet")),
    ),
}
"""Why a turn is worth a look; the first that holds is told."""


def _worth(since: datetime) -> list[ColumnElement[bool]]:
    return [
        Turn.received >= since,
        Turn.answered.is_not(None),
        Turn.left_to.is_(None),
        Turn.masked_text != "",
        or_(*WHY.values()),
    ]


def worth_a_look(unit: UnitOfWork, since: datetime, most: int) -> Sequence[tuple[Turn, str]]:
    """Those that nobody has labelled, with why; the oldest first."""
    columns = [condition.label(name) for name, condition in WHY.items()]
    query = select(Turn, *columns).where(*_worth(since), ~exists().where(TurnLabel.turn_id == Turn.id))
    return [_why(row) for row in unit.session.execute(query.order_by(Turn.received, Turn.id).limit(most))]


def _why(row: Any) -> tuple[Turn, str]:
    return row[0], next(name for name, holds in zip(WHY, row[1:], strict=True) if holds)


def why(unit: UnitOfWork, turn_id: str) -> str:
    """Why this one is worth a look; empty where it is not."""
    columns = [condition.label(name) for name, condition in WHY.items()]
    row = unit.session.execute(select(Turn, *columns).where(Turn.id == turn_id)).first()
    return next((name for name, holds in zip(WHY, row[1:], strict=True) if holds), "") if row else ""


def second_looks(unit: UnitOfWork, by: str, since: datetime, most: int) -> Sequence[Turn]:
    """Labelled by somebody else, and not looked at by this person, the newest first."""
    mine = exists().where(TurnReview.turn_id == Turn.id, TurnReview.by == by)
    others = exists().where(TurnReview.turn_id == Turn.id, TurnReview.by != by, TurnReview.at >= since)
    query = select(Turn).where(others, ~mine).order_by(Turn.received.desc(), Turn.id).limit(most)
    return unit.session.scalars(query).all()


def disagreed(unit: UnitOfWork, since: datetime, most: int) -> Sequence[Turn]:
    """Turns of which two reviewers said different things, the newest first."""
    said = TurnReview.verdict + func.coalesce(TurnReview.goal, "") + func.coalesce(TurnReview.page, "")
    differ = select(TurnReview.turn_id).group_by(TurnReview.turn_id).having(func.count(distinct(said)) > 1)
    query = select(Turn).where(Turn.id.in_(differ), Turn.received >= since)
    return unit.session.scalars(query.order_by(Turn.received.desc(), Turn.id).limit(most)).all()


def opinions(unit: UnitOfWork, turn_id: str) -> Sequence[TurnReview]:
    """The oldest first."""
    query = select(TurnReview).where(TurnReview.turn_id == turn_id)
    return unit.session.scalars(query.order_by(TurnReview.at, TurnReview.by)).all()


def keep_opinion(
    unit: UnitOfWork, turn: Turn, by: str, verdict: str, goal: str | None, page: str | None, now: datetime
) -> None:
    """Another of the same person replaces the first."""
    row = TurnReview(
        turn_id=turn.id, by=by, conversation_id=turn.conversation_id, verdict=verdict, goal=goal, page=page, at=now
    )
    unit.session.merge(row)


def count_labelled(unit: UnitOfWork, by: str, since: datetime) -> int:
    """How many turns this person has looked at since then."""
    query = select(func.count()).where(TurnReview.by == by, TurnReview.at >= since)
    return unit.session.scalars(query).one()


def goals_instead(unit: UnitOfWork, goal: str) -> Sequence[str]:
    """What reviewers said was right where this goal had been understood, the most frequent first."""
    query = select(TurnLabel.goal).join(Turn, Turn.id == TurnLabel.turn_id)
    query = query.where(Turn.goal == goal, TurnLabel.verdict == "wrong_goal", TurnLabel.goal.is_not(None))
    return [one for one in unit.session.scalars(query.group_by(TurnLabel.goal).order_by(func.count().desc())) if one]


def remove_label(unit: UnitOfWork, turn_id: str, by: str) -> bool:
    """The label and opinion of this person; False where the label is somebody else's or there is none."""
    label = unit.session.get(TurnLabel, turn_id)
    if label is None or label.by != by:
        return False
    unit.delete(label)
    if (opinion := unit.session.get(TurnReview, (turn_id, by))) is not None:
        unit.delete(opinion)
    return True


def languages(unit: UnitOfWork, conversation_ids: Sequence[str]) -> dict[str, str]:
    query = select(Conversation.id, Conversation.language).where(Conversation.id.in_(conversation_ids))
    return {row[0]: row[1] or "zh" for row in unit.session.execute(query)}


def pulse(unit: UnitOfWork) -> tuple[object, ...]:
    """Changes when something is said to Linyu, and when a turn is labelled."""
    labels = unit.session.execute(select(func.count(), func.max(TurnLabel.at, type_=TurnLabel.at.type))).one()
    return unit.session.scalar(select(func.max(Turn.received, type_=Turn.received.type))), *labels
