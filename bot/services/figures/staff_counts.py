"""How much waits for somebody, for the numbers in the menu."""

from bot.services.cases import escalation
from bot.services.kernel.permissions import Actor
from bot.store.handover import queries as handover_queries
from bot.store.store import Store


def counts(store: Store, actor: Actor) -> dict[str, int]:
    """By the name of the pile: people nobody attends to, late cases nobody takes care of. Only what the actor may see."""
    with store.reading() as unit:
        found = {"escalations": escalation.count_open(unit, actor)}
        if actor.may("queue.read"):
            found["queue"] = handover_queries.count_open_handovers(unit)
    return {name: count for name, count in found.items() if count}
