"""Asterisk's own interface (ARI) over HTTP: place a call, end one, tell the dialplan something."""

from typing import Any

import httpx

from bot.errors import TelephoneUnavailable

RING_SECONDS = 30


class Ari:
    """Shared by all calls. It opens a connection per request: there are few, and a worker has no event loop."""

    def __init__(self, port: int, secret: str) -> None:
        self._base, self._auth = f"http://127.0.0.1:{port}/ari", ("linyu", secret)

    async def hang_up(self, channel: str) -> None:
        """Raises TelephoneUnavailable; a call that is gone already is no failure."""
        await self._call("DELETE", f"/channels/{channel}", {"reason": "normal"})

    async def set_variable(self, name: str, value: str) -> None:
        """For the whole dialplan: ARI sets a channel's own only for channels that ARI answers. Raises TelephoneUnavailable."""
        await self._call("POST", "/asterisk/variable", {"variable": name, "value": value})

    def place_call(self, endpoint: str, caller_id: str, variables: dict[str, str]) -> None:
        """Ring somebody and, when they answer, connect them to the assistant. Raises TelephoneUnavailable."""
        wanted = {
            "endpoint": endpoint,
            "context": "outbound",
            "extension": "s",
            "priority": "1",
            "timeout": str(RING_SECONDS),
            "callerId": caller_id,
        }
        try:
            with httpx.Client(auth=self._auth, timeout=10) as client:
                answer = client.post(f"{self._base}/channels", params=wanted, json={"variables": variables})
        except httpx.HTTPError as error:
            raise TelephoneUnavailable(type(error).__name__) from error
        if answer.status_code != httpx.codes.OK:
            raise TelephoneUnavailable(str(answer.status_code))

    async def _call(self, method: str, path: str, query: dict[str, Any]) -> None:
        try:
            async with httpx.AsyncClient(auth=self._auth, timeout=5) as client:
                answer = await client.request(method, self._base + path, params=query)
        except httpx.HTTPError as error:
            raise TelephoneUnavailable(type(error).__name__) from error
        if answer.status_code not in (httpx.codes.OK, httpx.codes.NO_CONTENT, httpx.codes.NOT_FOUND):
            raise TelephoneUnavailable(str(answer.status_code))
