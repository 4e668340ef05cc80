"""The topic of staff: who may enter the console."""

from datetime import timedelta

from bot.services.kernel.topics import Expiry, Topic, every
from bot.services.staff import sign_in_lockout, staff_sessions
from bot.store.kernel import failed_attempt_queries
from bot.store.staff import queries

WRONG_TRY_DAYS = 1

TOPIC = Topic(
    expiries=(
        Expiry(
            "staff sessions",
            lambda keep: staff_sessions.ABSOLUTE / timedelta(days=1),
            every(queries.delete_sessions_before),
            shown=False,
            counted=False,
        ),
        Expiry(
            "sign-in places",
            lambda keep: WRONG_TRY_DAYS,
            lambda unit, deadline, most, now: failed_attempt_queries.delete_places_before(
                unit, deadline, now - sign_in_lockout.KNOWN
            ),
            shown=False,
            counted=False,
        ),
    ),
)
