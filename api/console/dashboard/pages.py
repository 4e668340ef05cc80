"""The dashboard: figures as pictures and tables beside the plan's targets; and the monthly report as a PDF."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from api.console.frame import words
from api.console.frame.render import page, same_page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot.services.audit import audit
from bot.services.figures import charts, figures, report
from bot.services.figures.figures import NAMES, Period, Plot
from bot.services.figures.report import Report, Section
from bot.services.kernel.deadlines import Targets
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/dashboard", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("dashboard.read"))]
Reports = Annotated[Signed, Depends(needs("reports.read"))]

USUAL_DAYS = 30
LONGEST_DAYS = 366
MONTHS = 12
PICTURE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "no-store",
}
"""A picture has styles of its own. It is shown by <img>, so that no page needs to allow them."""


@router.get("")
def dashboard(request: Request, parts: WithParts, signed: Reads) -> Response:
    period, say = period_of(request, parts), _say(request)
    shown = plots_of(parts, period)
    return page(
        request,
        "dashboard/dashboard.html",
        signed,
        period=period,
        keep_days=parts.settings.transcript_days,
        months=months(parts) if signed.actor.may("reports.read") else [],
        plots=[
            {
                "plot": plot,
                "name": plot.name,
                "whole": charts.figure(plot, plot.whole),
                "heads": heads(plot, say),
                "rows": charts.table_rows(plot, namer(plot, say)),
                "picture": same_page(request, f"/staff/dashboard/{plot.name}.svg", **_query(period)),
                "table": same_page(request, f"/staff/dashboard/{plot.name}", **_query(period)),
            }
            for plot in shown
        ],
    )


@router.get("/report/{month}.pdf")
def monthly(request: Request, parts: WithParts, signed: Reports, month: str) -> Response:
    body = monthly_report(parts, month, words.language_of(request))
    note_report(parts, signed, month)
    headers = {"Content-Disposition": f'attachment; filename="linyu-{month}.pdf"', "Cache-Control": "no-store"}
    return Response(body, media_type="application/pdf", headers=headers)


@router.get("/{name}.svg")
def picture(request: Request, parts: WithParts, signed: Reads, name: str) -> Response:
    plot, say = _plot(parts, period_of(request, parts), name), _say(request)
    return Response(
        charts.svg(plot, namer(plot, say), target_words(plot, say)), media_type="image/svg+xml", headers=PICTURE_HEADERS
    )


@router.get("/{name}")
def table(request: Request, parts: WithParts, signed: Reads, name: str) -> Response:
    period, say = period_of(request, parts), _say(request)
    plot = _plot(parts, period, name)
    call = namer(plot, say)
    columns = [Column("label", f"dashboard.{'code' if plot.codes else 'day'}", lambda row: row[0])]
    columns += [
        Column(series.name, f"dashboard.series.{series.name}", lambda row, place=n + 1: row[place])  # type: ignore[misc]
        for n, series in enumerate(plot.series)
    ]
    table = Table(
        request, columns, caption=say(f"dashboard.{name}"), empty=say("dashboard.empty"),
        sort=f"-{plot.series[0].name}" if plot.codes else "label",
    )  # fmt: skip
    rows = [
        (call(label) if plot.codes else label, *(series.values[n] for series in plot.series))
        for n, label in enumerate(plot.labels)
    ]
    table.fill(rows if not plot.empty else [])
    if table.export:
        with parts.store.unit() as unit:
            audit.write(unit, signed.actor, "dashboard.export", "table", name, parts.clock())
            unit.commit()
        return table.download(f"linyu-{name}")
    picture = same_page(request, f"/staff/dashboard/{name}.svg", **_query(period))
    return page(
        request, "dashboard/plot.html", signed, table=table, plot=plot, name=name, picture=picture, period=period
    )


def monthly_report(parts: Parts, month: str, language: str) -> bytes:
    """The PDF of a month such as 2026-11. Raises HTTPException for a month that is none, or not yet begun."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise HTTPException(404) from None
    if first > parts.clock().date() or first.strftime("%Y-%m") != month:
        raise HTTPException(404)
    say = words.say_in(language)
    shown = plots_of(parts, Period(first, first.replace(day=monthrange(first.year, first.month)[1])))
    made = parts.clock().strftime("%Y-%m-%d %H:%M")
    return report.to_pdf(
        Report(
            title=say("report.title", month=month),
            subtitle=say("report.subtitle", made=made, days=parts.settings.transcript_days),
            summary_title=say("report.summary"),
            heads=tuple(say(f"report.{name}") for name in ("figure", "value", "base", "target", "reached")),
            summary=[summary_row(plot, say) for plot in shown],
            sections=[_section(plot, say) for plot in shown],
            foot=say("report.foot", month=month),
            language="zh-CN" if language == "zh" else "en",
        )
    )


