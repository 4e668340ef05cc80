"""The nouns every layer shares: what a resident said, and what the assistant answers.

Turn and Reply are also the public contract's shapes: FastAPI and pydantic take dataclasses as they are.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

GOALS = (
    "ask_policy", "book_service", "check_booking", "change_booking", "cancel_booking",
    "file_complaint", "check_case", "reopen_case", "submit_proposal", "support_proposal",
    "check_proposal", "join_volunteering", "check_points", "redeem_points", "find_job", "apply_job",
    "guided_steps", "who_handles", "act_for_other", "human_agent", "emergency", "repeat", "slower", "louder", "switch_language", "affirm",
    "deny", "inform", "rate_service", "greet", "thanks", "goodbye", "capabilities", "bot_challenge", "out_of_scope",
)  # fmt: skip
"""What a resident can want with one utterance."""

SERVICES = (
    "meal", "bathing", "medical_escort", "home_errand", "registration", "hall_appointment",
    "mobile_bus", "job_training", "digital_class", "after_school", "venue", "council", "planner",
)  # fmt: skip
CATEGORIES = (
    "noise", "illegal_construction", "sanitation", "public_facility", "street_vending",
    "parking", "neighbour_dispute", "property_management", "staff_conduct", "other",
)  # fmt: skip

Language = Literal["zh", "en"]

_ALWAYS_SENT = ConfigDict(json_schema_serialization_defaults_required=True)
"""In the public contract no field is ever left out."""
_OURS = Field(exclude=True)
"""Not part of the public contract."""


@dataclass(frozen=True)
class Button:
    title: str
    payload: str
    """Plain text that the client sends back as the resident's words."""


@dataclass(frozen=True)
class Tile:
    """A day or a time that can be had, to be pressed in place of said."""

    title: str
    note: str
    """What is free there, or the weekday."""
    payload: str
    """Plain text that the client sends back as the resident's words."""


@dataclass(frozen=True)
class Source:
    title: str
    section: str
    """Section of the plan, such as "5.2"."""


@dataclass(frozen=True)
class Reply:
    __pydantic_config__ = _ALWAYS_SENT

    text: str
    """For the eye."""
    spoken: str
    """For the ear: no digits, symbols or links."""
    buttons: tuple[Button, ...] = ()
    sources: tuple[Source, ...] = ()
    """Empty whenever the plan does not answer."""
    card: dict[str, Any] | None = None
    """{"kind": "booking" | "case" | "handover" | "proposal" | "points" | "job" | "steps" | "mandate" | "profile", "number": ..., and what the
    card shows}. Steps have no number, and a job has none before it is applied for."""
    tiles: tuple[Tile, ...] = ()
    """Days or times that are free, where one of them is asked for: all that `buttons` hold is among them."""
    choices: Annotated[tuple[Button, ...], _OURS] = ()
    """All that can be chosen, in the order told; `buttons` repeats those told by now."""
    told: Annotated[int, _OURS] = 0
    """How many of the choices have been told."""


@dataclass(frozen=True)
class Heard:
    text: str
    confidence: float
    """0 to 1."""


@dataclass(frozen=True)
class State:
    __pydantic_config__ = _ALWAYS_SENT

    form: str | None = None
    awaiting: str | None = None
    """The one thing the assistant has asked for, such as "date"."""
    asked: Annotated[str | None, _OURS] = None
    """Which question the last reply put, one of bot.language.readers.answer_acts.QUESTIONS."""


@dataclass(frozen=True)
class Turn:
    """One exchange: the resident's words in, our replies out."""

    __pydantic_config__ = _ALWAYS_SENT

    turn_id: str
    goal: str
    confidence: float
    replies: tuple[Reply, ...]
    state: State = field(default_factory=State)
    heard: Heard | None = None
