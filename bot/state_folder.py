"""The state folder, and the secrets that are made in it on the first start."""

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.settings import Settings


def prepare(folder: Path) -> None:
    """Make the folder, readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("logs", "cache", "secrets"):
        (folder / name).mkdir(exist_ok=True, mode=0o700)


def data_keys(settings: Settings) -> list[str]:
    """Keys that encrypt personal columns, newest first."""
    return _secret(settings.data_key, _kept_key(settings), _new_data_key).split(",")


def add_data_key(settings: Settings) -> bool:
    """A new key before the present one, in the state folder. False when two are there: a rotation was cut short.

    Raises ValueError when the settings name the keys, so that they are not ours to change.
    """
    if settings.data_key:
        raise ValueError("LINYU_DATA_KEY names the keys")
    keys = data_keys(settings)
    if len(keys) > 1:
        return False
    _replace(_kept_key(settings), ",".join([_new_data_key(), *keys]))
    return True


def keep_newest_data_key(settings: Settings, now: datetime) -> Path:
    """Once everything is rewritten. The older ones go into a file of their own, whose place is returned."""
    newest, *older = data_keys(settings)
    before = _kept_key(settings).with_name(f"data_key.before-{now:%Y-%m-%d-%H%M%S}")
    _replace(before, ",".join(older))
    _replace(_kept_key(settings), newest)
    return before


def _kept_key(settings: Settings) -> Path:
    return settings.state_dir / "secrets" / "data_key"


def _replace(path: Path, text: str) -> None:
    """At once or not at all, for its owner only."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def token(settings: Settings) -> str:
    """What our own processes show each other."""
    return _secret(settings.token, settings.state_dir / "secrets" / "token", lambda: secrets.token_urlsafe(32))


def telephone_secret(settings: Settings) -> str:
    """What Asterisk and we show each other."""
    return _secret(
        settings.telephone_secret, settings.state_dir / "secrets" / "telephone", lambda: secrets.token_hex(24)
    )


def sip_password(settings: Settings) -> str:
    """With which softphones register; short enough to be typed."""
    return _secret(settings.sip_password, sip_password_file(settings), lambda: secrets.token_hex(8))


def sip_password_file(settings: Settings) -> Path:
    """Where it is kept when the settings give none."""
    return settings.state_dir / "secrets" / "sip_password"


def _new_data_key() -> str:
    return Fernet.generate_key().decode()


def _secret(given: SecretStr | None, kept: Path, make: Callable[[], str]) -> str:
    """The value given; else the one kept in the state folder; else a new one, kept there for its owner only."""
    if given:
        return given.get_secret_value()
    prepare(kept.parent.parent)
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(value := make())
    return value
