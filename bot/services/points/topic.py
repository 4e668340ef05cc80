"""The topic of volunteers and their points."""

from datetime import datetime
from typing import Any

from bot.services.kernel.topics import Expiry, Filed, Topic
from bot.services.points import rewards
from bot.store.points import queries
from bot.store.points.states import VolunteerState
from bot.store.points.tables import Volunteer
from bot.store.store import UnitOfWork


def exported(row: Volunteer) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "phone": row.phone,
        "wish": row.wish,
        "free_time": row.free_time,
        "joined": row.joined.isoformat(),
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
    row.phone = row.phone_hash = None


TOPIC = Topic(
    filed=(Filed("volunteers", Volunteer, exported, erase),),
    expiries=(
        Expiry(
            "volunteers",
            lambda keep: keep.case_days,
            lambda unit, deadline, most, now: queries.empty_one(unit, deadline, now),
            "LINYU_CASE_DAYS",
        ),
    ),
    demo=rewards.load,
)
