"""What our Asterisk tells beside the sound."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from api.telephone.exchange import Exchange
from bot.errors import StoreUnavailable

pytestmark = pytest.mark.telephone


class Played:
    """Events of a script; then the connection is gone."""

    def __init__(self, *events: dict[str, Any]) -> None:
        self._events = events

    async def listen(self) -> AsyncGenerator[dict[str, Any]]:
        for event in self._events:
            yield event
        raise EndOfPlay


class EndOfPlay(Exception):
    """So that a test ends."""


def of(kind: str, channel: str = "one", **about: Any) -> dict[str, Any]:
    return {"type": kind, "channel": {"id": channel}, **about}


LEFT = of("ChannelUserevent", eventname="LinyuLeft", userevent={"call": "one", "caller": "13900001234"})


async def after(*events: dict[str, Any]) -> tuple[set[str], list[tuple[str, str | None]]]:
    exchange, left = Exchange(), []

    async def note(call: str, caller: str | None) -> None:
        left.append((call, caller))
        if len(left) == 1:
            raise StoreUnavailable

    with pytest.raises(EndOfPlay):
        await exchange.follow(Played(*events), note)
    return exchange.held, left


async def test_who_holds_is_known_until_they_are_back_or_gone() -> None:
    held, _ = await after(of("ChannelHold"), of("ChannelHold", "two"), of("ChannelHold", "three"), of("ChannelUnhold"))
    assert held == {"two", "three"}
    held, _ = await after(of("ChannelHold"), of("ChannelDestroyed"))
    assert held == set()


async def test_an_asterisk_that_comes_back_has_no_calls() -> None:
    held, _ = await after(of("ChannelHold"), {"type": "Connected"})
    assert held == set()


async def test_who_left_is_told_and_a_database_that_is_away_does_not_end_the_listening() -> None:
    _, left = await after(LEFT, LEFT)
    assert left == [("one", "13900001234")] * 2
