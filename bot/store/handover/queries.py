"""The queue, who is on duty, what the office decided, takeovers, and conversations that run at this moment."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select

from bot.store.conversations.tables import Call, Conversation, Turn
from bot.store.handover.states import HandoverState
from bot.store.handover.tables import Handover, OfficeSetting, Onlooker, SpecialDay, StaffDuty, Takeover
from bot.store.insert import insert_or_ignore
from bot.store.staff.tables import StaffAccount
from bot.store.statements import changed, delete_some
from bot.store.store import UnitOfWork


def settings(unit: UnitOfWork) -> dict[str, OfficeSetting]:
    return {row.key: row for row in unit.session.scalars(select(OfficeSetting))}


def save_setting(unit: UnitOfWork, key: str, value: str, account_id: str, now: datetime) -> None:
    unit.session.merge(OfficeSetting(key=key, value=value, changed=now, changed_by=account_id))


def special_days(unit: UnitOfWork, since: date) -> Sequence[SpecialDay]:
    return unit.session.scalars(select(SpecialDay).where(SpecialDay.day >= since).order_by(SpecialDay.day)).all()


def save_special_day(unit: UnitOfWork, day: date, hours: str) -> None:
    unit.session.merge(SpecialDay(day=day, hours=hours))


def delete_special_day(unit: UnitOfWork, day: date) -> None:
    unit.session.execute(delete(SpecialDay).where(SpecialDay.day == day))


def save_duty(unit: UnitOfWork, account_id: str, on_duty: bool, now: datetime) -> None:
    unit.session.merge(StaffDuty(account_id=account_id, on_duty=on_duty, since=now))


def duties(unit: UnitOfWork, since: datetime) -> Sequence[tuple[StaffDuty, StaffAccount]]:
    """Said since then, by people who may still sign in."""
    query = select(StaffDuty, StaffAccount).join(StaffAccount, StaffAccount.id == StaffDuty.account_id)
    rows = unit.session.execute(query.where(StaffDuty.since >= since, StaffAccount.disabled.is_(False)))
    return [(row[0], row[1]) for row in rows]


def is_needed(unit: UnitOfWork, account_id: str, duty_since: datetime) -> bool:
    """Residents count on this person: on duty since then, or writing in somebody's chat."""
    duty = unit.session.get(StaffDuty, account_id)
    if duty is not None and duty.on_duty and duty.since >= duty_since:
        return True
    query = select(Takeover.id).where(Takeover.account_id == account_id, Takeover.ended.is_(None))
    return unit.session.scalars(query.limit(1)).first() is not None


def waiting(unit: UnitOfWork) -> Sequence[Handover]:
    """Requests for a person that are not done, the longest waiting first."""
    return unit.session.scalars(
        select(Handover).where(Handover.state != HandoverState.DONE).order_by(Handover.id)
    ).all()


def count_open_handovers(unit: UnitOfWork) -> int:
    """Requests for a person that nobody has claimed."""
    return unit.session.scalars(select(func.count(Handover.id)).where(Handover.state == HandoverState.OPEN)).one()


def lock_handover(unit: UnitOfWork, number: str) -> Handover | None:
    query = select(Handover).where(Handover.number == number).with_for_update()
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def summaries(unit: UnitOfWork, numbers: Sequence[str]) -> dict[str, str]:
    """What the telephone wrote down for the person who takes over, by number."""
    rows = unit.session.scalars(select(Call).where(Call.handover_number.in_(numbers)))
    return {row.handover_number: row.summary for row in rows if row.handover_number and row.summary}


def open_handovers(unit: UnitOfWork, conversation_id: str) -> Sequence[Handover]:
    query = select(Handover).where(Handover.conversation_id == conversation_id, Handover.state != HandoverState.DONE)
    return unit.session.scalars(query.order_by(Handover.id)).all()


def takeovers_of(unit: UnitOfWork, conversation_id: str) -> Sequence[Takeover]:
    """Running and ended."""
    query = select(Takeover).where(Takeover.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(Takeover.id)).all()


def running_takeover(unit: UnitOfWork, conversation_id: str) -> Takeover | None:
    query = select(Takeover).where(Takeover.conversation_id == conversation_id, Takeover.ended.is_(None))
    return unit.session.scalars(query).first()


def running_takeovers(unit: UnitOfWork) -> dict[str, Takeover]:
    """By conversation."""
    rows = unit.session.scalars(select(Takeover).where(Takeover.ended.is_(None)))
    return {row.conversation_id: row for row in rows}


def begin_takeover(unit: UnitOfWork, conversation_id: str, account_id: str, now: datetime) -> bool:
    """False when one is running already."""
    unit.flush()
    begun = {"conversation_id": conversation_id, "account_id": account_id, "since": now, "last_active": now}
    return insert_or_ignore(unit, Takeover, begun)


def live_conversations(unit: UnitOfWork, since: datetime) -> Sequence[Conversation]:
    query = select(Conversation).where(Conversation.last_seen >= since).order_by(Conversation.last_seen.desc())
    return unit.session.scalars(query.limit(200)).all()


def count_turns(unit: UnitOfWork, conversation_ids: Sequence[str]) -> dict[str, int]:
    query = select(Turn.conversation_id, func.count()).where(Turn.conversation_id.in_(conversation_ids))
    return {row[0]: row[1] for row in unit.session.execute(query.group_by(Turn.conversation_id))}


def turns(unit: UnitOfWork, conversation_id: str) -> Sequence[Turn]:
    """Also those that have no answer yet."""
    return unit.session.scalars(select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.seq)).all()


def look(unit: UnitOfWork, conversation_id: str, account_id: str, now: datetime) -> None:
    key = {"conversation_id": conversation_id, "account_id": account_id}
    insert_or_ignore(unit, Onlooker, {**key, "seen": now})
    unit.session.get_one(Onlooker, key).seen = now


def onlookers(unit: UnitOfWork, since: datetime) -> Sequence[tuple[str, str]]:
    """Conversation and account of everyone who looks at one."""
    query = select(Onlooker.conversation_id, Onlooker.account_id).where(Onlooker.seen >= since)
    return [(row[0], row[1]) for row in unit.session.execute(query.order_by(Onlooker.account_id))]


def delete_of_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    """Who looked at it and who wrote in it; the audit still knows."""
    for table in (Onlooker, Takeover):
        unit.session.execute(delete(table).where(table.conversation_id == conversation_id))


def delete_takeovers_before(unit: UnitOfWork, moment: datetime) -> int:
    """How many went."""
    return changed(unit, delete(Takeover).where(Takeover.ended < moment))


def delete_onlookers_before(unit: UnitOfWork, moment: datetime) -> int:
    """How many went."""
    return changed(unit, delete(Onlooker).where(Onlooker.seen < moment))


def handovers_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, Handover, most, Handover.asked < moment)


def pulse(unit: UnitOfWork) -> tuple[object, ...]:
    """Changes when somebody begins to wait, is claimed, passed on or done."""
    columns = (
        func.max(Handover.id),
        func.count(Handover.done),
        func.count(Handover.claimed_by),
        func.count(Handover.passed_to),
    )
    return tuple(unit.session.execute(select(*columns)).one())
