"""What staff write about a case, within its bounds."""

from bot.errors import BadInput

LONGEST_TEXT = 2000
LONGEST_NAME = 60


def written(name: str, value: str, *, needed: bool = True) -> str:
    """A text of some lines, without space around it. Raises BadInput when it is missing or too long."""
    value = value.strip()
    if (needed and not value) or len(value) > LONGEST_TEXT:
        raise BadInput(name)
    return value


def short(name: str, value: str) -> str:
    """One line, or nothing. Raises BadInput when it is too long."""
    value = value.strip()
    if len(value) > LONGEST_NAME or not value.isprintable():
        raise BadInput(name)
    return value
