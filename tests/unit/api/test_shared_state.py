"""Several applications over one Redis keep the same limits and the order of a conversation's turns, and go on without it."""

import asyncio
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from starlette.requests import HTTPConnection

from api.http.limits import Limits
from api.http.problems import Problem
from bot.dialogue.admission import locks
from bot.dialogue.admission.locks import ConversationLocks
from bot.errors import DialogueUnavailable
from bot.operation.local_servers import free_port, redis_server
from bot.settings import Settings

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


def limits_of(url: str) -> Limits:
    return Limits(Settings(redis=SecretStr(url), requests_per_minute=4))


def somebody(address: str) -> HTTPConnection:
    return HTTPConnection({"type": "http", "client": (address, 1), "headers": []})


async def test_what_one_application_counts_the_other_counts_too(redis_url: str) -> None:
    one, other = limits_of(redis_url), limits_of(redis_url)
    for limits in (one, other, one, other):
        await limits.request(somebody("192.0.2.1"))
    for limits in (one, other):
        with pytest.raises(Problem) as refused:
            await limits.request(somebody("192.0.2.1"))
        assert refused.value.status == 429
        assert refused.value.headers
        assert 0 < int(refused.value.headers["Retry-After"]) <= 61
    await other.request(somebody("192.0.2.2"))
    for limits in (one, other):
        await limits.close()


async def test_without_redis_each_application_counts_for_itself() -> None:
    limits = limits_of(f"redis://127.0.0.1:{free_port()}/0")
    for _ in range(4):
        await limits.request(somebody("192.0.2.1"))
    with pytest.raises(Problem):
        await limits.request(somebody("192.0.2.1"))
    await limits.close()


async def test_turns_of_one_conversation_never_run_at_once_whichever_application_has_them(redis_url: str) -> None:
    applications = [ConversationLocks(redis_url) for _ in range(3)]
    inside, most, order = 0, 0, []

    async def turn(number: int) -> None:
        nonlocal inside, most
        async with applications[number % 3].of("talk-a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            order.append(number)
            inside -= 1

    await asyncio.gather(*(turn(number) for number in range(12)))
    assert (most, len(order)) == (1, 12)
    async with applications[0].of("talk-a"), applications[1].of("talk-b"):
        pass  # another conversation waits for nobody
    for one in applications:
        await one.close()


async def test_a_conversation_that_another_application_holds_for_too_long_is_an_outage(redis_url: str) -> None:
    holder, other = ConversationLocks(redis_url), ConversationLocks(redis_url, patience_seconds=0.2)
    async with holder.of("talk-c"):
        with pytest.raises(DialogueUnavailable):
            async with other.of("talk-c"):
                raise AssertionError("it was held")
    async with other.of("talk-c"):
        pass
    for one in (holder, other):
        await one.close()


async def test_without_redis_turns_are_kept_apart_here_and_nobody_is_left_without_an_answer() -> None:
    locks = ConversationLocks(f"redis://127.0.0.1:{free_port()}/0")
    order: list[str] = []

    async def turn(name: str) -> None:
        async with locks.of("talk"):
            order.append(f"{name} begins")
            await asyncio.sleep(0)
            order.append(f"{name} ends")

    await asyncio.gather(turn("a"), turn("b"))
    assert order == ["a begins", "a ends", "b begins", "b ends"]
    await locks.close()


async def test_a_long_turn_keeps_its_conversation_and_one_that_was_killed_gives_it_up(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LEASE_SECONDS", 0.6)
    monkeypatch.setattr(locks, "RENEW_SECONDS", 0.1)
    one, other = ConversationLocks(redis_url), ConversationLocks(redis_url, patience_seconds=0.2)
    async with one.of("talk-long"):
        await asyncio.sleep(1.2)
        with pytest.raises(DialogueUnavailable):
            async with other.of("talk-long"):
                raise AssertionError("two at once")
    assert await one._take("talk-killed"), "and nobody renews it"
    patient = ConversationLocks(redis_url, patience_seconds=20)
    async with patient.of("talk-killed"):
        pass
    for each in (one, other, patient):
        await each.close()