def note_report(parts: Parts, signed: Signed, month: str) -> None:
    with parts.store.unit() as unit:
        audit.write(unit, signed.actor, "report.download", "report", month, parts.clock())
        unit.commit()


def plots_of(parts: Parts, period: Period) -> tuple[Plot, ...]:
    chosen = parts.settings
    targets = Targets(chosen.case_response_days, chosen.case_settlement_days, chosen.case_working_days)
    return figures.plots(parts.store, period, parts.clock(), targets=targets)


def period_of(request: Request, parts: Parts) -> Period:
    """As asked, at most a year; the last thirty days when nothing sensible was asked."""
    today = parts.clock().date()
    last = _day(request.query_params.get("until", "")) or today
    first = _day(request.query_params.get("since", "")) or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        first, last = last, first
    return Period(max(first, last - timedelta(days=LONGEST_DAYS - 1)), last)


def months(parts: Parts) -> list[str]:
    """The present one and those before it, newest first."""
    day, found = parts.clock().date().replace(day=1), []
    for _ in range(MONTHS):
        found.append(day.strftime("%Y-%m"))
        day = (day - timedelta(days=1)).replace(day=1)
    return found


def namer(plot: Plot, say: words.Say) -> charts.Name:
    """From the code of a goal or of a series to words; what has none is shown as it is."""

    def name(code: str) -> str:
        text = f"{plot.codes}{code}" if plot.codes else f"dashboard.series.{code}"
        return say(text) if words.has(text) else code

    return name


def target_words(plot: Plot, say: words.Say) -> str:
    if plot.target is None:
        return ""
    return say("dashboard.target", value=charts.figure(plot, plot.target.value), section=plot.target.section)


def heads(plot: Plot, say: words.Say) -> tuple[str, ...]:
    first = say("dashboard.code" if plot.codes else "dashboard.day")
    return first, *(say(f"dashboard.series.{series.name}") for series in plot.series)


def summary_row(plot: Plot, say: words.Say) -> tuple[str, ...]:
    reached = {True: "frame.yes", False: "frame.no"}
    return (
        say(f"dashboard.{plot.name}"),
        charts.figure(plot, plot.whole) or say("dashboard.nothing"),
        str(plot.base),
        target_words(plot, say),
        say(reached[plot.reached]) if plot.reached is not None else "",
    )


def _section(plot: Plot, say: words.Say) -> Section:
    name = namer(plot, say)
    rows = [row for row in charts.table_rows(plot, name) if any(cell not in ("", "0") for cell in row[1:])]
    drawn = None if plot.empty else charts.drawing(plot, name, target_words(plot, say))
    return Section(
        say(f"dashboard.{plot.name}"),
        say(f"dashboard.{plot.name}.note"),
        drawn,
        heads(plot, say),
        () if plot.empty else rows,
    )


def _plot(parts: Parts, period: Period, name: str) -> Plot:
    if name not in NAMES:
        raise HTTPException(404)
    return plots_of(parts, period)[NAMES.index(name)]


def _query(period: Period) -> dict[str, object]:
    return {
        "since": period.first.isoformat(),
        "until": period.last.isoformat(),
        "sort": None,
        "page": None,
        "size": None,
    }


def _say(request: Request) -> words.Say:
    return words.say_in(words.language_of(request))


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2200 else None
