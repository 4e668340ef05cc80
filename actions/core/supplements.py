"""What a topic knows beyond a page of the plan: told with the page, or in its place where the plan leaves it open."""

from dataclasses import dataclass

from bot.turns import Button


@dataclass(frozen=True)
class Supplement:
    text: str
    """For eye and ear; the ear's version is made of it."""
    buttons: tuple[Button, ...] = ()
