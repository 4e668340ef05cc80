"""What the staff API of the cases takes and gives."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class CaseLineOut(BaseModel):
    number: str
    category: str
    state: str
    place: str
    """In full for those who send somebody there or go there; masked for others."""
    community: str | None
    grid: str | None
    department: str | None
    assignee: str | None
    channel: str
    filed: datetime
    escalated: bool
    satisfaction: int | None
    light: Literal["green", "yellow", "red", "none"]
    target: Literal["response", "settlement", "none"]
    due: datetime | None
    hours_left: float | None
    """Negative when it is late."""


class CasesOut(BaseModel):
    cases: list[CaseLineOut]
    total: int


class HistoryOut(BaseModel):
    at: datetime
    actor: str
    action: str
    note: str
    to: str
    """Department and grid worker whom it was sent to."""


class EscalationOut(BaseModel):
    id: int
    number: str
    target: Literal["response", "settlement"]
    """Which of the two was missed."""
    role: str
    """Who is told."""
    at: datetime
    state: str
    category: str
    community: str | None
    grid: str | None
    department: str | None
    assignee: str | None
    acknowledged_by: str | None
    """Name of the person who takes care of it."""
    acknowledged: datetime | None


class EscalationsOut(BaseModel):
    escalations: list[EscalationOut]


class CaseOut(CaseLineOut):
    text: str
    """Masked, as are answer, name, phone and notes."""
    answer: str
    name: str
    phone: str
    anonymous: bool
    language: str
    respond_by: datetime
    settle_by: datetime
    conversation_id: str
    merged_into: str | None
    merged: list[str]
    next_states: list[str]
    photos: int
    history: list[HistoryOut]
    escalations: list[EscalationOut]


class DuplicateOut(BaseModel):
    number: str
    category: str
    place_likeness: float
    words_likeness: float
    same_category: bool
    hours_apart: float


class DuplicatesOut(BaseModel):
    duplicates: list[DuplicateOut]


class SpotOut(BaseModel):
    community: str
    grid: str
    by_category: dict[str, int]
    total: int
    open: int
    late: int


class SpotsOut(BaseModel):
    spots: list[SpotOut]


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
