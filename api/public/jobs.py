"""Work that is offered here, for everybody: `/jobs`, and the same as JSON. No employer's phone is in it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from api.http.problems import documented
from api.parts import WithParts
from api.public.frame import MOST_PAGES, language_of, page, page_number
from bot import wiring
from bot.language import words
from bot.services.jobs import jobs
from bot.services.jobs.jobs import Posting
from bot.services.jobs.wish import HIGHEST_PAY, Wish, read_wish

EACH_PAGE = 20
LONGEST_QUESTION = 60
"""Characters of what is looked for."""

pages = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1", responses=documented(400, 422, 429, 503), tags=["jobs"])


class JobOut(BaseModel):
    id: int
    title: str
    employer: str
    pay_from: int | None
    """Yuan a month."""
    pay_to: int | None
    shift: str
    lodging: bool | None
    meals: bool | None
    place: str
    details: str
    valid_until: date
    example: bool


class JobsOut(BaseModel):
    jobs: list[JobOut]
    """The newest first."""
    given_up: list[str]
    """Parts of what was asked that had to go, where nothing fitted whole."""
    total: int
    page: int
    pages: int


@pages.api_route("/jobs", methods=["GET", "HEAD"])
def jobs_page(request: Request, parts: WithParts) -> Response:
    query = request.query_params
    asked, pay = query.get("q", "")[:LONGEST_QUESTION], query.get("pay_from", "")
    wish = _wish(
        asked, int(pay) if pay.isascii() and pay.isdigit() and len(pay) < 7 else None, query.get("lodging") == "true"
    )
    at, today, language = page_number(request), parts.clock().date(), language_of(request)
    found = jobs.search(parts.store, wish, today, most=EACH_PAGE, skip=(at - 1) * EACH_PAGE)
    return page(
        request,
        "jobs.html",
        postings=found.postings,
        near=bool(found.given_up),
        pay=lambda one: pay_words(one, language),
        shift=lambda one: words.text(f"jobs.shift.{one.shift}", language) if one.shift else "",
        board=lambda one: [
            words.text(f"jobs.part.{part}", language) for part in ("lodging", "meals") if getattr(one, part)
        ],
        asked=asked,
        pay_from=pay if wish.pay_from else "",
        lodging=wish.lodging,
        at=at,
        pages=_pages(found.total),
    )


def pay_words(posting: Posting, language: str) -> str:
    low, high = posting.pay_from, posting.pay_to
    if low and high and low != high:
        return words.text("jobs.pay.range", language, low=low, high=high)
    amount = low or high
    return words.text("jobs.pay.one", language, amount=amount) if amount else words.text("jobs.pay.open", language)


@api.get("/jobs")
def jobs_json(
    parts: WithParts,
    q: Annotated[str, Query(max_length=LONGEST_QUESTION)] = "",
    pay_from: Annotated[int | None, Query(ge=0, le=HIGHEST_PAY)] = None,
    lodging: bool = False,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
) -> JobsOut:
    """Open postings; `q` is read like a sentence, such as 不要夜班的电焊工."""
    wish = _wish(q, pay_from, lodging)
    found = jobs.search(parts.store, wish, parts.clock().date(), most=EACH_PAGE, skip=(page - 1) * EACH_PAGE)
    return JobsOut(
        jobs=[JobOut.model_validate(one, from_attributes=True) for one in found.postings],
        given_up=list(found.given_up),
        total=found.total,
        page=page,
        pages=_pages(found.total),
    )


def _wish(asked: str, pay_from: int | None, lodging: bool) -> Wish:
    """As the sentence says; what is chosen beside it adds to that."""
    wish = read_wish(asked, wiring.trades())
    by_title = not wish.trade and not wish.place and wish == Wish() and asked.strip()
    return Wish(
        trade=wish.trade,
        words=tuple(sorted(jobs.title_words(asked))) if by_title else (),
        pay_from=pay_from if pay_from else wish.pay_from,
        shift=wish.shift,
        no_nights=wish.no_nights,
        lodging=lodging or wish.lodging,
        meals=wish.meals,
        place=wish.place,
    )


def _pages(total: int) -> int:
    return max(1, -(-total // EACH_PAGE))
