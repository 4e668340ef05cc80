"""The topic of staff: who may enter the console."""

from datetime import timedelta

from bot.services.kernel.topics import Expiry, Topic
from bot.services.staff import staff_sessions
from bot.store.staff import queries

TOPIC = Topic(
    expiries=(
        Expiry(
            "staff sessions",
            lambda keep: staff_sessions.ABSOLUTE / timedelta(days=1),
            lambda unit, deadline, most, now: queries.delete_sessions_before(unit, deadline),
            shown=False,
            counted=False,
        ),
    ),
)
