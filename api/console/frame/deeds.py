"""Something that a person does on a page: done, it leads on with a word of it; refused, the page is shown again with the reason."""

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import address_of, done
from bot.errors import Refusal, WrongState

INBOX = "/staff/inbox"
WORKED_THROUGH = (INBOX, "/staff/bookings/sheet")
"""Lists whose things are worked on one after the other without leaving them."""
SAID_IN_FULL = ("answer", "why", "note", "text", "title", "reason")
"""Fields that somebody has written into; what is chosen is chosen again in a moment."""


def attempt(
    request: Request,
    deed: Callable[[], object],
    shown_again: Callable[[str], Response],
    *refusals: type[Refusal],
    to: str,
    said: str,
    wrong_state: str = "",
) -> Response:
    """A deed done in the inbox leads back there. One that a colleague was quicker with is told on the page it leads to, unless
    something was typed, which is then given back.

    `shown_again` is given the reason in words; `refusals` are those that a person can mend on the page.

    `to` is where it leads, `said` and `wrong_state` are codes of words.
    """
    to = led_back(request, to)
    try:
        deed()
    except refusals as error:
        if isinstance(error, WrongState) and not _typed(request):
            return done(to, "frame.said.wrong_state")
        say = words.say_in(words.language_of(request))
        return shown_again(say(wrong_state) if wrong_state and isinstance(error, WrongState) else said_of(error, say))
    return done(to, said)


def led_back(request: Request, to: str) -> str:
    """`to`, or the list that is worked through where the form was sent from there."""
    sent_from = address_of(request)
    return sent_from if sent_from.startswith(WORKED_THROUGH) else to


def _typed(request: Request) -> bool:
    typed: dict[str, str] = getattr(request.state, "typed", {})
    return any(typed.get(name, "").strip() for name in SAID_IN_FULL)
