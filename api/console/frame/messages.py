"""What the staff API takes and gives."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from bot.services.audit.audit import Entry
from bot.services.kernel.permissions import Role

Missing = Literal["code", "password", "second-factor"]


class SignIn(BaseModel):
    login: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=512)


class Code(BaseModel):
    code: str = Field(min_length=1, max_length=64)


class Password(BaseModel):
    password: str = Field(min_length=1, max_length=512)


class ChangePassword(BaseModel):
    old: str = Field(min_length=1, max_length=512)
    new: str = Field(min_length=1, max_length=512)


class FirstPassword(BaseModel):
    token: str = Field(min_length=1, max_length=128)
    password: str = Field(min_length=1, max_length=512)


class MeOut(BaseModel):
    account_id: str
    login: str
    name: str
    role: Role
    community: str | None
    grid: str | None
    missing: Missing | None
    """The step of signing in that comes next."""
    csrf: str
    """Goes into the header X-CSRF-Token of every request that changes something."""
    permissions: list[str]


class SecretOut(BaseModel):
    secret: str
    address: str


class FactorOut(BaseModel):
    me: MeOut
    recovery_codes: list[str]


class PersonOut(BaseModel):
    id: str
    login: str
    name: str
    role: Role
    community: str | None
    grid: str | None
    state: Literal["active", "invited", "locked", "disabled"]
    second_factor: bool
    created: datetime
    last_login: datetime | None


class PeopleOut(BaseModel):
    people: list[PersonOut]


class PlaceIn(BaseModel):
    role: Role
    community: str = Field("", max_length=60)
    grid: str = Field("", max_length=60)


class InviteIn(PlaceIn):
    login: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=60)


class InvitationOut(BaseModel):
    account_id: str
    login: str
    token: str
    """Shown once."""
    path: str
    expires: datetime


class EntriesOut(BaseModel):
    entries: list[Entry]
    total: int


class ProblemFound(BaseModel):
    seq: int
    kind: Literal["altered", "missing", "reordered", "inserted", "truncated"]
    what: str


class VerdictOut(BaseModel):
    checked: int
    whole: bool
    problems: list[ProblemFound]


class ReasonIn(BaseModel):
    reason: str = Field(max_length=500)


class RevealedOut(BaseModel):
    values: dict[str, str]


class SessionOut(BaseModel):
    seconds_left: int
    """Until the session ends, if nothing more is done."""
    waiting: dict[str, int]
    """How much waits, by pile: "queue", "escalations"; only what is not empty."""


class DoneOut(BaseModel):
    done: Literal[True] = True
