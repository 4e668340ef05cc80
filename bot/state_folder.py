"""The state folder, and the secrets that are made in it on the first start."""

import base64
import contextlib
import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ec
from pydantic import SecretStr

from bot.settings import Settings

SHORTEST_SECRET = 32
SIP_PASSWORD_LENGTH = 16
"""Characters."""
PRIVATE = ("linyu.db*", "trackers.db*", "linyu.lock", "secrets/*", "audit/*", "logs/*")


class BadSecret(Exception):
    """A secret is missing where it must not be, empty or too short; the text tells an operator what to do."""


def prepare(folder: Path) -> None:
    """Make the folder, readable by its owner only, also where it or its files were more open before."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in ("logs", "cache", "secrets", "audit"):
        (folder / name).mkdir(exist_ok=True, mode=0o700)
    for place in (folder, folder / "logs", folder / "cache", folder / "secrets", folder / "audit"):
        place.chmod(0o700)
    for pattern in PRIVATE:
        for file in folder.glob(pattern):
            with contextlib.suppress(FileNotFoundError):  # written and renamed by another process just now
                if file.is_file():
                    file.chmod(0o600)


def data_keys(settings: Settings) -> list[str]:
    """Keys that encrypt personal columns, newest first. One is made on the first start only.

    Raises BadSecret when the key of a database that is there already is gone: a new one would open nothing in it.
    """
    kept = _kept_key(settings)
    if not settings.data_key and not kept.exists() and _has_database(settings):
        raise BadSecret(f"{kept} is gone, and {settings.state_dir / 'linyu.db'} is encrypted with it: put it back")
    return _secret(settings, settings.data_key, kept, _new_data_key).split(",")


def check_given(settings: Settings) -> None:
    """Raises BadSecret when a secret that the settings name is too short to be one, or one that all hosts need is missing."""
    for name in ("token", "telephone_secret", "data_key"):
        given: SecretStr | None = getattr(settings, name)
        if given and len(given.get_secret_value()) < SHORTEST_SECRET:
            raise BadSecret(f"LINYU_{name.upper()} has fewer than {SHORTEST_SECRET} characters")
    if settings.hosts == "many":
        _check_shared(settings)
    if settings.trackers == "database" and not settings.database.startswith("postgresql"):
        raise BadSecret("LINYU_TRACKERS=database needs a PostgreSQL in LINYU_DATABASE_URL")


def _check_shared(settings: Settings) -> None:
    """What would be made, or would lie in one folder, differs from host to host. Raises BadSecret."""
    needed = {
        "LINYU_DATA_KEY": settings.data_key,
        "LINYU_TOKEN": settings.token,
        "LINYU_DATABASE_URL": settings.database_url,
        "LINYU_REDIS": settings.redis,
        "LINYU_SHARED_DIR": settings.shared_dir,
        "LINYU_TELEPHONE_SECRET": settings.telephone_secret or settings.telephone == "off",
        "LINYU_TRACKERS=database": settings.trackers == "database",
    }
    if missing := [name for name, given in needed.items() if not given]:
        raise BadSecret(f"LINYU_HOSTS=many needs {', '.join(missing)}")


def _has_database(settings: Settings) -> bool:
    file = settings.state_dir / "linyu.db"
    return settings.database_url is None and file.exists() and file.stat().st_size > 0


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
    _write_private(fresh, text)
    fresh.replace(path)


def token(settings: Settings) -> str:
    """What our own processes show each other."""
    return _secret(
        settings, settings.token, settings.state_dir / "secrets" / "token", lambda: secrets.token_urlsafe(32)
    )


def telephone_secret(settings: Settings) -> str:
    """What Asterisk and we show each other."""
    kept = settings.state_dir / "secrets" / "telephone"
    return _secret(settings, settings.telephone_secret, kept, lambda: secrets.token_hex(24))


def vapid_key(settings: Settings) -> str:
    """With which we show push services who we are: 32 bytes of P-256, base64url. A new one ends every consent."""
    return _secret(settings, settings.vapid_key, settings.state_dir / "secrets" / "vapid_key", _new_vapid_key)


def sip_password(settings: Settings) -> str:
    """With which softphones register; short enough to be typed."""
    made = sip_password_file(settings)
    return _secret(
        settings, settings.sip_password, made, lambda: secrets.token_hex(SIP_PASSWORD_LENGTH // 2), SIP_PASSWORD_LENGTH
    )


def sip_password_file(settings: Settings) -> Path:
    """Where it is kept when the settings give none."""
    return settings.state_dir / "secrets" / "sip_password"


def _new_vapid_key() -> str:
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()


def _new_data_key() -> str:
    return Fernet.generate_key().decode()


def _secret(
    settings: Settings, given: SecretStr | None, kept: Path, make: Callable[[], str], shortest: int = SHORTEST_SECRET
) -> str:
    """The value given; else the one kept in the state folder; else a new one, kept there for its owner only.

    Raises BadSecret when the one kept is cut short, or where several hosts would each make their own.
    """
    if given:
        return given.get_secret_value()
    if not kept.exists():
        if settings.hosts == "many":
            raise BadSecret(f"LINYU_HOSTS=many: the secret “{kept.name}” has to be given, it is not made")
        prepare(kept.parent.parent)
        _create(kept, make())
    value = kept.read_text().strip()
    if len(value) < shortest:
        raise BadSecret(f"{kept} is empty or cut short; put the right one there, or remove it if it was never used")
    return value


def _create(path: Path, text: str) -> None:
    """Whole or not at all; the first of several processes wins."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        _write_private(fresh, text)
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
