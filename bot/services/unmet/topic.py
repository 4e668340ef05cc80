"""The topic of wishes that could not be met."""

from bot.services.kernel.topics import Expiry, Topic
from bot.services.unmet import demo
from bot.store.unmet import queries

DAYS = 730
"""So long the counts are of use; they name nobody."""

TOPIC = Topic(
    expiries=(
        Expiry(
            "unmet_wishes",
            lambda keep: DAYS,
            lambda unit, deadline, most, now: queries.delete_before(unit, f"{deadline:%Y-%m}", most),
            shown=False,
            counted=False,
        ),
    ),
    demo=demo.load,
)
