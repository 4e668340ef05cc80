"""A ticket opens one call, once and soon."""

import pytest

from api.http.shared_memory import SharedMemory
from api.telephone.expected_calls import SECONDS, ExpectedCalls, Next
from api.telephone.line import BadMessage, CallStarted

pytestmark = pytest.mark.unit
CALL = CallStarted("one", "13900001234")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_a_ticket_opens_its_call_once() -> None:
    expected = ExpectedCalls()
    ticket = await expected.announce(CALL)
    assert await expected.admit(ticket) == CALL
    with pytest.raises(BadMessage):
        await expected.admit(ticket)


async def test_nobody_enters_with_another_ticket_or_none() -> None:
    expected = ExpectedCalls()
    await expected.announce(CALL)
    for wrong in ("", "one", "13900001234", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(BadMessage, match="no such ticket"):
            await expected.admit(wrong)


async def test_a_ticket_that_nobody_used_is_forgotten() -> None:
    expected = ExpectedCalls(SharedMemory(clock=(clock := Clock())))
    ticket = await expected.announce(CALL)
    clock.now = SECONDS + 1
    with pytest.raises(BadMessage):
        await expected.admit(ticket)


async def test_what_is_next_is_told_once_and_a_call_of_which_we_know_nothing_is_lost() -> None:
    expected = ExpectedCalls()
    await expected.order("one", Next("goodbye"))
    assert await expected.what_next("other") == Next("lost")
    assert await expected.what_next("one") == Next("goodbye")
    assert await expected.what_next("one") == Next("lost")


async def test_an_order_is_not_kept_for_ever_nor_for_the_next_time() -> None:
    expected = ExpectedCalls(SharedMemory(clock=(clock := Clock())))
    await expected.order("one", Next("goodbye"))
    await expected.announce(CALL)
    assert await expected.what_next("one") == Next("lost"), "the call has come again since"
    await expected.order("one", Next("goodbye"))
    clock.now = SECONDS + 1
    assert await expected.what_next("one") == Next("lost")
