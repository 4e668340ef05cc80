"""An application that is told to stop finishes its calls first, and no longer than it may."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import uvicorn

from api.drain import NOTICE_SECONDS, Drain
from api.main import create_app
from api.parts import Parts
from api.server import DrainingServer
from bot.settings import Settings
from bot.store.store import Store
from tests.speech_fakes import ScriptedEars, ScriptedVoice

pytestmark = pytest.mark.unit


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_is_over_when_the_last_call_has_ended_or_the_time_is_up() -> None:
    drain = Drain(clock := Clock())
    assert not drain.is_over(60, 0), "nobody has said stop"
    drain.begin()
    assert not drain.is_over(60, 0), "the balancer has to notice"
    clock.now += NOTICE_SECONDS
    assert not drain.is_over(60, 2)
    assert drain.is_over(60, 0)
    clock.now += 60
    assert drain.is_over(60, 2)


@pytest.fixture
def server_of(sqlite_store: Store, tmp_path: Path) -> Callable[[float], tuple[DrainingServer, Parts]]:
    def make(drain_seconds: float) -> tuple[DrainingServer, Parts]:
        settings = Settings(state_dir=tmp_path, drain_seconds=drain_seconds)
        app = create_app(settings, store=sqlite_store, ears=ScriptedEars(), voice=ScriptedVoice())  # type: ignore[arg-type]
        parts: Parts = app.state.parts
        return DrainingServer(uvicorn.Config(app), parts), parts

    return make


async def test_the_first_signal_lets_calls_end_and_takes_no_new_one(
    server_of: Callable[[float], tuple[DrainingServer, Parts]],
) -> None:
    server, parts = server_of(60)
    parts.drain._clock = clock = Clock()
    async with parts.capacity.one_call():
        server.handle_exit(signal.SIGTERM, None)
        assert await parts.capacity.is_full()
        clock.now += NOTICE_SECONDS + 1
        assert not await server.on_tick(1)
    assert await server.on_tick(1)


def test_the_second_signal_stops_at_once(server_of: Callable[[float], tuple[DrainingServer, Parts]]) -> None:
    server, _ = server_of(60)
    server.handle_exit(signal.SIGTERM, None)
    assert not server.should_exit
    server.handle_exit(signal.SIGTERM, None)
    assert server.should_exit


def test_without_the_setting_the_first_signal_stops(
    server_of: Callable[[float], tuple[DrainingServer, Parts]],
) -> None:
    server, parts = server_of(0)
    server.handle_exit(signal.SIGTERM, None)
    assert server.should_exit
    assert not parts.drain.has_begun
