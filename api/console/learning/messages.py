"""Wire format of the staff API: conversations, learning, knowledge."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from bot.services.knowledge.page_versions import Listed
from bot.services.learning.learning import Example
from bot.services.learning.question_groups import Group
from bot.services.learning.trained_models import Model


class ExamplesOut(BaseModel):
    examples: list[Example]


class DecisionIn(BaseModel):
    state: Literal["approved", "rejected"]
    text: str | None = Field(None, max_length=200)
    goal: str | None = Field(None, max_length=40)


class TrainingOut(BaseModel):
    """Rasa's YAML by language."""

    files: dict[str, str]


class ModelsOut(BaseModel):
    models: list[Model]


class RetrainOut(BaseModel):
    id: str


class InForceOut(BaseModel):
    active: str | None
    """None is the model of the files."""
    reloaded: bool
    """Rasa has been told; False means that it loads the model when it starts next."""


class GroupsOut(BaseModel):
    groups: list[Group]


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


class PagesOut(BaseModel):
    pages: list[Listed]


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
