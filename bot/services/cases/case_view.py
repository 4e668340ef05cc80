"""A case as staff see it, in a list and whole; the staff API gives it as it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from bot.services.cases.case_sla import Light, Target
from bot.services.cases.escalation import Escalation

_OURS = Field(exclude=True)
"""For our pages; the API does not give it."""


@dataclass(frozen=True)
class CaseLine:
    """One case in a list, masked for whoever reads it."""

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
    light: Light
    target: Target
    due: datetime | None
    hours_left: float | None
    """Negative when it is late."""


@dataclass(frozen=True)
class HistoryLine:
    at: datetime
    actor: str
    """"resident", "system", or the login of the person."""
    action: str
    note: str
    to: str
    """Department and grid worker whom it was sent to."""


@dataclass(frozen=True)
class CaseView(CaseLine):
    """All of one case."""

    text: str
    """Masked, as are name, phone and notes."""
    answer: str
    name: str
    phone: str
    anonymous: bool
    language: str
    respond_by: datetime
    settle_by: datetime
    conversation_id: str
    merged_into: str | None
    merged: tuple[str, ...]
    next_states: tuple[str, ...]
    history: tuple[HistoryLine, ...]
    escalations: tuple[Escalation, ...]
    """Who was told that it is late, and who takes care of it."""
    worker: Annotated[str, _OURS]
    """Account of the grid worker who has it."""
    photos: int
    community_guess: Annotated[str, _OURS]
    """From the place, for a case without a community."""
