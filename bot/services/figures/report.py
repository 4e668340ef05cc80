"""The monthly report as a PDF: figures beside the plan's targets, each as a picture and as a table."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot.services.figures.charts import FONT, register_font

INK, SOFT, LINE = HexColor("#1c2726"), HexColor("#43504d"), HexColor("#d8d0c0")


@dataclass(frozen=True)
class Section:
    title: str
    note: str
    """How it is counted."""
    drawing: Drawing | None
    """None where there is nothing to show."""
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Report:
    title: str
    subtitle: str
    summary_title: str
    heads: tuple[str, ...]
    summary: Sequence[tuple[str, ...]]
    sections: Sequence[Section]
    foot: str
    """At the bottom of every page, before its number."""
    language: str


def to_pdf(report: Report) -> bytes:
    """With bookmarks for the sections and a title for readers aloud."""
    register_font()
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=report.title, author="Linyu 邻语", lang=report.language,
        leftMargin=20 * mm, rightMargin=20 * mm, topMargin=18 * mm, bottomMargin=20 * mm,
    )  # fmt: skip
    story = [
        _words(report.title, 18), _words(report.subtitle, 10.5, soft=True), Spacer(1, 6 * mm),
        _words(report.summary_title, 13), _table(report.heads, report.summary), Spacer(1, 8 * mm),
    ]  # fmt: skip
    for section in report.sections:
        story += _section(section)

    def foot(canvas: Canvas, _document: object) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(20 * mm, 12 * mm, report.foot)
        canvas.drawRightString(A4[0] - 20 * mm, 12 * mm, str(canvas.getPageNumber()))

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _section(section: Section) -> list[object]:
    head = [_words(section.title, 13), _words(section.note, 9.5, soft=True), Spacer(1, 2 * mm)]
    if section.drawing is not None:
        head.append(section.drawing)
    return [KeepTogether(head), _table(section.heads, section.rows), Spacer(1, 8 * mm)]


def _words(text: str, size: float, *, soft: bool = False) -> Paragraph:
    # CJK breaks between any two characters, as Chinese is set.
    style = ParagraphStyle(
        "words", fontName=FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", textColor=SOFT if soft else INK
    )
    return Paragraph(escape(text), style)


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    cells = [[_words(cell, 9.5) for cell in row] for row in (heads, *rows)]
    table = Table(cells, repeatRows=1, hAlign="LEFT")
    table.setStyle(
        TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("LINEBELOW", (0, 0), (-1, 0), 1, INK),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2)])
    )  # fmt: skip
    return table
