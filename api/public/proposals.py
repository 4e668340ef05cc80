"""Residents' proposals for everybody: `/proposals`, and the same as JSON. Nothing in it tells who made or supports one."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.http.problems import documented
from api.parts import WithParts
from api.public.frame import MOST_PAGES, language_of, page, page_number
from bot.services.proposals import proposals
from bot.services.proposals.proposals import Proposal, ProposalState, Step
from bot.services.proposals.words import stage_words

EACH_PAGE = 20

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", responses=documented(400, 422, 429, 503), tags=["proposals"])


class ProposalOut(BaseModel):
    number: str
    title: str
    text: str
    stage: ProposalState
    outcome: str | None
    """adopted or declined, once it is answered."""
    supports: int
    proven: int
    """How many of them called from the telephone that they name; the others typed it."""
    submitted: datetime
    steps: list[Step]


class ProposalsOut(BaseModel):
    proposals: list[ProposalOut]
    """Most supported first."""
    total: int
    page: int
    pages: int


@pages.api_route("/proposals", methods=["GET", "HEAD"])
def proposals_page(request: Request, parts: WithParts) -> Response:
    asked = request.query_params.get("stage", "")
    stage = asked if asked in set(ProposalState) else None
    language, total = language_of(request), proposals.count_public(parts.store, state=stage)
    at = min(page_number(request), _pages(total))
    found = proposals.public_list(parts.store, state=stage, offset=(at - 1) * EACH_PAGE, limit=EACH_PAGE)
    return page(
        request,
        "proposals.html",
        proposals=found,
        stage=stage or "",
        stages=[one.value for one in ProposalState],
        words=lambda one: stage_words(one.state, one.outcome, language),
        at=at,
        pages=_pages(total),
    )


@api.get("/proposals")
def proposals_json(
    parts: WithParts,
    stage: ProposalState | None = None,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
) -> ProposalsOut:
    """Published proposals, without anything personal."""
    total = proposals.count_public(parts.store, state=stage)
    found = proposals.public_list(parts.store, state=stage, offset=(page - 1) * EACH_PAGE, limit=EACH_PAGE)
    return ProposalsOut(proposals=[_out(one) for one in found], total=total, page=page, pages=_pages(total))


def _out(proposal: Proposal) -> ProposalOut:
    return ProposalOut(
        number=proposal.number,
        title=proposal.title or "",
        text=proposal.text or "",
        stage=proposal.state,
        outcome=proposal.outcome,
        supports=proposal.supports,
        proven=proposal.proven,
        submitted=proposal.submitted,
        steps=list(proposal.steps),
    )


def _pages(total: int) -> int:
    return max(1, -(-total // EACH_PAGE))
