"""Personal values are encrypted on their way into the database and decrypted on their way out.

The keys belong to one Store. A column type finds them through the database dialect, of which every Store has its own.
"""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

KEYS_ATTRIBUTE = "linyu_data_keys"


class DataKeys:
    """Fernet keys, newest first: the first one encrypts, every one decrypts.

    Raises ValueError when there is none or one is malformed.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("at least one data key is needed")
        try:
            self._each = [Fernet(key.strip()) for key in keys]
            self._fernet = MultiFernet(self._each)
        except ValueError:
            raise ValueError("a data key must be 32 bytes in URL-safe base64") from None
        self._names = tuple(hashlib.sha256(b"linyu key name " + key.strip().encode()).hexdigest()[:8] for key in keys)
        self._sign_keys = [hashlib.sha256(b"linyu audit " + key.strip().encode()).digest() for key in keys]
        self._hash_keys = [hashlib.sha256(b"linyu keyed hash " + key.strip().encode()).digest() for key in keys]

    @staticmethod
    def generate() -> str:
        """A fresh random key."""
        return Fernet.generate_key().decode()

    def encrypt(self, value: bytes) -> bytes:
        return self._fernet.encrypt(value)

    def decrypt(self, value: bytes) -> bytes:
        try:
            return self._fernet.decrypt(value)
        except InvalidToken:
            raise RuntimeError("a stored value cannot be read with the data keys given") from None

    @property
    def names(self) -> tuple[str, ...]:
        """What people may call the keys, newest first; it tells nothing about them."""
        return self._names

    def opened_by(self, value: bytes) -> str | None:
        """The name of the key that this value was encrypted with; None when none of ours."""
        for name, one in zip(self._names, self._each, strict=True):
            try:
                one.decrypt(value)
            except InvalidToken:
                continue
            return name
        return None

    def keyed_hash(self, value: str) -> str:
        """The hash to store: equal values are found by it, and without the key it tells nothing."""
        return self.keyed_hashes(value)[0]

    def keyed_hashes(self, value: str) -> list[str]:
        """The hashes to look for: one per key, so that records from before a rotation are found too."""
        return [hmac.new(key, value.encode(), hashlib.sha256).hexdigest() for key in self._hash_keys]

    def sign(self, value: str) -> str:
        """What only a holder of the newest data key can write below `value`."""
        return hmac.new(self._sign_keys[0], value.encode(), hashlib.sha256).hexdigest()

    def is_signed(self, value: str, signature: str) -> bool:
        """By any of the keys."""
        expected = [hmac.new(key, value.encode(), hashlib.sha256).hexdigest() for key in self._sign_keys]
        return any(hmac.compare_digest(signature, one) for one in expected)


def attach_keys(dialect: Dialect, keys: DataKeys) -> None:
    """Let the encrypted columns of this database use these keys."""
    setattr(dialect, KEYS_ATTRIBUTE, keys)


def _keys(dialect: Dialect) -> DataKeys:
    keys = getattr(dialect, KEYS_ATTRIBUTE)
    assert isinstance(keys, DataKeys)
    return keys


class EncryptedText(TypeDecorator[str]):
    """Text that only a holder of the data key can read."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _keys(dialect).encrypt(value.encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _keys(dialect).decrypt(value.encode()).decode()


class EncryptedBytes(TypeDecorator[bytes]):
    """Bytes, such as a photo, that only a holder of the data key can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _keys(dialect).encrypt(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _keys(dialect).decrypt(bytes(value))
