"""The topic of visits: whoever looks at their own matters."""

from typing import Any

from bot.services.kernel.topics import Expiry, Filed, Topic, erase_rows, every
from bot.store.visits import queries
from bot.store.visits.tables import OwnVisit

VISIT_DAYS = 1


def exported(row: OwnVisit) -> dict[str, Any]:
    return {"phone": row.phone, "made": row.made.isoformat()}


TOPIC = Topic(
    filed=(Filed("own_visits", OwnVisit, exported, erase_rows),),
    erase_conversation=(queries.delete_of_conversation,),
    expiries=(Expiry("own_visits", lambda keep: VISIT_DAYS, every(queries.delete_before), shown=False, counted=False),),
)
