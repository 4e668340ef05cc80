"""The topic of the outbox: events go when nobody waits for them, and dead letters wait in the menu."""

from bot.services.kernel.topics import Expiry, Topic, some
from bot.services.webhooks import receivers
from bot.store.webhooks import queries

EVENT_DAYS = 30
LETTER_DAYS = 90
"""What has reached nobody until then is of no use any more."""

TOPIC = Topic(
    expiries=(
        Expiry("outbox", lambda keep: EVENT_DAYS, some(queries.delete_before), shown=False, counted=False),
        Expiry("letters", lambda keep: LETTER_DAYS, some(queries.give_up_before), shown=False, counted=False),
    ),
    piles={"webhooks": receivers.count_dead},
)
