"""What travels over the staff API about privacy."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from api.webchat.messages import Strict


class PersonIn(Strict):
    phone: Annotated[str, StringConstraints(max_length=40)]
    reason: Annotated[str, StringConstraints(max_length=500)]
    """Kept in the audit, encrypted."""


class ErasedOut(BaseModel):
    erased: dict[str, int]
    """How many records of each kind."""


class KeyOut(BaseModel):
    name: str
    newest: bool
    since: datetime | None
    """Null for a key that was there from the beginning."""


class RuleOut(BaseModel):
    kind: str
    days: int | None
    """Null is until the resident asks; of the audit, for good."""
    setting: str


class PrivacyOut(BaseModel):
    keys: list[KeyOut]
    rules: list[RuleOut]
    last_deletion: datetime | None
    deleted: dict[str, int]
    """What the last deletion took, by kind."""
    last_backup: datetime | None
    last_restore: datetime | None
