"""Something that a person does on a page: done, it leads on with a word of it; refused, the page is shown again with the reason."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done
from bot.errors import Refusal, WrongState


def attempt(
    request: Request,
    deed: Callable[[], object],
    shown_again: Callable[[str], Response],
    *refusals: type[Refusal],
    to: str,
    said: str,
    wrong_state: str = "",
) -> Response:
    """`shown_again` is given the reason in words; `refusals` are those that a person can mend on the page.

    `to` is where it leads, `said` and `wrong_state` are codes of words.
    """
    try:
        deed()
    except refusals as error:
        say = words.say_in(words.language_of(request))
        return shown_again(say(wrong_state) if wrong_state and isinstance(error, WrongState) else said_of(error, say))
    return done(to, said)
