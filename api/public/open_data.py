"""Public figures as files, as they stood this midnight: the same the whole day, so that a copy can be compared."""

from datetime import datetime, time

from fastapi import APIRouter
from fastapi.responses import Response

from api.http.headers import HEADERS
from api.parts import WithParts
from bot import wiring
from bot.services.figures import public_figures
from bot.services.kernel.spreadsheets import to_csv
from bot.services.proposals import proposals

CASE_COLUMNS = ("month", "office", "cases", "answered_in_time_percent", "settled_in_time_percent")
PROPOSAL_COLUMNS = ("number", "state", "outcome", "title", "supports", "published")

pages = APIRouter(include_in_schema=False)


@pages.api_route("/open-data/cases.csv", methods=["GET", "HEAD"])
def cases(parts: WithParts) -> Response:
    """By month and office; an empty office is all small ones together. Small counts are not told."""
    midnight = _midnight(parts.clock())
    rows = [
        (month.name, one.name, one.cases, one.answered, one.settled)
        for month in public_figures.months(parts.store, midnight, wiring.targets())
        for one in month.offices
    ]
    return _file("cases", midnight, to_csv(CASE_COLUMNS, rows))


@pages.api_route("/open-data/proposals.csv", methods=["GET", "HEAD"])
def published(parts: WithParts) -> Response:
    """What everybody may read at /proposals, as it is now."""
    rows = [
        (one.number, one.state, one.outcome, one.title, one.supports, one.published and one.published.date())
        for one in proposals.public_list(parts.store)
    ]
    return _file("proposals", parts.clock(), to_csv(PROPOSAL_COLUMNS, rows))


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.date(), time(), now.tzinfo)


def _file(name: str, at: datetime, body: bytes) -> Response:
    headers = HEADERS | {
        "Cache-Control": "public, max-age=3600",
        "Content-Disposition": f'attachment; filename="linyu-{name}-{at:%Y%m%d}.csv"',
    }
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
