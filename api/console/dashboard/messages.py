"""What the staff API tells of figures."""

from datetime import date
from typing import Literal

from pydantic import BaseModel

from bot.services.figures.figures import Series, Target


class PlotOut(BaseModel):
    name: str
    measure: Literal["count", "percent", "minutes"]
    labels: list[str]
    series: list[Series]
    whole: float | None
    """Over the whole time."""
    base: int
    """How many conversations, turns, cases or ratings it rests on."""
    target: Target | None


class FiguresOut(BaseModel):
    since: date
    until: date
    plots: list[PlotOut]
