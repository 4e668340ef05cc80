"""What the staff API tells of figures."""

from datetime import date
from typing import Literal

from pydantic import BaseModel


class SeriesOut(BaseModel):
    name: str
    values: list[float | None]
    """One for each label; null where there was nothing to count."""


class TargetOut(BaseModel):
    value: float
    section: str
    """Of the plan."""


class PlotOut(BaseModel):
    name: str
    measure: Literal["count", "percent", "minutes"]
    labels: list[str]
    series: list[SeriesOut]
    whole: float | None
    """Over the whole time."""
    base: int
    """How many conversations, turns, cases or ratings it rests on."""
    target: TargetOut | None


class FiguresOut(BaseModel):
    since: date
    until: date
    plots: list[PlotOut]
