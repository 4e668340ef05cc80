"""Volunteers, the ledger, rewards and redemptions."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, select, update

from bot.store import records
from bot.store.points.states import RedemptionState, TransferKind, VolunteerState
from bot.store.points.tables import PointEntry, PointTransfer, Redemption, Reward, Volunteer
from bot.store.statements import changed
from bot.store.store import UnitOfWork


def volunteer(unit: UnitOfWork, number: str) -> Volunteer | None:
    return unit.session.scalars(select(Volunteer).where(Volunteer.number == number)).first()


def lock(unit: UnitOfWork, number: str) -> Volunteer | None:
    """As it is now; nobody else moves these points before this unit ends."""
    query = select(Volunteer).where(Volunteer.number == number).with_for_update(of=Volunteer)
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def of_conversation(unit: UnitOfWork, conversation_id: str) -> Sequence[Volunteer]:
    query = select(Volunteer).where(Volunteer.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(Volunteer.id)).all()


def every(unit: UnitOfWork) -> Sequence[Volunteer]:
    return unit.session.scalars(select(Volunteer).order_by(Volunteer.id.desc())).all()


def active_of_phone(unit: UnitOfWork, phone: str) -> Sequence[Volunteer]:
    query = records.by_phone(unit, Volunteer, phone).where(Volunteer.state == VolunteerState.ACTIVE)
    return unit.session.scalars(query.order_by(Volunteer.id)).all()


def count_of_phone(unit: UnitOfWork, phone: str) -> int:
    query = select(func.count(Volunteer.id)).where(records.is_of_phone(unit, Volunteer, phone))
    return unit.session.scalars(query).one()


def count_in_conversation(unit: UnitOfWork, conversation_id: str, since: datetime) -> int:
    query = select(func.count(Volunteer.id)).where(Volunteer.conversation_id == conversation_id)
    return unit.session.scalars(query.where(Volunteer.joined >= since)).one()


def balance(unit: UnitOfWork, volunteer_id: int) -> int:
    query = select(func.coalesce(func.sum(PointEntry.amount), 0)).where(PointEntry.volunteer_id == volunteer_id)
    return int(unit.session.scalars(query).one())


def balances(unit: UnitOfWork) -> dict[int, int]:
    """By the id of the volunteer."""
    query = select(PointEntry.volunteer_id, func.sum(PointEntry.amount)).where(PointEntry.volunteer_id.is_not(None))
    return {row[0]: int(row[1]) for row in unit.session.execute(query.group_by(PointEntry.volunteer_id)) if row[0]}


def transfers(unit: UnitOfWork, volunteer_id: int) -> Sequence[tuple[PointTransfer, int]]:
    """Newest first, with what it gave or took."""
    query = select(PointTransfer, PointEntry.amount).join(PointEntry, PointEntry.transfer_id == PointTransfer.id)
    query = query.where(PointEntry.volunteer_id == volunteer_id).order_by(PointTransfer.id.desc())
    return [(row[0], row[1]) for row in unit.session.execute(query)]


def has_source(unit: UnitOfWork, source_key: str) -> bool:
    return bool(unit.session.scalar(select(exists().where(PointTransfer.source_key == source_key))))


def transfer(
    unit: UnitOfWork,
    row: Volunteer,
    amount: int,
    *,
    source_key: str,
    kind: TransferKind,
    actor: str,
    at: datetime,
    activity: str | None = None,
    day: date | None = None,
    minutes: int | None = None,
) -> PointTransfer:
    """Both entries of it. The source key must not be there yet."""
    made = PointTransfer(
        source_key=source_key, kind=kind, at=at, actor=actor, day=day, minutes=minutes, activity=activity,
        entries=[PointEntry(volunteer_id=row.id, amount=amount), PointEntry(volunteer_id=None, amount=-amount)],
    )  # fmt: skip
    unit.add(made)
    row.last_moved = at
    unit.flush()
    return made


def minutes_on(unit: UnitOfWork, volunteer_id: int, day: date) -> int:
    """Confirmed of that day."""
    query = select(func.coalesce(func.sum(PointTransfer.minutes), 0)).join(PointEntry)
    of_day = query.where(PointEntry.volunteer_id == volunteer_id, PointTransfer.day == day)
    return unit.session.scalars(of_day).one() or 0


def rewards(unit: UnitOfWork) -> Sequence[Reward]:
    """Cheapest first."""
    return unit.session.scalars(select(Reward).order_by(Reward.cost, Reward.id)).all()


def reward(unit: UnitOfWork, reward_id: str) -> Reward | None:
    return unit.session.get(Reward, reward_id)


def take_piece(unit: UnitOfWork, reward_id: str) -> bool:
    """One piece less; False when none is left. Of many at once as many succeed as there are pieces."""
    query = update(Reward).where(Reward.id == reward_id, Reward.stock > 0).values(stock=Reward.stock - 1)
    return changed(unit, query) == 1


def put_piece(unit: UnitOfWork, reward_id: str) -> None:
    changed(unit, update(Reward).where(Reward.id == reward_id).values(stock=Reward.stock + 1))


def code_exists(unit: UnitOfWork, code: str) -> bool:
    return bool(unit.session.scalar(select(exists().where(Redemption.code == code))))


def redemption(unit: UnitOfWork, code: str) -> Redemption | None:
    query = select(Redemption).where(Redemption.code == code).with_for_update(of=Redemption)
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def redemptions(unit: UnitOfWork, volunteer_id: int | None = None) -> Sequence[Redemption]:
    """Newest first: of one volunteer, or all that wait to be picked up."""
    query = select(Redemption).order_by(Redemption.id.desc())
    if volunteer_id is None:
        return unit.session.scalars(query.where(Redemption.state == RedemptionState.RESERVED)).all()
    return unit.session.scalars(query.where(Redemption.volunteer_id == volunteer_id)).all()


def uneven_transfers(unit: UnitOfWork) -> Sequence[str]:
    """Source keys of transfers whose entries do not sum to nothing, or that have not two of them."""
    sums = select(PointEntry.transfer_id, func.sum(PointEntry.amount).label("sum"), func.count().label("count"))
    per = sums.group_by(PointEntry.transfer_id).subquery()
    query = select(PointTransfer.source_key).outerjoin(per, per.c.transfer_id == PointTransfer.id)
    return unit.session.scalars(query.where((per.c.sum.is_(None)) | (per.c.sum != 0) | (per.c.count != 2))).all()


def unpaid_redemptions(unit: UnitOfWork) -> Sequence[str]:
    """Codes of redemptions that no transfer of the same volunteer pays for, or that were undone without giving back."""
    paid = select(PointEntry.id).where(
        PointEntry.transfer_id == Redemption.transfer_id,
        PointEntry.volunteer_id == Redemption.volunteer_id,
        PointEntry.amount < 0,
    )
    back = select(PointTransfer.id).where(PointTransfer.source_key == "undo:" + Redemption.code)
    undone = Redemption.state == RedemptionState.UNDONE
    query = select(Redemption.code).where(~paid.exists() | (undone != back.exists()))
    return unit.session.scalars(query).all()


def empty_one(unit: UnitOfWork, moment: datetime, now: datetime) -> int:
    """A volunteer whose points have not moved since: only number, dates and the ledger stay. Nothing of it is read."""
    query = select(Volunteer.id).where(Volunteer.last_moved < moment, Volunteer.state != VolunteerState.ENDED)
    found = unit.session.scalars(query.order_by(Volunteer.id).limit(1)).first()
    if found is None:
        return 0
    values = {"phone": None, "phone_hash": None, "name": "", "wish": "", "free_time": "", "conversation_id": ""}
    changed(unit, update(Volunteer).where(Volunteer.id == found).values(**values, state=VolunteerState.ENDED))
    return 1
