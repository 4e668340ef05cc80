"""Tickets: good once, for one conversation and one minute, for addresses that cannot carry a header."""

import hashlib
import secrets
import time

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.errors import NotFound

SECONDS = 60


class Tickets:
    """What is used up is remembered in this one process, for as long as it would be good."""

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(
            secret, salt="linyu ticket", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._used: dict[str, float] = {}
        """When each was used, the oldest first."""

    def issue(self, conversation_id: str) -> str:
        return str(self._signer.dumps([conversation_id, secrets.token_urlsafe(12)]))

    def redeem(self, ticket: str, conversation_id: str) -> None:
        """Raises NotFound when it is forged, used, older than a minute, or for another conversation."""
        try:
            meant, name = self._signer.loads(ticket, max_age=SECONDS)
        except (BadData, ValueError):  # ValueError: signed by a Linyu before this one
            raise NotFound from None
        if meant != conversation_id or name in self._used:
            raise NotFound
        self._forget_old()
        self._used[name] = time.monotonic()

    def _forget_old(self) -> None:
        """A second longer than they are good, since a ticket counts whole seconds."""
        while self._used and next(iter(self._used.values())) < time.monotonic() - SECONDS - 1:
            del self._used[next(iter(self._used))]
