"""A mandate marked 示例 with an act, so that the pages can be looked at. Its phone belongs to nobody."""

from datetime import datetime, timedelta

from bot.store.mandates import queries
from bot.store.mandates.states import MandateState, Powers
from bot.store.mandates.tables import Mandate, MandateAct, MandateUse
from bot.store.store import Store, UnitOfWork

EXAMPLES = (
    ("59000001", "王奶奶（示例）", "我女儿", "李芳（示例）", Powers.ALL, MandateState.ACTIVE, True),
    ("59000002", "张爷爷（示例）", "我儿子", "张伟（示例）", Powers.BOOKINGS, MandateState.ACTIVE, False),
    ("59000003", "刘奶奶（示例）", "我孙子", "刘洋（示例）", Powers.CASES, MandateState.ENDED, True),
)
"""Number, for whom, who as said, the helper's name, powers, state, whether the phone is proven."""
PHONE = "1390000{:04}"


def load(store: Store, now: datetime) -> str:
    """Those that are not there yet. Returns what was loaded, in words."""
    with store.unit() as unit:
        for at, example in enumerate(EXAMPLES, start=1):
            if queries.mandate(unit, example[0]) is None:
                _add(unit, at, example, now)
        unit.commit()
    return f"{len(EXAMPLES)} mandates"


def _add(
    unit: UnitOfWork, at: int, example: tuple[str, str, str, str, Powers, MandateState, bool], now: datetime
) -> None:
    number, name, said, helper, powers, state, proven = example
    phone, since = PHONE.format(at), now - timedelta(days=7 * at)
    row = Mandate(
        number=number, state=state, powers=powers, name=name, phone=phone, phone_hash=unit.keys.keyed_hash(phone),
        helper=said, proven=proven, tell_by_call=False, ends=now.date() + timedelta(days=60), conversation_id="",
        channel="phone" if proven else "web", language="zh", made=since, changed=since,
    )  # fmt: skip
    row.uses.append(MandateUse(conversation_id="", name=helper, since=since, phone=None, phone_hash=None))
    unit.add(row)
    unit.flush()
    if powers != Powers.CASES:
        unit.add(MandateAct(mandate_id=row.id, use_id=row.uses[0].id, at=since, verb="booked", kind="booking",
                            number="29000001", subject="meal", told=since))  # fmt: skip
