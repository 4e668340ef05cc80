"""Tickets: good for one conversation and one minute, for addresses that cannot carry a header."""

import hashlib

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.errors import NotFound

SECONDS = 60


class Tickets:
    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(
            secret, salt="linyu ticket", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def issue(self, conversation_id: str) -> str:
        return str(self._signer.dumps(conversation_id))

    def redeem(self, ticket: str, conversation_id: str) -> None:
        """Raises NotFound when it is forged, older than a minute, or for another conversation."""
        try:
            meant = self._signer.loads(ticket, max_age=SECONDS)
        except BadData:
            raise NotFound from None
        if meant != conversation_id:
            raise NotFound
