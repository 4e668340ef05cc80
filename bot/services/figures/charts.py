"""Figures as pictures: drawn once, as SVG for a page and as vectors for a PDF (library reportlab, no script, no font file)."""

import re
from collections.abc import Callable, Sequence

from reportlab.graphics import renderSVG
from reportlab.graphics.charts.barcharts import HorizontalBarChart, VerticalBarChart
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from bot.services.figures.figures import Plot

FONT = "STSong-Light"
"""A Chinese font that every reader of PDF brings along: none is embedded, none has to be fetched."""
WIDTH, HEIGHT = 480, 240
BAR_HEIGHT = 18
MOST_BARS = 12
COLOURS = (HexColor("#16514b"), HexColor("#d98d5f"))
"""Told apart in grey, too."""
INK, SOFT, TARGET = HexColor("#1c2726"), HexColor("#727d79"), HexColor("#8c1c13")
GROUND = HexColor("#fffdf9")
MOST_TICKS = 8

Name = Callable[[str], str]
"""From a code, such as a series or a goal, to words."""


def register_font() -> None:
    """Doing it again changes nothing."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def svg(plot: Plot, name: Name, target: str) -> bytes:
    """As a picture for a page. Its words come in the reader's own font."""
    text: str = renderSVG.drawToString(drawing(plot, name, target))
    text = text.replace(f"font-family: {FONT}", "font-family: system-ui, sans-serif")
    return re.sub(r"<!DOCTYPE.*?>\n?", "", text, flags=re.DOTALL).encode()


def drawing(plot: Plot, name: Name, target: str) -> Drawing:
    """`target` are the words at its line."""
    register_font()
    return _codes(plot, name) if plot.codes else _days(plot, name, target)


def _days(plot: Plot, name: Name, target: str) -> Drawing:
    shown = Drawing(WIDTH, HEIGHT)
    shown.add(Rect(0, 0, WIDTH, HEIGHT, fillColor=GROUND, strokeColor=None))
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 44, 34, WIDTH - 60, HEIGHT - 72
    chart.data = [[value or 0 for value in series.values] for series in plot.series]
    chart.groupSpacing, chart.barSpacing = 4, 0
    highest = top(plot)
    axis = chart.valueAxis
    axis.valueMin, axis.valueMax, axis.valueStep = 0, highest, highest / 4
    axis.labelTextFormat = "%d%%" if plot.measure == "percent" else "%d"
    axis.visibleGrid, axis.gridStrokeColor = True, HexColor("#d8d0c0")
    every = max(1, -(-len(plot.labels) // MOST_TICKS))
    chart.categoryAxis.categoryNames = [label[-5:] if n % every == 0 else "" for n, label in enumerate(plot.labels)]
    chart.categoryAxis.visibleTicks = False
    for labels in (axis.labels, chart.categoryAxis.labels):
        labels.fontName, labels.fontSize, labels.fillColor = FONT, 11, INK
    _colour(chart, len(plot.series))
    shown.add(chart)
    if plot.target is not None:
        height = chart.y + chart.height * plot.target.value / highest
        shown.add(
            Line(
                chart.x,
                height,
                chart.x + chart.width,
                height,
                strokeColor=TARGET,
                strokeDashArray=[6, 3],
                strokeWidth=1.5,
            )
        )
        shown.add(
            String(WIDTH - 16, HEIGHT - 20, target, textAnchor="end", fontName=FONT, fontSize=11, fillColor=TARGET)
        )
    if len(plot.series) > 1:
        for n, series in enumerate(plot.series):
            shown.add(Rect(44 + 150 * n, HEIGHT - 20, 10, 10, fillColor=COLOURS[n], strokeColor=None))
            shown.add(String(60 + 150 * n, HEIGHT - 20, name(series.name), fontName=FONT, fontSize=11, fillColor=INK))
    return shown


def _codes(plot: Plot, name: Name) -> Drawing:
    """The most frequent on top."""
    [series] = plot.series
    rows = list(zip(plot.labels, series.values, strict=True))[:MOST_BARS]
    height = 24 + BAR_HEIGHT * max(1, len(rows))
    shown = Drawing(WIDTH, height)
    shown.add(Rect(0, 0, WIDTH, height, fillColor=GROUND, strokeColor=None))
    if not rows:
        return shown
    chart = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = 150, 12, WIDTH - 210, height - 24
    chart.data = [[value or 0 for _, value in rows[::-1]]]
    chart.categoryAxis.categoryNames = [name(code) for code, _ in rows[::-1]]
    chart.categoryAxis.visibleTicks = chart.valueAxis.visible = False
    chart.valueAxis.valueMin = 0
    chart.barLabelFormat = "%d"
    for labels in (chart.barLabels, chart.categoryAxis.labels):
        labels.fontName, labels.fontSize, labels.fillColor = FONT, 11, INK
    chart.barLabels.nudge = 16
    chart.categoryAxis.labels.boxAnchor = "e"
    _colour(chart, 1)
    shown.add(chart)
    return shown


def _colour(chart: VerticalBarChart | HorizontalBarChart, count: int) -> None:
    for n in range(count):
        chart.bars[n].fillColor, chart.bars[n].strokeColor = COLOURS[n], None


def top(plot: Plot) -> float:
    """The end of the axis: 100 percent, or a round number that four steps divide."""
    if plot.measure == "percent":
        return 100
    most = max((value for series in plot.series for value in series.values if value), default=0)
    steps = (float(times * 10**power) for power in range(9) for times in (1, 2, 5))
    return 4 * next(step for step in steps if step * 4 >= most)


def table_rows(plot: Plot, name: Name) -> Sequence[tuple[str, ...]]:
    """The same as words: label, then a value for each series; empty where there was nothing to count."""
    return [
        (name(label) if plot.codes else label, *(figure(plot, series.values[n]) for series in plot.series))
        for n, label in enumerate(plot.labels)
    ]


def figure(plot: Plot, value: float | None) -> str:
    """As people write it; empty for nothing."""
    if value is None:
        return ""
    text = f"{value:.1f}".removesuffix(".0")
    return f"{text}%" if plot.measure == "percent" else text
