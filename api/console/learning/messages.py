"""Wire format of the staff API: conversations, learning, knowledge."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field


class FoundOut(BaseModel):
    id: str
    channel: str
    language: str | None
    opened: datetime
    turns: int
    least_sure: float | None
    rating: int | None
    labelled: int
    misunderstood: int
    first_words: str


class ConversationsOut(BaseModel):
    conversations: list[FoundOut]
    total: int


class LabelOut(BaseModel):
    verdict: str
    goal: str | None
    detail: str | None
    page: str | None
    danger: str | None
    act: str | None
    note: str | None
    by: str
    at: datetime


class TurnOut(BaseModel):
    id: str
    seq: int
    said: str
    heard: str | None
    heard_confidence: float | None
    goal: str | None
    confidence: float | None
    misunderstood: bool
    replies: list[str]
    sections: list[str]
    awaiting: str | None
    asked: str | None
    received: datetime
    milliseconds: int | None
    recorded: bool
    left_to: str | None
    """person or nobody, where the assistant was silent and understood nothing."""
    label: LabelOut | None


class ToldOut(BaseModel):
    at: datetime
    by: str
    """Account of the person who wrote it; empty for the assistant."""
    text: str


class NoteOut(BaseModel):
    text: str
    by: str
    at: datetime


class TranscriptOut(BaseModel):
    """Masked."""

    id: str
    channel: str
    language: str | None
    opened: datetime
    last_seen: datetime
    turns: list[TurnOut]
    told: list[ToldOut]
    """Without a turn of the resident's: by a person who took over, or by the assistant."""
    notes: list[NoteOut]
    ratings: list[tuple[int, str]]
    outcomes: list[tuple[str, str]]
    calls: list[tuple[str, str, int | None]]


class LabelIn(BaseModel):
    verdict: Literal["right", "wrong_goal", "wrong_answer", "should_have_known"]
    goal: str = Field("", max_length=40)
    detail: str = Field("", max_length=40)
    page: str = Field("", max_length=60)
    danger: str = Field("", max_length=40)
    act: str = Field("", max_length=40)
    note: str = Field("", max_length=1000)


class BecameOut(BaseModel):
    became: Literal["proposed", "fixed-case", "noted"]


class NoteIn(BaseModel):
    text: str = Field(min_length=1, max_length=1000)


class ExampleOut(BaseModel):
    id: int
    text: str
    language: str
    goal: str
    detail: str | None
    page: str | None
    danger: str | None
    act: str | None
    asked: str | None
    state: str
    conversation_id: str | None
    made_by: str
    made: datetime
    reviewed_by: str | None


class ExamplesOut(BaseModel):
    examples: list[ExampleOut]


class DecisionIn(BaseModel):
    state: Literal["approved", "rejected"]
    text: str | None = Field(None, max_length=200)
    goal: str | None = Field(None, max_length=40)


class TrainingOut(BaseModel):
    """Rasa's YAML by language."""

    files: dict[str, str]


class ModelOut(BaseModel):
    id: str
    state: str
    fits: bool
    """Made for the program as it is now."""
    examples: int
    asked_by: str
    asked: datetime
    trained: datetime | None
    comparison: dict[str, Any] | None
    activated_by: str | None
    activated: datetime | None


class ModelsOut(BaseModel):
    models: list[ModelOut]


class RetrainOut(BaseModel):
    id: str


class InForceOut(BaseModel):
    active: str | None
    """None is the model of the files."""
    reloaded: bool
    """Rasa has been told; False means that it loads the model when it starts next."""


class GroupOut(BaseModel):
    id: int
    size: int
    sentences: list[str]


class GroupsOut(BaseModel):
    groups: list[GroupOut]


class PageIn(BaseModel):
    id: str = Field(max_length=60)
    topic: str = Field(max_length=30)
    title: dict[Literal["zh", "en"], str]
    text: dict[Literal["zh", "en"], str]
    spoken: dict[Literal["zh", "en"], str]
    sections: list[str] = Field(max_length=20)
    gap: bool = False
    """Without sections: it says that the plan leaves it out, and is no answer of the office."""
    answers: list[str] = Field(max_length=20)
    questions: dict[Literal["zh", "en"], list[str]]
    note: str = Field("", max_length=300)
    withdrawn: bool = False


class PageOut(BaseModel):
    id: str
    topic: str
    title: dict[str, str]
    text: dict[str, str]
    spoken: dict[str, str]
    sections: list[str]
    answers: list[str]
    questions: dict[str, list[str]]


class ListedOut(BaseModel):
    id: str
    topic: str
    title: str
    sections: str
    source: str
    waiting: str
    changed: datetime | None


class PagesOut(BaseModel):
    pages: list[ListedOut]


class VersionOut(BaseModel):
    page_id: str
    number: int
    state: str
    withdrawn: bool
    page: PageOut
    note: str
    author: str
    written: datetime
    reviewer: str | None
    reviewed: datetime | None
    publisher: str | None
    published: datetime | None


class KnowledgePageOut(BaseModel):
    live: PageOut | None
    versions: list[VersionOut]
