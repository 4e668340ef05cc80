"""What the dashboard counts: moments and codes, never words or persons."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, ScalarSelect, func, select

from bot.store.bookings.tables import Booking, OfferedSession, Offering
from bot.store.cases.states import HAS_ITS_ANSWER, CaseState
from bot.store.cases.tables import Case, CaseEvent
from bot.store.conversations.tables import Call, Conversation, Rating, Turn
from bot.store.handover.tables import Handover
from bot.store.store import UnitOfWork

RESPONDED = (CaseState.HANDLING, *HAS_ITS_ANSWER)
"""Actions in the history of a case after which somebody works on it (escalation.py asks for the same)."""
SETTLED = HAS_ITS_ANSWER
"""And after which it has its answer."""
FILED_FOR = "filed_for"
"""The action of staff who file a case for somebody who calls or comes."""
TOLD_HERE = ("web", "phone")
"""Channels of cases that residents tell; the others are of grid workers and of other systems."""


def conversations(
    unit: UnitOfWork, since: datetime, until: datetime
) -> Sequence[Row[str, datetime, str, float | None, bool]]:
    """Id, when it was opened, channel, speed of speech, elder mode; only those in which somebody said something."""
    said = select(Turn.id).where(Turn.conversation_id == Conversation.id).exists()
    query = select(Conversation.id, Conversation.opened, Conversation.channel, Conversation.rate, Conversation.elder)
    return unit.session.execute(query.where(Conversation.opened >= since, Conversation.opened < until, said)).all()


def calls(unit: UnitOfWork, since: datetime, until: datetime) -> Sequence[datetime]:
    """When somebody called us."""
    query = select(Call.started).where(Call.direction == "in", Call.started >= since, Call.started < until)
    return unit.session.scalars(query).all()


def turns(unit: UnitOfWork, since: datetime, until: datetime) -> Sequence[Row[datetime, str | None, float | None]]:
    """Moment, goal, confidence of every turn that the assistant answered."""
    query = select(Turn.received, Turn.goal, Turn.confidence)
    return unit.session.execute(
        query.where(Turn.received >= since, Turn.received < until, Turn.answered.is_not(None), Turn.left_to.is_(None))
    ).all()


def handovers(unit: UnitOfWork, since: datetime, until: datetime) -> Sequence[Row[str, datetime, datetime | None]]:
    """Conversation and moment of every wish for a person, and when a person took it."""
    query = select(Handover.conversation_id, Handover.asked, Handover.claimed)
    return unit.session.execute(query.where(Handover.asked >= since, Handover.asked < until)).all()


def cases(
    unit: UnitOfWork, since: datetime, until: datetime
) -> Sequence[Row[str, datetime, datetime | None, datetime | None]]:
    """Of each case filed: what about, when, when staff first took it in hand, when it was first answered. Merged ones count once."""
    responded, settled = _first(RESPONDED).label("responded"), _first(SETTLED).label("settled")
    query = select(Case.category, Case.filed, responded, settled)
    return unit.session.execute(query.where(Case.filed >= since, Case.filed < until, Case.merged_into.is_(None))).all()


def bookings(unit: UnitOfWork, since: datetime, until: datetime) -> Sequence[Row[datetime, str, str]]:
    """Of each booking made: when, in which conversation (empty where staff booked for somebody), for which service."""
    query = select(Booking.made, Booking.conversation_id, Offering.service)
    query = query.join(OfferedSession, OfferedSession.id == Booking.session_id)
    query = query.join(Offering, Offering.id == OfferedSession.offering_id)
    return unit.session.execute(query.where(Booking.made >= since, Booking.made < until)).all()


def told_or_filed_for(unit: UnitOfWork, since: datetime, until: datetime) -> list[tuple[datetime, bool]]:
    """Of each case that residents have told: when, and whether to us, or to staff who filed it for them."""
    for_them = select(CaseEvent.id).where(CaseEvent.case_id == Case.id, CaseEvent.action == FILED_FOR).exists()
    query = select(Case.filed, for_them).where(Case.filed >= since, Case.filed < until)
    query = query.where(Case.channel.in_(TOLD_HERE) | for_them)
    return [(filed, not by_staff) for filed, by_staff in unit.session.execute(query)]


def cases_by_office(
    unit: UnitOfWork, since: datetime, until: datetime, but_not: str
) -> Sequence[Row[str | None, datetime, datetime | None, datetime | None]]:
    """The same with the office that each was given to; without the category `but_not`."""
    responded, settled = _first(RESPONDED).label("responded"), _first(SETTLED).label("settled")
    query = select(Case.department, Case.filed, responded, settled).where(Case.category != but_not)
    return unit.session.execute(query.where(Case.filed >= since, Case.filed < until, Case.merged_into.is_(None))).all()


def _first(actions: tuple[str, ...]) -> ScalarSelect[datetime]:
    earliest = select(func.min(CaseEvent.at, type_=CaseEvent.at.type))
    return earliest.where(CaseEvent.case_id == Case.id, CaseEvent.action.in_(actions)).scalar_subquery()


def served_scores(unit: UnitOfWork, since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """1 to 5: of services that are over, each asked about by itself."""
    query = select(Rating.at, Rating.score).where(Rating.at >= since, Rating.at < until, Rating.number.is_not(None))
    return [(at, score) for at, score in unit.session.execute(query)]


def scores(unit: UnitOfWork, since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """1 to 5: of conversations, and of cases that staff asked about (residents' own are among the first)."""
    talks = select(Rating.at, Rating.score).where(Rating.at >= since, Rating.at < until)
    asked = select(CaseEvent.at, Case.satisfaction).join(Case, Case.id == CaseEvent.case_id)
    asked = asked.where(
        CaseEvent.at >= since, CaseEvent.at < until, CaseEvent.action == "rated", CaseEvent.actor != "resident",
        Case.satisfaction.is_not(None),
    )  # fmt: skip
    return [(row[0], row[1]) for query in (talks, asked) for row in unit.session.execute(query) if row[1]]
