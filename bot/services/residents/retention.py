"""How long each kind of data is kept, and the daily deletion, which leaves its counts in the audit."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import StoreUnavailable
from bot.services.audit import audit
from bot.services.kernel.permissions import SYSTEM
from bot.services.staff import sign_in_lockout, staff_sessions
from bot.store.cases import queries as case_queries
from bot.store.conversations import queries as conversation_queries
from bot.store.handover import queries as desk_queries
from bot.store.kernel import try_queries
from bot.store.residents import retention_queries
from bot.store.staff import audit_queries
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, Unit

RAN = "retention.run"
"""The audit's word for one daily deletion."""
PARTLY = "retention.partly"
"""And for one that left something behind."""
BATCH = 500
"""Rows in one unit of work."""
SILENT = ("recordings of transcripts", "commits", "tasks", "others")
"""What no resident is interested in is not counted in the audit."""
LATE = timedelta(days=2)
"""After so long without a deletion somebody has to look."""
FINISHED_TASK_DAYS = 30
DRAFT_PHOTO_DAYS = 1
TRY_DAYS = 1
ORIGIN_DAYS = 1
ONLOOKER_DAYS = 1
log = logging.getLogger(__name__)


class PartlyDeleted(Exception):
    """The text names the kinds of which something is left."""


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
        Rule("origins", ORIGIN_DAYS, ""),
        Rule("tasks", FINISHED_TASK_DAYS, ""),
        Rule("caller_choices", None, ""),
        Rule("audit", None, ""),
    )


def is_late(store: Store, now: datetime) -> bool:
    """Is there something from before two days ago, and no deletion since then?"""
    with store.reading() as unit:
        if (last := audit_queries.last_of(unit, RAN)) is not None:
            return last < now - LATE
        began = (audit_queries.first_of(unit, PARTLY), retention_queries.oldest_conversation(unit))
        return any(moment is not None and moment < now - LATE for moment in began)


def delete_expired(store: Store, keep: Keep, now: datetime) -> dict[str, int]:
    """Returns, and leaves in the audit, how many of each kind went.

    Few rows at a time, so that no resident waits, and each kind by itself: what cannot be deleted holds up nothing else.
    Raises PartlyDeleted in the end when there was such a kind; the audit then says PARTLY.
    """
    gone, failed = {}, []
    for kind, delete in _steps(keep, now).items():
        try:
            gone[kind] = _all(store, delete)
        except StoreUnavailable:
            raise
        except Exception as error:  # only the type: a message may hold a resident's words
            log.error("%s could not be deleted: %s", kind, type(error).__name__)
            failed.append(kind)
    shown = {kind: count for kind, count in gone.items() if kind not in SILENT}
    with store.unit() as unit:
        action, details = (PARTLY, {**shown, "failed": failed}) if failed else (RAN, shown)
        audit.write(unit, SYSTEM, action, "table", "all", now, details=details)
        unit.commit()
    if failed:
        raise PartlyDeleted(", ".join(failed))
    return shown


def _steps(keep: Keep, now: datetime) -> dict[str, Callable[[Unit], int]]:
    """In this order: what hangs on something goes before it."""
    said = now - timedelta(days=keep.transcript_days)
    finished = now - timedelta(days=FINISHED_TASK_DAYS)
    booked = (now - timedelta(days=keep.booking_days)).date()
    return {
        "calls": lambda unit: retention_queries.calls_before(unit, said, BATCH),
        "recordings": lambda unit: retention_queries.recordings_before(
            unit, now - timedelta(days=keep.keep_audio_days), BATCH
        ),
        "recordings of transcripts": lambda unit: retention_queries.recordings_before(unit, said, BATCH),
        "transcripts": lambda unit: retention_queries.turns_before(unit, said, BATCH),
        "notices": lambda unit: retention_queries.notices_before(unit, said, BATCH),
        "comments": lambda unit: retention_queries.comments_before(unit, said, BATCH),
        "conversations": lambda unit: retention_queries.conversations_before(unit, said, BATCH),
        "bookings": lambda unit: retention_queries.bookings_before(unit, booked, BATCH),
        "handovers": lambda unit: retention_queries.handovers_before(
            unit, now - timedelta(days=keep.handover_days), BATCH
        ),
        "cases": lambda unit: retention_queries.empty_case(unit, now - timedelta(days=keep.case_days), now),
        "commits": lambda unit: retention_queries.commits_before(unit, said, BATCH),
        "tasks": lambda unit: retention_queries.tasks_before(unit, finished, BATCH),
        "others": lambda unit: _others(unit, now),
    }


def _others(unit: Unit, now: datetime) -> int:
    """Never many."""
    case_queries.delete_drafts_before(unit, now - timedelta(days=DRAFT_PHOTO_DAYS))
    desk_queries.delete_onlookers_before(unit, now - timedelta(days=ONLOOKER_DAYS))
    staff_queries.delete_sessions_before(unit, now - staff_sessions.ABSOLUTE)
    try_queries.delete_before(unit, now - timedelta(days=TRY_DAYS))
    try_queries.delete_places_before(unit, now - timedelta(days=TRY_DAYS), now - sign_in_lockout.KNOWN)
    conversation_queries.forget_origins_before(unit, now - timedelta(days=ORIGIN_DAYS))
    return 0


def _all(store: Store, delete: Callable[[Unit], int]) -> int:
    """In units of work of their own, until nothing is left."""
    total = 0
    while True:
        with store.unit() as unit:
            count = delete(unit)
            unit.commit()
        if count == 0:
            return total
        total += count
