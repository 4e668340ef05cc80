"""Training examples, trained models, and questions that nobody answered."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, select

from bot.store.conversations.tables import Turn
from bot.store.conversations.understanding import MISUNDERSTOOD
from bot.store.learning.tables import QuestionGroup, TrainedModel, TrainingExample, TurnLabel, TurnOpinion
from bot.store.store import UnitOfWork

WANTED = and_(TurnLabel.verdict == "should_have_known", TurnLabel.page.is_(None))
"""We should have known this, and no page says it yet."""
USELESS = select(TurnOpinion.turn_id).where(TurnOpinion.helped.is_(False))
"""Turns whose answer was of no use to the resident."""


def example(unit: UnitOfWork, example_id: int) -> TrainingExample | None:
    return unit.session.get(TrainingExample, example_id)


def example_of_turn(unit: UnitOfWork, turn_id: str) -> TrainingExample | None:
    return unit.session.scalars(select(TrainingExample).where(TrainingExample.turn_id == turn_id)).first()


def examples(unit: UnitOfWork, state: str = "") -> Sequence[TrainingExample]:
    query = select(TrainingExample).order_by(TrainingExample.id)
    return unit.session.scalars(query.where(TrainingExample.state == state) if state else query).all()


def count_examples(unit: UnitOfWork) -> dict[str, int]:
    rows = unit.session.execute(select(TrainingExample.state, func.count()).group_by(TrainingExample.state))
    return {row[0]: row[1] for row in rows}


def delete_examples_of(unit: UnitOfWork, conversation_id: str) -> None:
    unit.session.execute(delete(TrainingExample).where(TrainingExample.conversation_id == conversation_id))


def model(unit: UnitOfWork, model_id: str) -> TrainedModel | None:
    return unit.session.get(TrainedModel, model_id, with_for_update=True)


def models(unit: UnitOfWork, states: Collection[str] = ()) -> Sequence[TrainedModel]:
    """Newest first."""
    query = select(TrainedModel).order_by(TrainedModel.asked.desc(), TrainedModel.id)
    return unit.session.scalars(query.where(TrainedModel.state.in_(states)) if states else query).all()


def unanswered_turns(unit: UnitOfWork, since: datetime, most: int) -> Sequence[Turn]:
    """Questions on the street and words that were not understood, newest first, that nobody has settled.

    And whatever somebody says we should have known, until a page answers it.
    """
    query = select(Turn).where(
        Turn.received >= since,
        Turn.answered.is_not(None),
        Turn.left_to.is_(None),
        (Turn.goal == "ask_policy")
        | MISUNDERSTOOD
        | Turn.id.in_(select(TurnLabel.turn_id).where(WANTED))
        | Turn.id.in_(USELESS),
        Turn.id.not_in(select(TurnLabel.turn_id).where(~WANTED)),
    )
    return unit.session.scalars(query.order_by(Turn.received.desc()).limit(most)).all()


def useless(unit: UnitOfWork, ids: Collection[str]) -> set[str]:
    """Of these, the turns whose answer was of no use to the resident."""
    return set(unit.session.scalars(USELESS.where(TurnOpinion.turn_id.in_(list(ids)))))


def turns_by_id(unit: UnitOfWork, ids: Collection[str]) -> dict[str, Turn]:
    return {row.id: row for row in unit.session.scalars(select(Turn).where(Turn.id.in_(list(ids))))}


def settled(unit: UnitOfWork, ids: Collection[str]) -> set[str]:
    """Of these, the turns that somebody has labelled with what is right, so that no page needs to be written."""
    return set(unit.session.scalars(select(TurnLabel.turn_id).where(TurnLabel.turn_id.in_(list(ids)), ~WANTED)))


def wanted(unit: UnitOfWork, ids: Collection[str]) -> set[str]:
    """Of these, the turns of which somebody says that we should have known the answer."""
    return set(unit.session.scalars(select(TurnLabel.turn_id).where(TurnLabel.turn_id.in_(list(ids)), WANTED)))


def label_answered(unit: UnitOfWork, questions: Collection[str], page_id: str, by: str, now: datetime) -> None:
    """Questions of the groups that stand on a page are answered by it from now on."""
    ids = [one for row in groups(unit) for one in json.loads(row.turn_ids)]
    done = settled(unit, ids)
    for turn in turns_by_id(unit, ids).values():
        if turn.masked_text not in questions or turn.id in done:
            continue
        label = unit.session.get(TurnLabel, turn.id)
        if label is None:
            label = TurnLabel(turn_id=turn.id, conversation_id=turn.conversation_id, verdict="should_have_known")
            unit.add(label)
        label.goal, label.page, label.by, label.at = "ask_policy", page_id, by, now


def groups(unit: UnitOfWork) -> Sequence[QuestionGroup]:
    return unit.session.scalars(select(QuestionGroup).order_by(QuestionGroup.id)).all()


def group(unit: UnitOfWork, group_id: int) -> QuestionGroup | None:
    return unit.session.get(QuestionGroup, group_id)


def delete_groups(unit: UnitOfWork) -> None:
    unit.session.execute(delete(QuestionGroup))
