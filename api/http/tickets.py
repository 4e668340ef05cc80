"""Tickets: good once, for one conversation and one minute, for addresses that cannot carry a header."""

import hashlib
import secrets

from itsdangerous import BadData, URLSafeTimedSerializer

from api.http.shared_memory import SharedMemory
from bot.errors import NotFound

SECONDS = 60


class Tickets:
    """What is used up is remembered for as long as it would be good, by all applications beside each other."""

    def __init__(self, secret: str, used: SharedMemory | None = None) -> None:
        self._signer = URLSafeTimedSerializer(
            secret, salt="linyu ticket", signer_kwargs={"digest_method": hashlib.sha256}
        )
        self._used = used or SharedMemory()

    def issue(self, conversation_id: str) -> str:
        return str(self._signer.dumps([conversation_id, secrets.token_urlsafe(12)]))

    async def redeem(self, ticket: str, conversation_id: str) -> None:
        """Raises NotFound when it is forged, used, older than a minute, or for another conversation."""
        try:
            meant, name = self._signer.loads(ticket, max_age=SECONDS)
        except (BadData, ValueError):  # ValueError: signed by a Linyu before this one
            raise NotFound from None
        # a second longer than it is good, since a ticket counts whole seconds
        if meant != conversation_id or not await self._used.first(f"ticket {name}", SECONDS + 1):
            raise NotFound
