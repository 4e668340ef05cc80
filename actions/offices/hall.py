"""The hours of the service hall, where the plan leaves them open."""

from actions.core.topics import Supplement
from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.language.times import say_window
from bot.services.offices.hall import Hours
from bot.turns import Button

LAST = 5
"""Monday to Friday are told as one."""


def tell(said: Said) -> Supplement | None:
    """The hours of the day that the words name, or of all days, and what to bring; None until the office confirms hours."""
    language, day = said.language, said.entities.when.day
    hall = wiring.hall()
    if not hall.hours:
        return None
    named = hall.on(day.isoweekday()) if day else ()
    gap = " " if language == "en" else ""
    things = (", " if language == "en" else "、").join(hall.bring[language])
    parts = [
        words.text("offices.hours.lead", language),
        gap.join(_line(one, language) for one in named or hall.hours),
        words.text("offices.bring", language, things=things) if things else "",
        words.text("offices.sign_up", language),
    ]
    book = Button(words.text("offices.book", language), words.payload("offices.book", language))
    return Supplement(gap.join(part for part in parts if part), (book,))


def _line(one: Hours, language: str) -> str:
    return words.text(
        "offices.hours.one",
        language,
        name=one.named(language),
        days=words.text("offices.days.weekdays" if one.weekdays[-1] <= LAST else "offices.days.weekend", language),
        hours=say_window(one.opens, one.closes, language),
    )
