"""The topic of the inbox: who takes care of what. Claims hold no resident's data and go a month after."""

from bot.services.kernel.topics import Expiry, Topic, every
from bot.store.inbox import queries

CLAIM_DAYS = 90

TOPIC = Topic(
    expiries=(
        Expiry(
            "inbox_claims", lambda keep: CLAIM_DAYS, every(queries.delete_claims_before), shown=False, counted=False
        ),
    ),
)
