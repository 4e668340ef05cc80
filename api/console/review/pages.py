"""Review in a flow: one turn after the other, one decision each by one key, and the next comes by itself."""

from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.deeds import INBOX
from api.console.frame.render import address_of, done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot.errors import BadInput, WrongState
from bot.services.knowledge import page_versions
from bot.services.learning import flow, review
from bot.services.staff.staff_sessions import Signed
from bot.turns import GOALS

QUICK = 3
"""Goals of the ranking that have a button of their own."""
UNDO_FOR = 10
"""Seconds."""

router = APIRouter(prefix="/staff/review", include_in_schema=False)

Reviews = Annotated[Signed, Depends(needs("conversations.review"))]
Word = Annotated[str, Form()]


@router.get("")
def shown(request: Request, parts: WithParts, signed: Reviews) -> Response:
    asked, now = request.query_params.get("turn", ""), parts.clock()
    which = _which(request.query_params.get("queue", ""))
    waiting = flow.queue(parts.store, signed.actor, now, which)
    turn_id = asked if asked in waiting else next(iter(waiting), "")
    say = words.say_in(words.language_of(request))
    return page(
        request,
        "review/review.html",
        signed,
        **(turn_values(request, parts, signed, turn_id) if turn_id else {}),
        shown=turn_id,
        progress=flow.progress(parts.store, signed.actor, now, which),
        which=which,
        queues=[(one, say(f"review.queue.{one}")) for one in flow.QUEUES],
        onward=_after(waiting, turn_id),
        undo=request.query_params.get("did", ""),
        undo_for=UNDO_FOR,
    )


@router.post("/{turn_id}")
def decide(
    request: Request,
    parts: WithParts,
    signed: Reviews,
    turn_id: str,
    verdict: Word = "",
    goal: Word = "",
    right_page: Word = "",
    onward: Word = "",
) -> Response:
    """`goal` is a code, or its words in the language of the page."""
    say = words.say_in(words.language_of(request))
    by_words = {say(f"goal.{one}"): one for one in GOALS}
    pages = dict(page_versions.titles(parts.store, "zh"))
    right_page, goal = right_page.strip(), by_words.get(goal.strip(), goal.strip())
    try:
        if right_page and right_page not in pages:
            raise BadInput("page")
        conversation_id = flow.conversation_of(parts.store, signed.actor, turn_id)
        review.label(
            parts.store, signed.actor, conversation_id, turn_id, parts.clock(),
            verdict=verdict, goal=goal, page=right_page,
        )  # fmt: skip
    except BadInput as error:
        said = error.field if error.field in ("goal", "page") else "verdict"
        return done(_onward(request, turn_id, ""), f"review.said.refused_{said}")
    return done(_onward(request, onward, turn_id), f"review.said.{verdict}")


@router.post("/{turn_id}/undo")
def undo(request: Request, parts: WithParts, signed: Reviews, turn_id: str) -> Response:
    try:
        flow.undo(parts.store, signed.actor, turn_id, parts.clock())
    except WrongState:
        return done(_onward(request, "", ""), "review.said.not_undone")
    return done(_onward(request, turn_id, ""), "review.said.undone")


def turn_values(request: Request, parts: Parts, signed: Signed, number: str) -> dict[str, Any]:
    """What is shown of one turn, here and in the inbox. Raises NotFound."""
    say, language = words.say_in(words.language_of(request)), words.language_of(request)
    view = flow.show(parts.store, signed.actor, number, parts.clock())
    return {
        "review": view,
        "goals": [(one, say(f"goal.{one}")) for one in view.ranking],
        "quick": QUICK,
        "pages": page_versions.titles(parts.store, language),
        "beside_list": request.url.path.startswith(INBOX),
    }


def _which(text: str) -> str:
    return text if text in flow.QUEUES else flow.QUEUES[0]


def _after(waiting: list[str], turn_id: str) -> str:
    """The next in the queue, the first after the last."""
    others = [one for one in waiting if one != turn_id]
    place = waiting.index(turn_id) if turn_id in waiting else 0
    return (others[place:] or others or [""])[0]


def _onward(request: Request, turn_id: str, did: str) -> str:
    """Back to the inbox or to the flow, with the next turn, and with what may be undone."""
    back = address_of(request)
    query = {name: one[-1] for name, one in parse_qs(back.partition("?")[2]).items() if name not in ("did", "of")}
    if back.startswith(INBOX):
        query["item"] = turn_id if ":" in turn_id else f"review:{turn_id}" if turn_id else ""
        query |= {"did": "right", "of": f"review:{did}"} if did else {}
        kept = {name: one for name, one in query.items() if one}
        return f"{INBOX}?{urlencode(kept)}"
    kept = {"queue": query.get("queue", ""), "turn": turn_id, "did": did}
    return f"/staff/review?{urlencode({name: one for name, one in kept.items() if one})}"
