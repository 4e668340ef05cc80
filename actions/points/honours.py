"""Who is an honorary resident, told with what the plan says of it."""

from actions.core.topics import Supplement
from actions.core.turn import Said
from bot import wiring
from bot.language import words
from bot.services.points import honours

SPOKEN = 5
"""So many names are told; the rest stand at /honours."""


def tell(said: Said) -> Supplement:
    people = honours.listed(wiring.store())[:SPOKEN]
    if not people:
        return Supplement(words.text("points.honours.nobody", said.language))
    names = (", " if said.english else "、").join(one.name for one in people)
    return Supplement(words.text("points.honours.list", said.language, names=names))
