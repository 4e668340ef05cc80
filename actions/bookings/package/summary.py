"""What is read back of several services, and which of them can be changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.bookings import details
from actions.bookings import draft as booking_draft
from actions.bookings.package import draft as package
from actions.core.choices import plainly
from actions.core.turn import Said
from actions.core.words import name_of, party_words
from bot.language import words
from bot.language.times import say_day
from bot.turns import Button

Draft = Mapping[str, Any]


def told(said: Said, draft: Draft) -> Mapping[str, Any]:
    """Each with its day, its window and its place; name and phone once."""
    every = package.items(draft)
    gap = " " if said.english else ""
    listed = gap.join(_item(number, item, said) for number, item in enumerate(every, start=1))
    return {"count": len(every), "listed": listed, "name": draft["name"], "phone": draft["phone"]}


def _item(number: int, item: Draft, said: Said) -> str:
    offering = booking_draft.offering_of(item)
    assert offering
    title = offering.title_en if said.english else offering.title
    more = details.told(item)
    people = (item.get("party") or 1) + (item.get("others") or 0)
    site = offering.place_en if said.english else offering.place
    return words.text(
        "bookings.package.item",
        said.language,
        number=number,
        title=title + (f"{', ' if said.english else '，'}{more}" if more else ""),
        day=say_day(date.fromisoformat(item["date"]), said.language),
        time=booking_draft.window_words_of(item, said.language),
        party=party_words(people, offering.service, said.language),
        place=item["place"] if offering.needs_address else site,
    )


def services(said: Said, draft: Draft) -> list[Button]:
    """What can be named when something is to be changed."""
    return plainly([name_of(f"bookings.service.{code}", said.language) for code in package.codes(draft)])
