"""The way to Rasa, with a Rasa that counts whom it serves."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI

from bot.dialogue.rasa_client import TURNS_AT_ONCE, RasaClient
from bot.errors import DialogueUnavailable
from tests.api.conftest import served

pytestmark = pytest.mark.unit
ANSWER = {
    "messages": [], "intent": {"name": "greet", "confidence": 1.0}, "intent_ranking": [], "active_loop": None,
    "requested_slot": None, "slots": {}, "told": [],
}  # fmt: skip


class CountingRasa:
    """Answers after a moment; while it is `stuck` it answers nobody."""

    stuck = False

    def __init__(self) -> None:
        self.now = self.most = 0
        self.app = FastAPI()
        self.app.post("/webhooks/linyu/turn")(self._turn)

    async def _turn(self) -> dict[str, object]:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await asyncio.sleep(0.05)
            while self.stuck:
                await asyncio.sleep(0.05)
        finally:
            self.now -= 1
        return ANSWER

    @contextmanager
    def running(self) -> Iterator[str]:
        with served(self.app) as address:
            yield f"http://{address}"


def test_a_crowd_is_served_a_few_at_a_time_and_everybody_is_served() -> None:
    rasa = CountingRasa()

    async def crowd(url: str) -> list[str]:
        client = RasaClient(url, "token", timeout_seconds=30)
        answers = await asyncio.gather(*(client.turn(str(n), "m", "你好", {}) for n in range(40)))
        await client.close()
        return [answer.intent for answer in answers]

    with rasa.running() as url:
        assert asyncio.run(crowd(url)) == ["greet"] * 40
    assert rasa.most == TURNS_AT_ONCE


def test_turns_that_hang_give_their_places_back() -> None:
    rasa = CountingRasa()

    async def after_hanging(url: str) -> str:
        client = RasaClient(url, "token", timeout_seconds=5)
        rasa.stuck = True
        hung = (client.turn(str(n), "m", "你好", {}) for n in range(TURNS_AT_ONCE))
        failures = await asyncio.gather(*hung, return_exceptions=True)
        assert {type(one) for one in failures} == {DialogueUnavailable}
        rasa.stuck = False
        answer = await asyncio.wait_for(client.turn("a", "m", "你好", {}), 30)
        await client.close()
        return answer.intent

    with rasa.running() as url:
        assert asyncio.run(after_hanging(url)) == "greet"


def test_words_are_read_by_themselves() -> None:
    app = FastAPI()

    @app.post("/webhooks/linyu/reading")
    async def reading(told: dict[str, str]) -> dict[str, object]:
        return {"name": "ask_policy" if told["text"] == "how many beds" else "out_of_scope", "confidence": 0.9}

    async def read(url: str) -> tuple[str, float]:
        client = RasaClient(url, "token", timeout_seconds=5)
        found = await client.reading("how many beds")
        await client.close()
        return found

    with served(app) as address:
        assert asyncio.run(read(f"http://{address}")) == ("ask_policy", 0.9)
