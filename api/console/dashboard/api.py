"""The staff API of the figures and of the monthly report."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.console.dashboard.messages import FiguresOut, PlotOut
from api.console.dashboard.pages import monthly_report, note_report, period_of, plots_of
from api.console.frame import words
from api.console.frame.failures import PROBLEMS
from api.console.frame.session import needs
from api.parts import WithParts
from bot.services.figures.figures import Plot
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/api/v1/staff", responses=PROBLEMS, tags=["staff"])

PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}, "description": "The report"}}
Day = Annotated[str, Query(description="Such as 2026-11-23; anything else, and nothing, is the usual")]


@router.get("/dashboard")
def dashboard(
    request: Request,
    parts: WithParts,
    _signed: Annotated[Signed, Depends(needs("dashboard.read"))],
    since: Day = "",
    until: Day = "",
) -> FiguresOut:
    """All figures of the time, at most a year; the last thirty days when none is named."""
    period = period_of(request, parts)
    return FiguresOut(since=period.first, until=period.last, plots=[_plot(plot) for plot in plots_of(parts, period)])


@router.get("/reports/{month}", response_class=Response, responses=PDF)
def report(
    request: Request, parts: WithParts, signed: Annotated[Signed, Depends(needs("reports.read"))], month: str
) -> Response:
    """The monthly report as a PDF; `month` such as 2026-11. Each download is kept in the audit."""
    body = monthly_report(parts, month, words.language_of(request))
    note_report(parts, signed, month)
    return Response(body, media_type="application/pdf")


def _plot(plot: Plot) -> PlotOut:
    return PlotOut(
        name=plot.name,
        measure=plot.measure,
        labels=list(plot.labels),
        series=list(plot.series),
        whole=plot.whole,
        base=plot.base,
        target=plot.target,
    )
