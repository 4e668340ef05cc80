"""The topic of people: wishes for one, and who looks and writes."""

from typing import Any

from bot.services.handover import inbox, staff_queue
from bot.services.kernel.topics import Draft, Expiry, Filed, Topic, erase_rows, every, some
from bot.store.handover import queries
from bot.store.handover.tables import Handover

ONLOOKER_DAYS = 1


def exported(row: Handover) -> dict[str, Any]:
    return {"number": row.number, "asked": row.asked.isoformat(), "reason": row.reason}


TOPIC = Topic(
    filed=(Filed("handovers", Handover, exported, erase_rows),),
    erase_conversation=(queries.delete_of_conversation,),
    expiries=(
        Expiry(
            "handovers",
            lambda keep: keep.handover_days,
            some(queries.handovers_before),
            "LINYU_HANDOVER_DAYS",
        ),
        Expiry(
            "takeovers",
            lambda keep: keep.transcript_days,
            every(queries.delete_takeovers_before),
            shown=False,
            counted=False,
        ),
        Expiry(
            "onlookers",
            lambda keep: ONLOOKER_DAYS,
            every(queries.delete_onlookers_before),
            shown=False,
            counted=False,
        ),
    ),
    piles={"queue": staff_queue.count_open},
    inbox={"handover": inbox.SOURCE},
    drafts={
        "callback": Draft(),
    },
)
