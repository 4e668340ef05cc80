"""Who may enter the console, who is inside, and what they did."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText


class StaffAccount(Base):
    __tablename__ = "staff_accounts"

    id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    """Lower case. What the audit shows of a person, so it should be a work name."""
    name: Mapped[str] = mapped_column(EncryptedText)
    role: Mapped[str]
    community: Mapped[str | None]
    grid: Mapped[str | None]
    """Whose cases a grid worker sees."""
    password_hash: Mapped[str | None]
    """argon2id; empty until the invitation is used."""
    totp_secret: Mapped[str | None] = mapped_column(EncryptedText)
    totp_pending: Mapped[str | None] = mapped_column(EncryptedText)
    """Shown as a QR code and not yet proved by a first code."""
    totp_pending_session: Mapped[str | None]
    """Hash of the token of the session that may put it in the place of another; empty for a first one."""
    totp_pending_at: Mapped[datetime | None]
    """When that session had proved the password."""
    totp_step: Mapped[int | None]
    """The last time step whose code was accepted: none is accepted twice."""
    must_change_password: Mapped[bool]
    disabled: Mapped[bool]
    created: Mapped[datetime]
    last_login: Mapped[datetime | None]


class StaffRecoveryCode(Base):
    """Opens the second step once, when the telephone is lost."""

    __tablename__ = "staff_recovery_codes"

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    """The digit that the code begins with."""
    code_hash: Mapped[str]
    used: Mapped[datetime | None]


class SignInPlace(Base):
    """How it went with one login from one client address (both as keyed hashes); see `sign_in_lockout`."""

    __tablename__ = "sign_in_places"

    login_hash: Mapped[str] = mapped_column(primary_key=True)
    address_hash: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    last_wrong: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]
    entered: Mapped[datetime | None]
    """When somebody last signed in from there."""


class StaffInvite(Base):
    """A link that sets a password once."""

    __tablename__ = "staff_invites"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    expires: Mapped[datetime]


class StaffSession(Base):
    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    second_step: Mapped[bool]
    """The code of the second factor was given."""
    created: Mapped[datetime]
    """Of the login; a rotated token keeps it."""
    last_seen: Mapped[datetime] = mapped_column(index=True)


class AuditEntry(Base):
    """One read of personal data or one change. Triggers refuse to change or delete a row."""

    __tablename__ = "audit_entries"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(index=True)
    """Account id, or "cli", "system"."""
    role: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    details: Mapped[str]
    """JSON without personal data."""
    reason_hash: Mapped[str]
    """Of the salted reason; empty when none was given."""
    previous: Mapped[str]
    """The hash of the row before; empty for the first."""
    hash: Mapped[str]


class AuditReason(Base):
    """Why, in the actor's words. Apart from its entry, because encrypted words are rewritten when keys rotate."""

    __tablename__ = "audit_reasons"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[str]
    text: Mapped[str] = mapped_column(EncryptedText)


class AuditHead(Base):
    """How many entries there are and the hash of the last, signed. Writers wait for each other at this one row."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    hash: Mapped[str]
    signature: Mapped[str]
