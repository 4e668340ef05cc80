"""Conversations as staff look for them: found by what was said, when, where and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, select

from bot.store import records
from bot.store.conversations.tables import Call, Conversation, Rating, Recording, Turn
from bot.store.conversations.understanding import MISUNDERSTOOD
from bot.store.handover.tables import Handover
from bot.store.learning.tables import ConversationNote, TurnLabel, TurnOpinion
from bot.store.store import UnitOfWork


@dataclass(frozen=True)
class Wanted:
    """Empty fields do not narrow."""

    words: tuple[str, ...] = ()
    """All of them stand in one thing that the resident said, masked."""
    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    language: str = ""
    goal: str = ""
    sure_below: float | None = None
    """Some turn was understood with less confidence than this, 0 to 1."""
    outcome: str = ""
    """booking, case, handover or none."""
    rating: int | None = None
    """Rated so at the most, 1 to 5."""
    handed_over: bool | None = None
    misunderstood: bool | None = None
    helped: bool | None = None
    """The resident said of some answer that it was, or was not, of use."""
    label: str = ""
    """A verdict; "none" finds what nobody has looked at."""
    but_not: frozenset[str] = frozenset()
    """Ids of conversations that are not for whoever looks."""


@dataclass(frozen=True)
class Found:
    id: str
    channel: str
    language: str | None
    opened: datetime
    turns: int
    least_sure: float | None
    rating: int | None
    labelled: int
    misunderstood: int
    first_words: str
    """Masked."""


_TURN = Turn.conversation_id == Conversation.id


def _number(column: Any, condition: Any) -> Any:
    return select(column).where(condition).correlate(Conversation).scalar_subquery()


def _words_that(conditions: Sequence[ColumnElement[bool]]) -> Any:
    """Of the first turn for which all of them hold."""
    query = select(Turn.masked_text).where(_TURN, *conditions).order_by(Turn.seq).limit(1)
    return query.correlate(Conversation).scalar_subquery()


def _sought(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Why the conversation was found: the list shows the sentence that was looked for, and else the first."""
    found = [Turn.masked_text.icontains(word, autoescape=True) for word in wanted.words]
    if wanted.misunderstood:
        found.append(MISUNDERSTOOD)
    elif wanted.sure_below is not None:
        found.append(Turn.confidence < wanted.sure_below)
    if wanted.goal:
        found.append(Turn.goal == wanted.goal)
    return found


_FIGURES: dict[str, Any] = {
    "turns": _number(func.count(Turn.id), _TURN),
    "least_sure": _number(func.min(Turn.confidence), _TURN),
    "rating": _number(func.min(Rating.score), Rating.conversation_id == Conversation.id),
    "labelled": _number(func.count(TurnLabel.turn_id), TurnLabel.conversation_id == Conversation.id),
    "misunderstood": _number(func.count(Turn.id), and_(_TURN, MISUNDERSTOOD)),
    "first_words": _words_that(()),
}


def search(
    unit: UnitOfWork, wanted: Wanted, *, sort: str, descending: bool, offset: int, limit: int
) -> tuple[list[Found], int]:
    """One page and how many there are. Conversations without a word are left out."""
    conditions = _conditions(wanted)
    total = unit.session.scalar(select(func.count(Conversation.id)).where(*conditions)) or 0
    by = _FIGURES.get(sort, getattr(Conversation, sort, Conversation.opened))
    figures = _FIGURES | {"first_words": _words_that(_sought(wanted))}
    query = (
        select(Conversation, *(figure.label(name) for name, figure in figures.items()))
        .where(*conditions)
        .order_by(by.desc() if descending else by, Conversation.id)
    )
    rows = unit.session.execute(query.offset(offset).limit(limit)).all()
    return [_found(*row) for row in rows], total


def _found(row: Conversation, *figures: Any) -> Found:
    named = dict(zip(_FIGURES, figures, strict=True))
    first_words = named.pop("first_words") or ""
    return Found(row.id, row.channel, row.language, row.opened, first_words=first_words, **named)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_has(Turn), Conversation.id.not_in(wanted.but_not)]
    if wanted.words:
        found.append(_has(Turn, *(Turn.masked_text.icontains(word, autoescape=True) for word in wanted.words)))
    if wanted.since:
        found.append(Conversation.last_seen >= wanted.since)
    if wanted.until:
        found.append(Conversation.opened < wanted.until)
    if wanted.channel:
        found.append(Conversation.channel == wanted.channel)
    if wanted.language:
        found.append(Conversation.language == wanted.language)
    if wanted.goal:
        found.append(_has(Turn, Turn.goal == wanted.goal, Turn.left_to.is_(None)))
    if wanted.sure_below is not None:
        found.append(_has(Turn, Turn.confidence < wanted.sure_below))
    if (table := records.kinds().get(wanted.outcome)) is not None:
        found.append(_has(table))
    elif wanted.outcome == "none":
        found += [not_(_has(table)) for table in records.kinds().values()]
    if wanted.rating is not None:
        found.append(_has(Rating, Rating.score <= wanted.rating))
    if wanted.handed_over is not None:
        found.append(_has(Handover) if wanted.handed_over else not_(_has(Handover)))
    if wanted.misunderstood is not None:
        missed = _has(Turn, MISUNDERSTOOD)
        found.append(missed if wanted.misunderstood else not_(missed))
    if wanted.helped is not None:
        found.append(_has(TurnOpinion, TurnOpinion.helped.is_(wanted.helped)))
    if wanted.label == "none":
        found.append(not_(_has(TurnLabel)))
    elif wanted.label:
        found.append(_has(TurnLabel, TurnLabel.verdict == wanted.label))
    return found


def _has(table: Any, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.conversation_id == Conversation.id, *more).correlate(Conversation)


def turns(unit: UnitOfWork, conversation_id: str) -> Sequence[Turn]:
    query = select(Turn).where(Turn.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(Turn.seq)).all()


def turn_of(unit: UnitOfWork, conversation_id: str, turn_id: str) -> Turn | None:
    query = select(Turn).where(Turn.id == turn_id, Turn.conversation_id == conversation_id)
    return unit.session.scalars(query).first()


def opinions(unit: UnitOfWork, conversation_id: str) -> dict[str, bool]:
    """By turn, whether its answer was of use to the resident."""
    rows = unit.session.scalars(select(TurnOpinion).where(TurnOpinion.conversation_id == conversation_id))
    return {row.turn_id: row.helped for row in rows}


def asked_before(unit: UnitOfWork, turn: Turn) -> str | None:
    """The question of ours that the turn came after."""
    before = select(Turn.asked).where(Turn.conversation_id == turn.conversation_id, Turn.seq < turn.seq)
    return unit.session.scalars(before.order_by(Turn.seq.desc()).limit(1)).first()


def labels(unit: UnitOfWork, conversation_id: str) -> dict[str, TurnLabel]:
    """By turn."""
    rows = unit.session.scalars(select(TurnLabel).where(TurnLabel.conversation_id == conversation_id))
    return {row.turn_id: row for row in rows}


def notes(unit: UnitOfWork, conversation_id: str) -> Sequence[ConversationNote]:
    query = select(ConversationNote).where(ConversationNote.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(ConversationNote.id)).all()


def recorded(unit: UnitOfWork, conversation_id: str) -> set[str]:
    """Turns of which the sound was kept."""
    return set(unit.session.scalars(select(Recording.turn_id).where(Recording.conversation_id == conversation_id)))


def calls(unit: UnitOfWork, conversation_id: str) -> Sequence[Call]:
    return unit.session.scalars(select(Call).where(Call.conversation_id == conversation_id)).all()
