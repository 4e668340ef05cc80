"""One person who waits, beside the list of the inbox: what was said, what the assistant would say, and what can be done."""

from typing import Any

from fastapi import Request

from api.console.frame import words
from api.console.queue import suggestions
from api.parts import Parts
from bot.errors import NotFound
from bot.services.handover import inbox, staff_queue, takeover
from bot.services.kernel.permissions import PERMISSIONS
from bot.services.staff.staff_sessions import Signed


def waiting_values(request: Request, parts: Parts, signed: Signed, number: str) -> dict[str, Any]:
    """Raises NotFound where nobody waits under this number any more."""
    now, store, actor = parts.clock(), parts.store, signed.actor
    one = next((one for one in staff_queue.waiting(store, actor, now) if one.number == number), None)
    if one is None:
        raise NotFound
    say, live = words.say_in(words.language_of(request)), None
    if one.live and actor.may("conversations.read"):
        live = takeover.look(store, actor, one.conversation_id, now, opening=True)
    suggested = ""
    asks = request.query_params.get("suggest") == "yes"
    if live is not None and live.mine and asks:
        suggested = suggestions.suggest(store, live, one.language)
    works = actor.may("queue.work")
    return {
        "one": one,
        "live": live,
        "suggested": suggested,
        "asks": asks,
        "reasons": inbox.REASONS,
        "outcomes": staff_queue.OUTCOMES,
        "colleagues": [
            *((role, say(f"role.{role}")) for role in sorted(PERMISSIONS["queue.work"])),
            *(staff_queue.colleagues(store, actor) if works else []),
        ],
    }
