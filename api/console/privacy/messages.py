"""What travels over the staff API about privacy."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from api.webchat.messages import Strict
from bot.services.residents.privacy import Key
from bot.services.residents.retention import Rule


class PersonIn(Strict):
    phone: Annotated[str, StringConstraints(max_length=40)]
    reason: Annotated[str, StringConstraints(max_length=500)]
    """Kept in the audit, encrypted."""


class ErasedOut(BaseModel):
    erased: dict[str, int]
    """How many records of each kind."""


class PrivacyOut(BaseModel):
    keys: list[Key]
    rules: list[Rule]
    last_deletion: datetime | None
    deleted: dict[str, int]
    """What the last deletion took, by kind."""
    last_backup: datetime | None
    last_restore: datetime | None
