"""Tickets, orders for a provider and places of calls hold over all applications beside each other, and each goes on without Redis."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack

import pytest
from redis.asyncio import Redis

from api.http.shared_memory import SharedMemory
from api.http.shared_redis import open_redis
from api.http.tickets import Tickets
from api.telephone import capacity as capacities
from api.telephone.capacity import AllBusy, Capacity
from api.telephone.expected_calls import ExpectedCalls, Next
from api.telephone.line import BadMessage, CallStarted
from bot.errors import NotFound
from bot.operation.local_servers import free_port, redis_server
from bot.store.encryption import DataKeys

pytestmark = pytest.mark.unit
KEYS = DataKeys([DataKeys.generate()])
Opens = Callable[[str], Redis]
CALL = CallStarted("1795473419.0", "13900001234", "nobody", "reminder 12345678")


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture
async def redis_of() -> AsyncIterator[Callable[[str], Redis]]:
    """A connection of one application; all are closed in the end."""
    opened: list[Redis] = []

    def open_one(url: str) -> Redis:
        redis = open_redis(url)
        assert redis is not None
        opened.append(redis)
        return redis

    yield open_one
    for redis in opened:
        await redis.aclose()


async def test_a_ticket_opens_once_whichever_application_it_is_shown_to(redis_url: str, redis_of: Opens) -> None:
    one, other = SharedMemory(redis_of(redis_url), KEYS), SharedMemory(redis_of(redis_url), KEYS)
    ticket = Tickets("secret", one).issue("talk-a")
    await Tickets("secret", other).redeem(ticket, "talk-a")
    with pytest.raises(NotFound):
        await Tickets("secret", one).redeem(ticket, "talk-a")


async def test_a_call_that_one_application_was_told_of_may_come_to_another(redis_url: str, redis_of: Opens) -> None:
    memories = [SharedMemory(redis_of(redis_url), KEYS) for _ in range(2)]
    one, other = (ExpectedCalls(memory) for memory in memories)
    ticket = await one.announce(CALL)
    raw = redis_of(redis_url)
    kept = [await raw.get(name) for name in await raw.keys("linyu:note:*")]
    assert kept
    assert not any(b"13900001234" in text for text in kept), "who calls is no open word in Redis"
    assert await other.admit(ticket) == CALL
    with pytest.raises(BadMessage):
        await one.admit(ticket)
    await other.order(CALL.provider_call, Next("operator", "12345678"))
    assert await one.what_next(CALL.provider_call) == Next("operator", "12345678")
    assert await other.what_next(CALL.provider_call) == Next("lost")


async def test_notes_without_redis_are_those_of_one_application(redis_of: Opens) -> None:
    alone = ExpectedCalls(SharedMemory(redis_of(f"redis://127.0.0.1:{free_port()}/0"), KEYS))
    ticket = await alone.announce(CALL)
    assert await alone.admit(ticket) == CALL
    with pytest.raises(BadMessage):
        await alone.admit(ticket)


async def test_applications_with_the_same_ears_share_the_places_of_calls(redis_url: str, redis_of: Opens) -> None:
    one, other = (Capacity(2, redis_of(redis_url), "ears of one host") for _ in range(2))
    elsewhere = Capacity(2, redis_of(redis_url), "ears of another host")
    async with one.one_call(), other.one_call():
        assert await one.is_full()
        assert await other.is_full()
        assert (one.busy, other.busy) == (1, 1)
        for full in (one, other):
            with pytest.raises(AllBusy):
                async with full.one_call():
                    raise AssertionError("a third call")
        async with elsewhere.one_call():
            assert not await elsewhere.is_full()
    assert not await one.is_full()
    assert (one.busy, other.busy) == (0, 0)


async def test_a_place_is_kept_as_long_as_the_call_and_free_soon_after_its_application_was_killed(
    redis_url: str, redis_of: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacities, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(capacities, "RENEW_SECONDS", 0.1)
    alive, other = (Capacity(1, redis_of(redis_url), "leases") for _ in range(2))
    async with alive.one_call():
        await asyncio.sleep(1.5)
        assert await other.is_full(), "it was renewed"
    raw = redis_of(redis_url)
    await capacities.Capacity(1, raw, "leases")._take(raw, "of one that was killed")
    assert await other.is_full()
    async with asyncio.timeout(20):
        while await other.is_full():
            await asyncio.sleep(0.05)


async def test_without_redis_each_application_counts_its_own_calls(redis_of: Opens) -> None:
    alone = Capacity(1, redis_of(f"redis://127.0.0.1:{free_port()}/0"), "ears")
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(alone.one_call())
        with pytest.raises(AllBusy):
            await stack.enter_async_context(alone.one_call())
    assert not await alone.is_full()


async def test_who_is_about_to_stop_takes_no_new_call_and_keeps_those_it_has() -> None:
    capacity = Capacity(3)
    async with capacity.one_call():
        capacity.closed = True
        assert await capacity.is_full()
        with pytest.raises(AllBusy):
            async with capacity.one_call():
                raise AssertionError("a new call")
        assert capacity.busy == 1
