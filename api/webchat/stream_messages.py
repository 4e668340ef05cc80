"""What a client may send over the stream as JSON; sound comes as binary frames, 16-bit little-endian mono PCM."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, TypeAdapter

from api.webchat.messages import LONGEST_TEXT, MESSAGE_ID


class Start(BaseModel):
    """Comes first, and again whenever something in it changes."""

    type: Literal["start"]
    rate: int = Field(16000, ge=8000, le=48000)
    """Hertz of the sound that follows."""
    language: Literal["zh", "en"] | None = None
    """None: the language of the conversation."""
    hands_free: bool = False
    """We notice by ourselves when a turn is over."""
    speak: bool = True
    """Replies are spoken too."""
    resume_after: int | None = Field(None, ge=0)
    """The last event that arrived before the connection broke."""


class Stop(BaseModel):
    """The button is released: the turn is over now."""

    type: Literal["stop"]


class Interrupt(BaseModel):
    """Be quiet."""

    type: Literal["interrupt"]


class Repeat(BaseModel):
    """Speak the last reply again."""

    type: Literal["repeat"]


class Said(BaseModel):
    """Typed words."""

    type: Literal["text"]
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
    client_message_id: Annotated[str, StringConstraints(pattern=MESSAGE_ID.pattern)]


class MannerWish(BaseModel):
    """How to speak from now on; what is not named stays."""

    type: Literal["manner"]
    rate: float | None = Field(None, ge=0.5, le=1.5)
    volume: float | None = Field(None, ge=0.25, le=2)
    voice: Literal["female", "male"] | None = None


FromClient = Annotated[Start | Stop | Interrupt | Repeat | Said | MannerWish, Field(discriminator="type")]
FROM_CLIENT: TypeAdapter[FromClient] = TypeAdapter(FromClient)
