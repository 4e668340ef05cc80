"""How long each kind of data is kept, and the daily deletion, which leaves its counts in the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services import audit, staff_sessions
from bot.services.permissions import SYSTEM
from bot.services.residents import empty_case
from bot.store import (
    audit_queries,
    case_queries,
    commit_queries,
    desk_queries,
    retention_queries,
    staff_queries,
    task_queries,
    try_queries,
)
from bot.store.store import Store, Unit

RAN = "retention.run"
"""The audit's word for one daily deletion."""
LATE = timedelta(days=2)
"""After so long without a deletion somebody has to look."""
FINISHED_TASK_DAYS = 30
DRAFT_PHOTO_DAYS = 1
TRY_DAYS = 1
ONLOOKER_DAYS = 1


@dataclass(frozen=True)
class Keep:
    """Days; the settings of the same names."""

    transcript_days: int
    keep_audio_days: int = 0
    booking_days: int = 365
    case_days: int = 1095
    handover_days: int = 365


@dataclass(frozen=True)
class Rule:
    kind: str
    """Code of a text."""
    days: int | None
    """None is until the resident changes it or asks for erasure; or, for the audit, for good."""
    setting: str
    """Empty where it is not for the office to choose."""


def rules(keep: Keep, draft_days: float) -> tuple[Rule, ...]:
    """All kinds of data about residents, for people to read."""
    return (
        Rule("transcripts", keep.transcript_days, "LINYU_TRANSCRIPT_DAYS"),
        Rule("calls", keep.transcript_days, "LINYU_TRANSCRIPT_DAYS"),
        Rule("comments", keep.transcript_days, "LINYU_TRANSCRIPT_DAYS"),
        Rule("recordings", keep.keep_audio_days, "LINYU_KEEP_AUDIO_DAYS"),
        Rule("bookings", keep.booking_days, "LINYU_BOOKING_DAYS"),
        Rule("cases", keep.case_days, "LINYU_CASE_DAYS"),
        Rule("handovers", keep.handover_days, "LINYU_HANDOVER_DAYS"),
        Rule("drafts", round(draft_days), "LINYU_DRAFT_HOURS"),
        Rule("draft_photos", DRAFT_PHOTO_DAYS, ""),
        Rule("tasks", FINISHED_TASK_DAYS, ""),
        Rule("caller_choices", None, ""),
        Rule("audit", None, ""),
    )


def is_late(store: Store, now: datetime) -> bool:
    """Is there something from before two days ago, and no deletion since then?"""
    with store.reading() as unit:
        last = audit_queries.last_of(unit, RAN)
        began = last or retention_queries.oldest_conversation(unit)
        return began is not None and began < now - LATE


def delete_expired(unit: Unit, keep: Keep, now: datetime) -> dict[str, int]:
    """Part of the caller's unit of work. Returns, and leaves in the audit, how many of each kind went."""
    said = now - timedelta(days=keep.transcript_days)
    cases = retention_queries.cases_to_empty(unit, now - timedelta(days=keep.case_days))
    for case in cases:
        empty_case(unit, case, now)
    gone = {
        "calls": retention_queries.calls_before(unit, said),
        "recordings": retention_queries.recordings_before(unit, now - timedelta(days=keep.keep_audio_days)),
        "transcripts": retention_queries.turns_before(unit, said),
        "notices": retention_queries.notices_before(unit, said),
        "comments": retention_queries.comments_before(unit, said),
        "conversations": retention_queries.conversations_before(unit, said),
        "bookings": retention_queries.bookings_before(unit, (now - timedelta(days=keep.booking_days)).date()),
        "handovers": retention_queries.handovers_before(unit, now - timedelta(days=keep.handover_days)),
        "cases": len(cases),
    }
    commit_queries.delete_before(unit, said)
    case_queries.delete_drafts_before(unit, now - timedelta(days=DRAFT_PHOTO_DAYS))
    desk_queries.delete_onlookers_before(unit, now - timedelta(days=ONLOOKER_DAYS))
    staff_queries.delete_sessions_before(unit, now - staff_sessions.ABSOLUTE)
    try_queries.delete_before(unit, now - timedelta(days=TRY_DAYS))
    task_queries.delete_finished_before(unit, now - timedelta(days=FINISHED_TASK_DAYS))
    audit.write(unit, SYSTEM, RAN, "table", "all", now, details=gone)
    return gone
