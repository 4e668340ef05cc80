"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes for the day the telephone is lost."""

import hmac
import io
import secrets
from datetime import datetime

import pyotp
import segno

ISSUER = "Linyu"
STEP_SECONDS = 30
RECOVERY_CODES = 10
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without those that are mistaken for each other."""


def new_secret() -> str:
    return pyotp.random_base32()


def step_of_code(secret: str, code: str, now: datetime, *, after: int | None) -> int | None:
    """The time step that the code belongs to: now, or one before or after. None: wrong, or used already."""
    totp, present = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    for step in (present, present - 1, present + 1):
        if (after is None or step > after) and hmac.compare_digest(
            totp.at(step * STEP_SECONDS).encode(), code.encode()
        ):
            return step
    return None


def plain_code(code: str) -> str:
    """As typed, without spaces and hyphens."""
    return "".join(character for character in code.upper() if character.isalnum() and character.isascii())


def address(secret: str, login: str) -> str:
    """What the authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def qr_picture(text: str) -> bytes:
    """An SVG file, dark on white in both looks of the console, because apps expect that."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=6, border=4, dark="#000", light="#fff")
    return out.getvalue()


def new_recovery_codes() -> list[str]:
    """Ten codes such as 3-ABCD-EFGH-JKMN; the digit is the place, so that one hash is tried and not ten."""
    return [f"{place}-{_group()}-{_group()}-{_group()}" for place in range(RECOVERY_CODES)]


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))
