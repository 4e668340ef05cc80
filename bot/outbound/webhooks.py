"""Events over HTTP, signed as Standard Webhooks asks (https://www.standardwebhooks.com)."""

from datetime import UTC, datetime

import httpx
from standardwebhooks.webhooks import Webhook

SECONDS = 10
MOST_READ = 64 * 1024
"""Bytes of an answer, of which nothing is kept: more than this, and the connection is closed."""


class WebhookSender:
    """One connection pool for all receivers; safe to share between threads."""

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=SECONDS, follow_redirects=False, headers={"User-Agent": "Linyu"})

    def post(self, url: str, secret: str, uid: str, body: str, now: datetime) -> int | str:
        """The HTTP status that came back, or the kind of error where none came."""
        sent = now.astimezone(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": uid,
            "webhook-timestamp": str(int(sent.timestamp())),
            "webhook-signature": Webhook(secret).sign(uid, sent, body),
        }
        try:
            with self._client.stream("POST", url, content=body.encode(), headers=headers) as answer:
                read = 0
                for part in answer.iter_raw():
                    read += len(part)
                    if read > MOST_READ:
                        break
                return answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return type(error).__name__

    def close(self) -> None:
        self._client.close()
