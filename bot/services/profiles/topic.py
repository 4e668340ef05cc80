"""The topic of what residents want to be known by."""

from datetime import datetime
from typing import Any

from bot.services.kernel.topics import Draft, Expiry, Filed, Topic, erase_rows, some
from bot.store.profiles import queries
from bot.store.profiles.tables import Profile
from bot.store.store import Store


def exported(row: Profile) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "phone": row.phone,
        "place": row.place,
        "needs": row.needs,
        "agreed": row.agreed.isoformat(),
        "needs_agreed": row.needs_agreed.isoformat() if row.needs_agreed else None,
    }


def load_demo(store: Store, now: datetime) -> str:
    """One profile marked 示例, of a phone that belongs to nobody. Returns what was loaded, in words."""
    phone = "13900000001"
    with store.unit() as unit:
        if queries.profile(unit, "99000001") is None:
            row = Profile(
                number="99000001", state="kept", name="王奶奶（示例）", phone=phone,
                phone_hash=unit.keys.keyed_hash(phone), place="东风社区三栋（示例）", needs="走路拄拐（示例）", agreed=now,
                needs_agreed=now, channel="phone", language="zh", changed=now, last_used=now, conversation_id="",
            )  # fmt: skip
            unit.add(row)
            unit.commit()
    return "1 profile"


TOPIC = Topic(
    filed=(Filed("profiles", Profile, exported, erase_rows),),
    expiries=(Expiry("profiles", lambda keep: keep.case_days, some(queries.delete_before), "LINYU_CASE_DAYS"),),
    demo=load_demo,
    drafts={"profile": Draft(worth_keeping=True, impersonal=frozenset({"description"}))},
)
