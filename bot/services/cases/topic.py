"""The topic of complaints: cases."""

from datetime import datetime
from typing import Any

from bot.language import words
from bot.language.times import say_day
from bot.services.cases import escalation, inbox
from bot.services.kernel.topics import Draft, Due, Expiry, Filed, Matter, Step, Topic, every
from bot.store.cases import queries
from bot.store.cases.states import AWAITS_NOBODY, AWAITS_OFFICE, CaseState
from bot.store.cases.tables import Case
from bot.store.store import UnitOfWork
from bot.turns import Language

DRAFT_PHOTO_DAYS = 1


def exported(row: Case) -> dict[str, Any]:
    return {
        "number": row.number,
        "category": row.category,
        "state": row.state,
        "place": row.place,
        "text": row.text,
        "answer": row.answer,
        "name": row.name,
        "phone": row.phone,
        "filed": row.filed.isoformat(),
        "history": [
            {"at": event.at.isoformat(), "actor": event.actor, "action": event.action, "note": event.note}
            for event in row.events
        ],
    }


def erase(unit: UnitOfWork, row: Case, now: datetime, offer_hours: float) -> None:
    """A number with category, state and dates stays. One that is open is closed as withdrawn: nobody could work on it
    without its words."""
    if row.state not in AWAITS_NOBODY:
        row.state = CaseState.CLOSED
        queries.note_event(unit, row, now, "resident", "withdrawn", None)
    row.place = row.text = ""
    row.name = row.phone = row.phone_hash = row.check_code = row.answer = None
    row.conversation_id = ""
    for event in row.events:
        event.note = None
    queries.delete_photos(unit, row.id)
    queries.note_event(unit, row, now, "system", "erased", None)


def told(unit: UnitOfWork, row: Case, language: Language, now: datetime) -> Matter:
    """Its history without what staff noted for themselves."""
    steps = [
        Step(event.at, words.text(f"mine.step.{event.action}", language))
        for event in row.events
        if words.has(f"mine.step.{event.action}")
    ]
    facts = [("place", row.place), ("text", row.text)]
    if row.answer:
        facts.append(("answer", row.answer))
    if is_open := row.state in AWAITS_OFFICE:
        facts.append(("settle_by", say_day(row.settle_by.astimezone(now.tzinfo).date(), language)))
    if row.check_code:
        facts.append(("check_code", row.check_code))
    return Matter(
        "case",
        row.number,
        words.text(f"cases.category.{row.category}", language),
        words.text(f"cases.state.{row.state}", language),
        row.filed,
        is_open,
        tuple(facts),
        tuple(steps),
        may=frozenset({"chase", "add"} if is_open else ()),
    )


TOPIC = Topic(
    filed=(Filed("cases", Case, exported, erase, told),),
    erase_conversation=(queries.delete_drafts,),
    expiries=(
        Expiry(
            "cases",
            lambda keep: keep.case_days,
            lambda unit, deadline, most, now: queries.empty_case(unit, deadline, now),
            "LINYU_CASE_DAYS",
        ),
        Expiry(
            "draft_photos",
            lambda keep: DRAFT_PHOTO_DAYS,
            every(queries.delete_drafts_before),
            counted=False,
        ),
    ),
    due={
        "case_response_due": Due(lambda store, task, now, rules: escalation.escalate_if_not_answered(store, task, now)),
        "case_settlement_due": Due(
            lambda store, task, now, rules: escalation.escalate_if_not_settled(store, task, now)
        ),
    },
    piles={"escalations": escalation.count_open},
    inbox={"case": inbox.SOURCE},
    drafts={
        "file_complaint": Draft(worth_keeping=True, impersonal=frozenset({"description", "place"})),
    },
)
