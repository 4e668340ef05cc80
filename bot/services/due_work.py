"""Which service does which due task, and the daily cleaning."""

from datetime import datetime, time, timedelta
from functools import partial

from bot.services import escalation, staff_sessions, tasks, waiting_list
from bot.store import (
    call_queries,
    case_queries,
    commit_queries,
    conversation_queries,
    staff_queries,
    task_queries,
    try_queries,
)
from bot.store.store import Store, Unit

CLEANING_TIME = time(3, 30)
KEEP_FINISHED = timedelta(days=30)
KEEP_DRAFT_PHOTOS = timedelta(days=1)
KEEP_TRIES = timedelta(days=1)


def due_handlers(*, transcript_days: int, offer_hours: float, keep_audio_days: int = 0) -> tasks.Handlers:
    """Handlers of every kind of due task there is."""
    return {
        "booking_done": waiting_list.close_booking,
        "waiting_offer_expires": partial(waiting_list.expire_offer, offer_hours=offer_hours),
        "case_response_due": escalation.escalate_if_not_answered,
        "case_settlement_due": escalation.escalate_if_not_settled,
        "transcripts_expire": partial(
            expire_transcripts, transcript_days=transcript_days, keep_audio_days=keep_audio_days
        ),
    }


def plan_cleaning(store: Store, now: datetime) -> None:
    """Called when a worker starts; planning the same day twice changes nothing."""
    with store.unit() as unit:
        _plan_next_cleaning(unit, now)
        unit.commit()


def expire_transcripts(
    store: Store, task: tasks.Task, now: datetime, *, transcript_days: int, keep_audio_days: int = 0
) -> None:
    """Forget what was said longer ago than we promise to keep it, and traces nobody needs; then plan tomorrow."""
    oldest = now - timedelta(days=transcript_days)
    with store.unit() as unit:
        call_queries.delete_started_before(unit, oldest)
        conversation_queries.delete_recordings_before(unit, now - timedelta(days=keep_audio_days))
        conversation_queries.delete_said_before(unit, oldest)
        commit_queries.delete_before(unit, oldest)
        case_queries.delete_drafts_before(unit, now - KEEP_DRAFT_PHOTOS)
        staff_queries.delete_sessions_before(unit, now - staff_sessions.ABSOLUTE)
        try_queries.delete_before(unit, now - KEEP_TRIES)
        task_queries.delete_finished_before(unit, now - KEEP_FINISHED)
        _plan_next_cleaning(unit, now)
        unit.commit()


def _plan_next_cleaning(unit: Unit, now: datetime) -> None:
    due = datetime.combine(now.date(), CLEANING_TIME, now.tzinfo)
    if due <= now:
        due += timedelta(days=1)
    tasks.schedule(unit, "transcripts_expire", due, {}, once=f"transcripts_expire {due.date()}")
