"""The way to Rasa: one turn there and back over HTTP."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from bot.errors import DialogueUnavailable

TURNS_AT_ONCE = 4
"""Rasa computes on one processor and shares it among all turns that it has. A turn whose asker has lost patience is thrown
away, so under too many at once none would ever be finished; those who came first are served first instead."""


@dataclass(frozen=True)
class RasaAnswer:
    messages: list[dict[str, Any]]
    """As the action or the domain made them: text, buttons, custom."""
    intent: str
    """The top of the ranking, also when we were too unsure to act on it."""
    confidence: float
    active_loop: str | None
    requested_slot: str | None
    slots: dict[str, Any]
    told: tuple[str, ...] = ()
    """Names of the responses in the answer, in order."""


class RasaClient:
    """Shared by all conversations."""

    def __init__(self, base_url: str, token: str, *, timeout_seconds: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=timeout_seconds,
            limits=httpx.Limits(max_connections=100),
        )
        self._places = asyncio.Semaphore(TURNS_AT_ONCE)

    async def turn(self, sender: str, message_id: str, text: str, about: dict[str, Any]) -> RasaAnswer:
        """Raises DialogueUnavailable when Rasa or an action failed; the turn can then be sent again as it was."""
        body = {"sender": sender, "message_id": message_id, "text": text, "metadata": about}
        async with self._places:
            data = await self._call("POST", "/webhooks/linyu/turn", json=body)
        best = data["intent_ranking"][0] if data["intent_ranking"] else data["intent"]
        return RasaAnswer(
            messages=data["messages"],
            intent=best["name"],
            confidence=float(best["confidence"]),
            active_loop=data["active_loop"],
            requested_slot=data["requested_slot"],
            slots=data["slots"],
            told=tuple(data["told"]),
        )

    async def reading(self, text: str) -> tuple[str, float]:
        """The likeliest intent of these words, and how likely; no conversation hears of them. Raises DialogueUnavailable."""
        best = await self._call("POST", "/webhooks/linyu/reading", json={"text": text})
        return best["name"], float(best["confidence"])

    async def forget(self, sender: str) -> None:
        """Delete what Rasa remembers of it."""
        await self._call("DELETE", f"/webhooks/linyu/conversations/{sender}")

    async def restart(self) -> None:
        """With the model in force; away for some seconds, in which turns wait. Raises DialogueUnavailable."""
        await self._call("POST", "/webhooks/linyu/restart")

    async def is_ready(self) -> bool:
        """True when Rasa answers and has a model."""
        try:
            return (await self._http.get("/webhooks/linyu/ready")).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        await self._http.aclose()

    async def _call(self, method: str, path: str, **content: Any) -> Any:
        try:
            response = await self._http.request(method, path, **content)
        except httpx.HTTPError as error:
            raise DialogueUnavailable(type(error).__name__) from error
        if response.status_code != httpx.codes.OK:
            raise DialogueUnavailable(str(response.status_code))
        return response.json()
