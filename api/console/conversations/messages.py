"""What travels over the staff API about conversations."""

from typing import Literal

from pydantic import BaseModel, Field

from bot.services.learning.review import Found


class ConversationsOut(BaseModel):
    conversations: list[Found]
    total: int


class LabelIn(BaseModel):
    verdict: Literal["right", "wrong_goal", "wrong_answer", "should_have_known", "not_ours"]
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
