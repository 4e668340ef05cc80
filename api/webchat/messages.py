"""What travels over HTTP, in and out: the public contract's shapes."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.turns import Reply, Turn

LONGEST_TEXT = 2000
"""Characters of one message."""
MESSAGE_ID = re.compile(r"^[\w.:-]{1,100}$")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OpenConversation(Strict):
    channel: Literal["web"] = "web"
    language: Literal["zh", "en"] | None = None
    """None: the language of the resident's first words."""
    elder: bool = False
    """The page is in elder mode; counted, and nothing else."""


class SaidText(Strict):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    client_message_id: Annotated[str, StringConstraints(pattern=MESSAGE_ID.pattern)]
    """Made by the client, new for each message; the same one again gets the same turn."""
    elder: bool = False
    """The page is in elder mode; counted, and nothing else."""


class Rating(Strict):
    score: Annotated[int, Field(ge=1, le=5)]
    comment: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None


class MannerIn(Strict):
    """How to speak; what is not named stays as it is."""

    rate: Annotated[float, Field(ge=0.5, le=1.5)] | None = None
    """1 is usual; smaller is slower."""
    volume: Annotated[float, Field(ge=0.25, le=2)] | None = None
    """1 is usual."""
    voice: Literal["female", "male"] | None = None


class MannerOut(BaseModel):
    rate: float
    volume: float
    voice: Literal["female", "male"]


@dataclass(frozen=True)
class ToldTurn(Turn):
    text: str = field(kw_only=True)
    """What the resident said; empty for a notice from us."""


class ConversationOut(BaseModel):
    conversation_id: str
    token: str
    replies: list[Reply]


class TurnsOut(BaseModel):
    turns: list[ToldTurn]
    person: Literal["here", "asked", "none"] = "none"
    """Whether a person answers in place of the assistant, or was asked for: then news may come soon."""


class TicketOut(BaseModel):
    ticket: str


class Position(Strict):
    """Where the resident stands, after they and their browser agreed to tell it."""

    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)


class PhotoOut(BaseModel):
    kept: bool = True


class RatingOut(BaseModel):
    rated: bool = True


class ConfigOut(BaseModel):
    staff_hours: str
    operator_phone: str
    on_duty: bool | None
    """None when the hours are not known."""
    announcement: dict[str, str]
    """By language, what the office tells everybody; empty when there is nothing."""
    assistant_off: bool
    """The office has switched the assistant off."""
    version: str
    keeps_audio: bool
    """Are recordings of residents kept, and for how many days?"""
    keeps_audio_days: int
    kiosk_silence_seconds: float
    """After so long a silence the hall's screen ends a visit."""
    kiosk_warning_seconds: float
    """The last part of it, in which a warning stands."""
    push_key: str
    """What a browser needs to be told news by Web Push; empty where the office sends none."""
