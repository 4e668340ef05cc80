"""The topic of conversations and calls, and what somebody told us to remember for their number."""

from datetime import datetime
from typing import Any

from bot.services.kernel.topics import Expiry, Filed, Keep, Topic, erase_rows, every, some
from bot.store.conversations import call_queries, retention
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Call, CallerChoice
from bot.store.store import UnitOfWork


def exported_call(row: Call) -> dict[str, Any]:
    ended = row.ended.isoformat() if row.ended else None
    return {"started": row.started.isoformat(), "ended": ended, "direction": row.direction, "cause": row.cause}


def exported_choice(row: CallerChoice) -> dict[str, Any]:
    return {"rate": row.rate, "no_calls": row.no_calls, "changed": row.changed.isoformat()}


def erase_call(unit: UnitOfWork, row: Call, now: datetime, offer_hours: float) -> None:
    """It goes with its conversation, which is erased next."""


def _transcript_days(keep: Keep) -> int:
    return keep.transcript_days


ORIGIN_DAYS = 1
DRAFT_DAYS = 30
"""Rasa itself forgets what is older than LINYU_DRAFT_HOURS; this is for what no Rasa came back to."""
TRANSCRIPT_DAYS = "LINYU_TRANSCRIPT_DAYS"
TOPIC = Topic(
    filed=(
        Filed("calls", Call, exported_call, erase_call),
        Filed("choices", CallerChoice, exported_choice, erase_rows),
    ),
    erase_conversation=(call_queries.delete_of_conversation, conversation_queries.delete_conversation),
    expiries=(
        Expiry(
            "calls",
            _transcript_days,
            some(retention.calls_before),
            TRANSCRIPT_DAYS,
        ),
        Expiry(
            "recordings",
            lambda keep: keep.keep_audio_days,
            some(retention.recordings_before),
            "LINYU_KEEP_AUDIO_DAYS",
        ),
        Expiry(
            "recordings of transcripts",
            _transcript_days,
            some(retention.recordings_before),
            shown=False,
            counted=False,
        ),
        Expiry(
            "transcripts",
            _transcript_days,
            some(retention.turns_before),
            TRANSCRIPT_DAYS,
        ),
        Expiry(
            "unfinished conversations",
            lambda keep: min(DRAFT_DAYS, keep.transcript_days),
            some(retention.trackers_before),
            shown=False,
            counted=False,
        ),
        Expiry(
            "notices",
            _transcript_days,
            some(retention.notices_before),
            shown=False,
        ),
        Expiry(
            "comments",
            _transcript_days,
            some(retention.comments_before),
            TRANSCRIPT_DAYS,
        ),
        Expiry(
            "conversations",
            _transcript_days,
            some(retention.conversations_before),
            shown=False,
        ),
        Expiry(
            "commits",
            _transcript_days,
            some(retention.commits_before),
            shown=False,
            counted=False,
        ),
        Expiry(
            "origins",
            lambda keep: ORIGIN_DAYS,
            every(conversation_queries.forget_origins_before),
            counted=False,
        ),
    ),
)
