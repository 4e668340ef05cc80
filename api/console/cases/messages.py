"""What the staff API of the cases takes and gives."""

from typing import Literal

from pydantic import BaseModel, Field

from bot.services.cases.alike.hot_spots import Spot
from bot.services.cases.case_view import CaseLine
from bot.services.cases.escalation import Escalation


class CasesOut(BaseModel):
    cases: list[CaseLine]
    total: int


class EscalationsOut(BaseModel):
    escalations: list[Escalation]


class DuplicateOut(BaseModel):
    number: str
    category: str
    place_likeness: float
    words_likeness: float
    same_category: bool
    hours_apart: float


class DuplicatesOut(BaseModel):
    duplicates: list[DuplicateOut]


class SpotsOut(BaseModel):
    spots: list[Spot]


class DispatchIn(BaseModel):
    department: str | None = Field(None, max_length=60)
    """Null leaves the one that the case has, empty takes it off; so with the worker."""
    worker: str | None = Field(None, max_length=64)
    """Account id of a grid worker."""
    community: str = Field("", max_length=60)
    grid: str = Field("", max_length=60)
    note: str = Field("", max_length=2000)


class AdvanceIn(BaseModel):
    state: Literal["handling", "settled", "closed"]
    note: str = Field("", max_length=2000)


class AnswerIn(BaseModel):
    answer: str = Field(min_length=1, max_length=2000)
    note: str = Field("", max_length=2000)


class WhyIn(BaseModel):
    reason: str = Field(min_length=1, max_length=2000)


class NoteIn(BaseModel):
    note: str = Field(min_length=1, max_length=2000)


class ScoreIn(BaseModel):
    score: int = Field(ge=1, le=5)


class MergeIn(BaseModel):
    into: str = Field(min_length=1, max_length=16)
