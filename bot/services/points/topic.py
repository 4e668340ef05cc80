"""The topic of volunteers and their points."""

from datetime import datetime
from typing import Any

from bot.language import words
from bot.services.kernel.topics import Draft, Expiry, Filed, Matter, Step, Topic
from bot.services.points import rewards
from bot.store.points import queries
from bot.store.points.states import VolunteerState
from bot.store.points.tables import Volunteer
from bot.store.store import UnitOfWork
from bot.turns import Language


def exported(row: Volunteer) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "phone": row.phone,
        "wish": row.wish,
        "free_time": row.free_time,
        "joined": row.joined.isoformat(),
        "honour_name": row.honour_name,
        "points": [
            {
                "at": entry.transfer.at.isoformat(),
                "kind": entry.transfer.kind,
                "amount": entry.amount,
                "activity": entry.transfer.activity,
            }
            for entry in row.entries
        ],
    }


def erase(unit: UnitOfWork, row: Volunteer, now: datetime, offer_hours: float) -> None:
    """The ledger stays, since its sums must be provable, and names nobody any more."""
    row.state = VolunteerState.ENDED
    row.name = row.wish = row.free_time = row.conversation_id = ""
    row.phone = row.phone_hash = row.honour_name = None


def told(unit: UnitOfWork, row: Volunteer, language: Language, now: datetime) -> Matter:
    """The points, and how they came and went."""
    steps = [
        Step(
            entry.transfer.at,
            words.text(
                f"mine.points.{entry.transfer.kind}",
                language,
                amount=abs(entry.amount),
                what=entry.transfer.activity or "",
            ).rstrip(),
        )
        for entry in row.entries
    ]
    balance = words.text("mine.points.balance", language, count=queries.balance(unit, row.id))
    return Matter(
        "volunteer",
        row.number,
        words.text("mine.kind.volunteer", language),
        balance,
        row.last_moved,
        row.state == VolunteerState.ACTIVE,
        steps=tuple(steps),
    )


TOPIC = Topic(
    filed=(Filed("volunteers", Volunteer, exported, erase, told),),
    expiries=(
        Expiry(
            "volunteers",
            lambda keep: keep.case_days,
            lambda unit, deadline, most, now: queries.empty_one(unit, deadline, now),
            "LINYU_CASE_DAYS",
        ),
    ),
    demo=rewards.load,
    drafts={
        "join_volunteering": Draft(worth_keeping=True, impersonal=frozenset({"description", "free_time"})),
    },
)
