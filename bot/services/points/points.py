"""Volunteers and their points: join, balance and history, redeem, undo.

How many points an hour is worth, and what they buy, the plan leaves open (3.2, 6.3): both are ours to set, marked 示例.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from bot.errors import NotFound, TooManyRecords, WrongState
from bot.services.kernel.lockout import open_record, same_digits
from bot.services.kernel.phones import plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.services.points.errors import AlreadyJoined, NotEnoughPoints, OutOfStock
from bot.store.kernel import idempotency_queries
from bot.store.points import queries
from bot.store.points.states import RedemptionState as RedemptionState
from bot.store.points.states import TransferKind as TransferKind
from bot.store.points.states import VolunteerState
from bot.store.points.tables import Redemption as RedemptionRow
from bot.store.points.tables import Reward as RewardRow
from bot.store.points.tables import Volunteer as VolunteerRow
from bot.store.store import Store, UnitOfWork

UNDO_WITHIN = timedelta(days=1)
HOUR = timedelta(hours=1)
MOST_OF_PHONE = 5
"""Volunteers with one telephone: a family."""
MOST_PER_HOUR = 3
"""Joined in one conversation."""
SHOWN = 5
"""Of the history, when it is told."""


@dataclass(frozen=True)
class VolunteerRequest:
    name: str
    phone: str
    wish: str
    free_time: str
    conversation_id: str
    client_message_id: str
    language: str
    channel: str


@dataclass(frozen=True)
class Move:
    """One line of the history."""

    at: datetime
    kind: str
    amount: int
    activity: str | None
    day: date | None
    minutes: int | None


@dataclass(frozen=True)
class Reward:
    id: str
    title: str
    title_en: str
    place: str
    place_en: str
    cost: int
    stock: int
    bare_title: str
    """As residents say it, without the mark of an example; so is the next."""
    bare_title_en: str


@dataclass(frozen=True)
class Redemption:
    code: str
    reward: Reward
    state: RedemptionState
    at: datetime

    def can_be_undone(self, now: datetime) -> bool:
        return self.state == RedemptionState.RESERVED and now - self.at <= UNDO_WITHIN


@dataclass(frozen=True)
class Volunteer:
    number: str
    state: str
    joined: datetime
    balance: int
    history: tuple[Move, ...]
    """Newest first."""
    redemptions: tuple[Redemption, ...]


def join(store: Store, request: VolunteerRequest, now: datetime, *, random: Random = SECURE_RANDOM) -> Volunteer:
    """Sign up. The same client message again gets the same volunteer, and so does the same person in this conversation.

    Raises AlreadyJoined for one who signed up in another conversation, TooManyRecords.
    """
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "join"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return _of(unit, _found(queries.volunteer(unit, done.number or "")))
        phone = plain_phone(request.phone)
        known = next((one for one in queries.active_of_phone(unit, phone) if one.name == request.name), None)
        if known is not None:
            if known.conversation_id != request.conversation_id:
                raise AlreadyJoined
            known.wish, known.free_time = request.wish, request.free_time
            idempotency_queries.record(unit, *scope, known.number)
            unit.commit()
            return _of(unit, known)
        here = queries.count_in_conversation(unit, request.conversation_id, now - HOUR)
        if here >= MOST_PER_HOUR or queries.count_of_phone(unit, phone) >= MOST_OF_PHONE:
            raise TooManyRecords
        row = VolunteerRow(
            number=new_number(unit, VolunteerRow, random),
            state=VolunteerState.ACTIVE,
            name=request.name,
            phone=phone,
            phone_hash=unit.keys.keyed_hash(phone),
            wish=request.wish,
            free_time=request.free_time,
            conversation_id=request.conversation_id,
            channel=request.channel,
            language=request.language,
            joined=now,
            last_moved=now,
        )
        unit.add(row)
        unit.flush()
        idempotency_queries.record(unit, *scope, row.number)
        unit.commit()
        return _of(unit, row)


def find_volunteer(store: Store, number: str, tail: str, *, asker: str, now: datetime) -> Volunteer:
    """By number and the last four digits of the phone. Raises NotFound, or Locked after five wrong tries."""

    def find(unit: UnitOfWork) -> Volunteer | None:
        row = queries.volunteer(unit, number)
        if row is None or row.phone is None:
            return None
        return _of(unit, row) if same_digits(tail, row.phone[-4:]) else None

    return open_record(store, find, number=number, asker=asker, now=now)


def get(store: Store, number: str) -> Volunteer:
    """For one that was opened already. Raises NotFound."""
    with store.reading() as unit:
        return _of(unit, _found(queries.volunteer(unit, number)))


def of_conversation(store: Store, conversation_id: str) -> list[Volunteer]:
    with store.reading() as unit:
        return [_of(unit, row) for row in queries.of_conversation(unit, conversation_id)]


def rewards(store: Store) -> list[Reward]:
    """Cheapest first, those that are gone too."""
    with store.reading() as unit:
        return [reward_of(row) for row in queries.rewards(unit)]


def redeem(
    store: Store,
    number: str,
    reward_id: str,
    *,
    conversation_id: str,
    client_message_id: str,
    now: datetime,
    random: Random = SECURE_RANDOM,
) -> Redemption:
    """Pay a reward with points and lay one piece aside. The same client message again gets the same redemption.

    Raises NotEnoughPoints, OutOfStock, NotFound.
    """
    with store.unit() as unit:
        row = _found(queries.lock(unit, number))
        scope = conversation_id, client_message_id, f"redeem {number}"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return redemption_of(_found(queries.redemption(unit, done.number or "")))
        reward = _found(queries.reward(unit, reward_id))
        if queries.balance(unit, row.id) < reward.cost:
            raise NotEnoughPoints
        if not queries.take_piece(unit, reward.id):
            raise OutOfStock
        code = _new_code(unit, random)
        paid = queries.transfer(
            unit, row, -reward.cost, source_key=f"redeem:{code}", kind=TransferKind.REDEEMED, actor="resident", at=now,
            activity=reward.title,
        )  # fmt: skip
        made = RedemptionRow(
            volunteer_id=row.id, reward_id=reward.id, transfer_id=paid.id, code=code, state=RedemptionState.RESERVED,
            at=now, changed=now, reward=reward,
        )  # fmt: skip
        unit.add(made)
        idempotency_queries.record(unit, *scope, code)
        unit.commit()
        return redemption_of(made)


def undo(store: Store, number: str, code: str, now: datetime, *, actor: str = "resident") -> Redemption:
    """Give the points back and put the piece back, within a day and before it is picked up; again changes nothing.

    Raises WrongState when it is too late, NotFound for one of somebody else.
    """
    with store.unit() as unit:
        row = _found(queries.lock(unit, number))
        made = _found(queries.redemption(unit, code))
        if made.volunteer_id != row.id:
            raise NotFound
        if made.state == RedemptionState.UNDONE:
            return redemption_of(made)
        if not redemption_of(made).can_be_undone(now):
            raise WrongState
        made.state, made.changed = RedemptionState.UNDONE, now
        cost = next(-entry.amount for entry in made.transfer.entries if entry.volunteer_id == row.id)
        queries.transfer(
            unit, row, cost, source_key=f"undo:{code}", kind=TransferKind.UNDONE, actor=actor, at=now,
            activity=made.reward.title,
        )  # fmt: skip
        queries.put_piece(unit, made.reward_id)
        unit.commit()
        return redemption_of(made)


def verify(store: Store) -> list[str]:
    """What is wrong in the ledger, in words; nothing when all sums are right."""
    with store.reading() as unit:
        numbers = {row.id: row.number for row in queries.every(unit)}
        balances = queries.balances(unit)
        return [
            *(f"transfer {key} does not sum to nothing" for key in queries.uneven_transfers(unit)),
            *(f"volunteer {numbers.get(one)} has {amount} points" for one, amount in balances.items() if amount < 0),
            *(f"redemption {code} is not paid, or not given back" for code in queries.unpaid_redemptions(unit)),
            *(f"reward {row.id} has {row.stock} pieces" for row in queries.rewards(unit) if row.stock < 0),
        ]


def reward_of(row: RewardRow) -> Reward:
    return Reward(
        row.id, row.title, row.title_en, row.place, row.place_en, row.cost, row.stock, row.bare_title, row.bare_title_en
    )  # fmt: skip


def redemption_of(row: RedemptionRow) -> Redemption:
    return Redemption(row.code, reward_of(row.reward), RedemptionState(row.state), row.at)


def _of(unit: UnitOfWork, row: VolunteerRow) -> Volunteer:
    return Volunteer(
        number=row.number,
        state=row.state,
        joined=row.joined,
        balance=queries.balance(unit, row.id),
        history=tuple(
            Move(one.at, one.kind, amount, one.activity, one.day, one.minutes)
            for one, amount in queries.transfers(unit, row.id)
        ),
        redemptions=tuple(redemption_of(one) for one in queries.redemptions(unit, row.id)),
    )


def _new_code(unit: UnitOfWork, random: Random) -> str:
    while True:
        code = "".join(random.choices("0123456789", k=6))
        if not queries.code_exists(unit, code):
            return code


def _found[Row](row: Row | None) -> Row:
    """Raises NotFound."""
    if row is None:
        raise NotFound
    return row
