"""Residents to measure with: each says the lines of a script, over our API or over Rasa's own REST channel."""

import asyncio
import random
import time
import uuid
from collections.abc import Awaitable, Callable

import httpx

SCRIPTS = (
    ("到2025年养老床位有多少", "助餐点有几个", "投诉多久给答复", "流动人口有哪些服务"),
    ("我想订明天中午的助餐", "新街社区助餐点", "我叫测试", "13800000000", "不办了"),
    ("新街社区菜场门口的路灯坏了", "匿名", "不对,要改一下", "不办了"),
)
Say = Callable[[str], Awaitable[None]]


async def resident_of_linyu(http: httpx.AsyncClient) -> Say:
    """Opens a conversation; each call is one turn."""
    opened = (await http.post("/api/v1/conversations", json={"channel": "web", "language": "zh"})).json()
    headers = {"Authorization": f"Bearer {opened['token']}"}

    async def say(text: str) -> None:
        body = {"text": text, "client_message_id": uuid.uuid4().hex}
        path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        (await http.post(path, json=body, headers=headers)).raise_for_status()

    return say


async def resident_of_bare_rasa(http: httpx.AsyncClient) -> Say:
    sender = uuid.uuid4().hex

    async def say(text: str) -> None:
        answer = await http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
        answer.raise_for_status()
        if not answer.json():
            raise RuntimeError("Rasa answered nothing")

    return say


async def load(
    url: str,
    new_resident: Callable[[httpx.AsyncClient], Awaitable[Say]],
    *,
    residents: int,
    seconds: float,
    think: tuple[float, float],
) -> tuple[list[float], int]:
    """Seconds of each turn, and how many failed. `think` is the least and the most a resident waits in between."""
    times: list[float] = []
    failures = 0
    end = time.monotonic() + seconds

    async def live(chance: random.Random, http: httpx.AsyncClient) -> None:
        nonlocal failures
        await asyncio.sleep(chance.uniform(0, think[1]))
        while time.monotonic() < end:
            say = await new_resident(http)
            for text in chance.choice(SCRIPTS):
                started = time.perf_counter()
                try:
                    await say(text)
                    times.append(time.perf_counter() - started)
                except (httpx.HTTPError, RuntimeError):
                    failures += 1
                await asyncio.sleep(chance.uniform(*think))
                if time.monotonic() > end:
                    return

    limits = httpx.Limits(max_connections=residents + 5)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as http:
        await asyncio.gather(*(live(random.Random(number), http) for number in range(residents)))
    return times, failures
