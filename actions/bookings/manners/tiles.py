"""Days and times that are free, to be pressed beside the question: the same words as somebody would say."""

from datetime import date, time

from actions.bookings import draft as booking_draft
from actions.core.questions import Draft
from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.times import say_day, say_time, say_window
from bot.services.bookings import bookings
from bot.services.bookings.availability import PARTS, FreeWindow
from bot.turns import Tile

MOST_DAYS = 12
"""Those after them can be said."""


def of_days(said: Said, draft: Draft) -> list[Tile]:
    """The next days with something free; none before it is known where."""
    return [
        Tile(say_day(day, said.language), _windows(windows, said.language), say_day(day, said.language))
        for day, windows in _free(said, draft)[:MOST_DAYS]
    ]


def of_times(said: Said, draft: Draft) -> list[Tile]:
    """All that is free on the day, in the part of the day that was just named, with the seats left."""
    day = date.fromisoformat(draft["date"])
    first, last = PARTS.get(said.entities.when.part or "", (time.min, time.max))
    return [
        Tile(
            say_window(one.starts, one.ends, said.language),
            words.text("bookings.tile.seats", said.language, count=one.left),
            say_time(one.starts, said.language),
        )
        for one in dict(_free(said, draft)).get(day, ())
        if first <= one.starts < last
    ]


def _free(said: Said, draft: Draft) -> list[tuple[date, tuple[FreeWindow, ...]]]:
    offering = booking_draft.offering_of(draft)
    if offering is None:
        return []
    return bookings.free_days(wiring.store(), offering.id, draft.get("party") or 1, said.now)


def _windows(windows: tuple[FreeWindow, ...], language: str) -> str:
    if len(windows) == 1:
        return say_window(windows[0].starts, windows[0].ends, language)
    return words.text("bookings.tile.windows", language, count=len(windows))
