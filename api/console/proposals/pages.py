"""Proposals: the list, one proposal, what everybody reads of it, and its next stage."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.deeds import attempt
from api.console.frame.render import page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.errors import BadInput, WrongState
from bot.services.proposals import staff_proposals
from bot.services.proposals.proposals import Outcome, ProposalState
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/proposals", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("proposals.read"))]
Works = Annotated[Signed, Depends(needs("proposals.work"))]
Word = Annotated[str, Form()]

TONES = {"submitted": "warn", "consulting": "plain", "deciding": "plain", "answered": "good"}
COLUMNS = (
    Column("number", "proposals.number", lambda row: row.number, link=lambda row: f"/staff/proposals/{row.number}"),
    Column("title", "proposals.title", lambda row: row.title),
    Column("state", "proposals.state", lambda row: row.state, texts="proposals.state.", badge=lambda row: TONES[row.state]),
    Column("outcome", "proposals.outcome", lambda row: row.outcome, texts="proposals.outcome."),
    Column("supports", "proposals.supports", lambda row: row.supports),
    Column("published", "proposals.published", lambda row: row.published),
    Column("submitted", "proposals.submitted", lambda row: row.submitted),
)  # fmt: skip


@router.get("")
def proposals(request: Request, parts: WithParts, signed: Reads) -> Response:
    say, state = _say(request), request.query_params.get("state", "")
    table = Table(request, COLUMNS, caption=say("proposals.list"), empty=say("proposals.empty"), sort="-submitted")
    table.fill(staff_proposals.lines(parts.store, signed.actor, state=state))
    if table.export:
        signed.actor.must("proposals.export")
        staff_proposals.note_export(parts.store, signed.actor, table.export, parts.clock())
        return table.download("proposals")
    states = [("", say("frame.all")), *((one.value, say(f"proposals.state.{one}")) for one in ProposalState)]
    return page(request, "proposals/list.html", signed, table=table, states=states, state=state)


@router.get("/{number}")
def proposal(request: Request, parts: WithParts, signed: Reads, number: str) -> Response:
    return _proposal(request, parts, signed, number)


@router.post("/{number}/publish")
def publish(
    request: Request, parts: WithParts, signed: Works, number: str, title: Word = "", text: Word = ""
) -> Response:
    return _do(request, parts, signed, number, "published", lambda: staff_proposals.publish(
        parts.store, signed.actor, number, title, text, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/withdraw")
def withdraw(request: Request, parts: WithParts, signed: Works, number: str) -> Response:
    return _do(request, parts, signed, number, "withdrawn", lambda: staff_proposals.withdraw(
        parts.store, signed.actor, number, parts.clock()
    ))  # fmt: skip


@router.post("/{number}/move")
def move(
    request: Request, parts: WithParts, signed: Works, number: str, stage: Word = "", answer: Word = "", outcome: Word = ""
) -> Response:  # fmt: skip
    return _do(request, parts, signed, number, "moved", lambda: staff_proposals.move(
        parts.store, signed.actor, number, stage, answer, parts.clock(), outcome=outcome
    ))  # fmt: skip


def _proposal(request: Request, parts: Parts, signed: Signed, number: str, wrong: str = "") -> Response:
    values = proposal_values(request, parts, signed, number, wrong)
    return page(request, "proposals/proposal.html", signed, status=422 if wrong else 200, **values)


def proposal_values(request: Request, parts: Parts, signed: Signed, number: str, wrong: str = "") -> dict[str, Any]:
    """What the page of a proposal shows, and the inbox beside its list. Raises NotFound."""
    say = _say(request)
    view = staff_proposals.open_proposal(parts.store, signed.actor, number, parts.clock())
    return {
        "view": view,
        "proposal": view.proposal,
        "tones": TONES,
        "stages": [(one, say(f"proposals.state.{one}")) for one in view.next_stages],
        "outcomes": [("", "—"), *((one.value, say(f"proposals.outcome.{one}")) for one in Outcome)],
        "wrong": wrong,
    }


def _do(request: Request, parts: Parts, signed: Signed, number: str, said: str, deed: Callable[[], None]) -> Response:
    return attempt(
        request, deed, lambda wrong: _proposal(request, parts, signed, number, wrong), BadInput, WrongState,
        to=f"/staff/proposals/{number}", said=f"proposals.said.{said}", wrong_state="proposals.wrong-state",
    )  # fmt: skip


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))
