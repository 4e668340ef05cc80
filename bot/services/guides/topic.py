"""The topic of guides: how far somebody has come goes with their conversation."""

from bot.services.kernel.topics import Draft, Expiry, Topic
from bot.store.guides import queries

TOPIC = Topic(
    erase_conversation=(queries.delete_of_conversation,),
    expiries=(
        Expiry(
            "guide_progress",
            lambda keep: keep.transcript_days,
            lambda unit, deadline, most, now: queries.progress_before(unit, deadline, most),
            shown=False,
            counted=False,
        ),
    ),
    drafts={
        "guide": Draft(asks_who=False, impersonal=frozenset({"guide", "question", "step"})),
    },
)
