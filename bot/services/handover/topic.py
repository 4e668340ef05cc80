"""The topic of people: wishes for one, and who looks and writes."""

from datetime import datetime
from typing import Any

from bot.language import words
from bot.language.times import say_day
from bot.services.handover import inbox, staff_queue
from bot.services.kernel.topics import Draft, Expiry, Filed, Matter, Topic, erase_rows, every, some
from bot.store.handover import queries
from bot.store.handover.states import HandoverState
from bot.store.handover.tables import Handover
from bot.store.store import UnitOfWork
from bot.turns import Language

ONLOOKER_DAYS = 1


def exported(row: Handover) -> dict[str, Any]:
    return {"number": row.number, "asked": row.asked.isoformat(), "reason": row.reason}


def told(unit: UnitOfWork, row: Handover, language: Language, now: datetime) -> Matter:
    is_open = row.state != HandoverState.DONE
    by = row.call_back_by.astimezone(now.tzinfo) if row.call_back_by else None
    facts = (("call_back_by", f"{say_day(by.date(), language)} {by:%H:%M}"),) if by and is_open else ()
    return Matter(
        "handover",
        row.number,
        words.text("mine.kind.handover", language),
        words.text("mine.handover.waiting" if is_open else "mine.handover.done", language),
        row.asked,
        is_open,
        facts,
    )


TOPIC = Topic(
    filed=(Filed("handovers", Handover, exported, erase_rows, told),),
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
