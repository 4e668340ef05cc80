"""The same booking a second time in one conversation: it is told that it is there, and asked whether another is meant."""

import re
from collections.abc import Mapping
from typing import Any

from actions.core.turn import Said
from bot import wiring
from bot.language.times import say_day, say_window
from bot.services.bookings import bookings
from bot.services.bookings.bookings import Booking

SLOT, THERE = "twice", "there"
"""Whether another is wanted indeed; and the number of the one that is there."""
_ANOTHER = re.compile(
    r"再(?!说|讲|问|见)|又|另外|还要|还想|也(?=要|想|订|约|报)|多(?=订|约|加|要)|\b(?:another|second|again|more|also|too|as well|extra)\b",
    re.I,
)
"""Said by who knows that there is one."""
Draft = Mapping[str, Any]


def there_already(said: Said, draft: Draft) -> str | None:
    """The number of a booking of this conversation that holds all that is told so far of a new one."""
    if draft.get(SLOT) or draft.get("weekly") or not draft.get("service") or _ANOTHER.search(said.text):
        return None
    made = bookings.of_conversation(wiring.store(), said.conversation_id)
    alike = (one for one in reversed(made) if one.state in bookings.LIVE and one.series is None and _holds(one, draft))
    return next((one.number for one in alike), None)


def _holds(one: Booking, draft: Draft) -> bool:
    at = str(draft.get("time") or "").strip("~?")
    told = {
        "service": one.service,
        "offering": one.offering_id,
        "date": one.day.isoformat(),
        "name": one.name,
        "beneficiary": one.beneficiary,
        "party": one.party,
    }
    fits = f"{one.starts:%H:%M}" <= at < f"{one.ends:%H:%M}" if ":" in at else True
    return fits and all(draft.get(name) in (None, value) for name, value in told.items())


def take(said: Said, draft: Draft) -> dict[str, Any]:
    """The slot when it was told that another is meant; empty where it was not."""
    return (
        {SLOT: True}
        if is_open(draft) and said.awaiting == SLOT and (said.act in ("yes", "any") or _ANOTHER.search(said.text))
        else {}
    )


def is_open(draft: Draft) -> bool:
    """Must it be asked whether another is meant?"""
    return bool(draft.get(THERE)) and not draft.get(SLOT)


def leaves_it(said: Said) -> bool:
    """The one that is there is enough."""
    return said.awaiting == SLOT and said.act in ("no", "keep", "drop", "stop")


def blanks(said: Said, draft: Draft) -> dict[str, Any]:
    """What is told of the one that is there."""
    one = bookings.get(wiring.store(), draft[THERE])
    return {
        "number": one.number,
        "offering_title": one.title_en if said.english else one.title,
        "day_words": say_day(one.day, said.language),
        "time_words": say_window(one.starts, one.ends, said.language),
    }
