"""Points as staff see them: hours confirmed, rewards handed out and put in, who has how many."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.errors import AlreadyConfirmed, BadInput, NotFound, WrongState
from bot.language.text import normalise
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.points.points import Redemption, Reward, TransferKind, Volunteer, get, redemption_of, reward_of
from bot.store.points import queries
from bot.store.points.states import RedemptionState
from bot.store.store import Store

POINTS_PER_HOUR = 10
"""Our choice: the plan names none."""
STEP = 30
"""Minutes; hours are confirmed in halves."""
MOST_HOURS_OF_A_DAY = 12
LONGEST_ACTIVITY = 60
MOST_STOCK = 10_000


@dataclass(frozen=True)
class VolunteerLine:
    """Masked for whoever reads it."""

    number: str
    name: str
    phone: str
    balance: int
    joined: datetime


@dataclass(frozen=True)
class VolunteerView:
    line: VolunteerLine
    wish: str
    free_time: str
    volunteer: Volunteer


def lines(store: Store, actor: Actor) -> list[VolunteerLine]:
    """Newest first."""
    actor.must("points.read")
    with store.reading() as unit:
        sums = queries.balances(unit)
        return [
            VolunteerLine(
                row.number,
                disclosure.name(actor, row.name),
                disclosure.phone(actor, row.phone),
                sums.get(row.id, 0),
                row.joined,
            )
            for row in queries.every(unit)
        ]


def open_volunteer(store: Store, actor: Actor, number: str, now: datetime) -> VolunteerView:
    """Raises NotFound."""
    actor.must("points.read")
    volunteer = get(store, number)
    with store.unit() as unit:
        row = queries.volunteer(unit, number)
        if row is None:
            raise NotFound
        line = VolunteerLine(
            number, disclosure.name(actor, row.name), disclosure.phone(actor, row.phone), volunteer.balance, row.joined
        )
        known = row.name, row.phone
        wish, free = disclosure.words(actor, row.wish, *known), disclosure.words(actor, row.free_time, *known)
        audit.write(unit, actor, "volunteer.read", "volunteer", number, now)
        unit.commit()
        return VolunteerView(line, wish, free, volunteer)


def confirm_hours(
    store: Store, actor: Actor, number: str, *, hours: float, day: date, activity: str, now: datetime
) -> int:
    """Give the points of hours that were worked; returns how many.

    Raises BadInput for hours that cannot be, AlreadyConfirmed for the same activity of the same day, NotFound.
    """
    actor.must("points.confirm")
    activity = activity.strip()
    minutes = hours * 60
    if not 0 < minutes <= MOST_HOURS_OF_A_DAY * 60 or minutes % STEP:
        raise BadInput("hours-worked")
    if not activity or len(activity) > LONGEST_ACTIVITY:
        raise BadInput("activity")
    if day > now.date():
        raise BadInput("day-worked")
    with store.unit() as unit:
        row = queries.lock(unit, number)
        if row is None:
            raise NotFound
        key = f"hours:{row.id}:{day.isoformat()}:{normalise(activity).casefold()}"
        if queries.has_source(unit, key):
            raise AlreadyConfirmed
        if queries.minutes_on(unit, row.id, day) + minutes > MOST_HOURS_OF_A_DAY * 60:
            raise BadInput("hours-worked")
        amount = round(hours * POINTS_PER_HOUR)
        queries.transfer(
            unit, row, amount, source_key=key, kind=TransferKind.HOURS, actor=actor.id, at=now, activity=activity,
            day=day, minutes=round(minutes),
        )  # fmt: skip
        details = {"hours": hours, "day": day.isoformat(), "points": amount}
        audit.write(unit, actor, "points.hours", "volunteer", number, now, details=details)
        unit.commit()
        return amount


def waiting(store: Store, actor: Actor) -> list[Redemption]:
    """Laid aside, to be picked up."""
    actor.must("points.read")
    with store.reading() as unit:
        return [redemption_of(row) for row in queries.redemptions(unit)]


def hand_out(store: Store, actor: Actor, code: str, now: datetime) -> Redemption:
    """Somebody came with the code. Raises WrongState when it was handed out or undone before, NotFound."""
    actor.must("points.confirm")
    with store.unit() as unit:
        row = queries.redemption(unit, code.strip())
        if row is None:
            raise NotFound
        if row.state != RedemptionState.RESERVED:
            raise WrongState
        row.state, row.changed = RedemptionState.COLLECTED, now
        audit.write(unit, actor, "points.hand_out", "redemption", str(row.id), now)
        unit.commit()
        return redemption_of(row)


def set_stock(store: Store, actor: Actor, reward_id: str, stock: int, now: datetime) -> Reward:
    """How many pieces are left. Raises BadInput, NotFound."""
    actor.must("points.stock")
    if not 0 <= stock <= MOST_STOCK:
        raise BadInput("stock")
    with store.unit() as unit:
        row = queries.reward(unit, reward_id)
        if row is None:
            raise NotFound
        row.stock = stock
        audit.write(unit, actor, "points.stock", "reward", reward_id, now, details={"stock": stock})
        unit.commit()
        return reward_of(row)
