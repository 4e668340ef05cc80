"""A model that is activated in one application is read with in all, and every Rasa starts anew with it."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api import model_watch
from api.console.learning import pages
from bot import wiring
from bot.operation.local_servers import redis_server
from bot.rasa_watch import RasaWatch
from bot.services.learning import trained_models
from bot.settings import Settings
from bot.store.learning.tables import TrainedModel
from bot.store.store import Store

pytestmark = pytest.mark.api


def activate(store: Store, model_id: str) -> None:
    """As the console does, for tests that need no model's file."""
    with store.unit() as unit:
        for row in unit.session.query(TrainedModel):
            row.state = "retired"
        unit.add(TrainedModel(id=model_id, state="active", asked_by="x", asked=wiring.now(), examples=0))
        unit.commit()


async def test_an_application_follows_what_is_activated_elsewhere(
    settings: Settings, make_app: Callable[..., FastAPI], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = make_app(settings).state.parts
    read: list[str | None] = []
    monkeypatch.setattr(wiring, "readers_in_force", lambda store, _: (trained_models.active_id(store), "answers"))
    parts.dialogue.read_with = lambda danger, _: read.append(danger)
    following = asyncio.create_task(model_watch.follow(parts, look_seconds=0.02))
    await asyncio.sleep(0.2)
    assert read == [], "nothing has changed"
    for model_id in ("first", "second"):
        activate(store, model_id)
        async with asyncio.timeout(30):
            while model_id not in read:
                await asyncio.sleep(0.02)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    assert read == ["first", "second"]


class FakeRasa:
    """Answers as the channel does: away for three questions after it was told to start anew."""

    def __init__(self, starting: list[int]) -> None:
        self.restarts, self.away, self.most = 0, 0, 0
        self._starting = starting
        rasa = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                rasa.restarts += 1
                rasa.away = 3
                starting.append(1)
                rasa.most = max(rasa.most, len(starting))
                self._answer(200)

            def do_GET(self) -> None:
                rasa.away = max(0, rasa.away - 1)
                if rasa.away == 1:
                    starting.pop()
                self._answer(503 if rasa.away else 200)

            def _answer(self, status: int) -> None:
                self.send_response(status if self.headers["Authorization"] == f"Bearer {TOKEN}" else 403)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)


TOKEN = "t" * 40


@contextmanager
def running(rasa: FakeRasa) -> Iterator[int]:
    thread = threading.Thread(target=rasa.server.serve_forever)
    thread.start()
    try:
        yield rasa.server.server_address[1]
    finally:
        rasa.server.shutdown()
        rasa.server.server_close()
        thread.join()


def test_every_rasa_starts_anew_one_after_the_other(settings: Settings, store: Store) -> None:
    starting: list[int] = []
    rasas = [FakeRasa(starting), FakeRasa(starting)]
    with redis_server() as redis, running(rasas[0]) as one, running(rasas[1]) as other:
        watches = [
            RasaWatch(
                settings.model_copy(update={"rasa_port": port, "token": SecretStr(TOKEN), "redis": SecretStr(redis)}),
                store,
                sleep=lambda _: None,
            )
            for port in (one, other)
        ]
        assert [watch.look() for watch in watches] == [False, False], "nothing has changed since the start"
        activate(store, "next")
        threads = [threading.Thread(target=watch.look) for watch in watches]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert [rasa.restarts for rasa in rasas] == [1, 1]
        assert max(rasa.most for rasa in rasas) == 1, "one at a time"
        assert [watch.look() for watch in watches] == [False, False]
        for watch in watches:
            watch.close()


async def test_among_several_the_console_leaves_the_start_to_the_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def restart() -> None:
        asked.append("restart")

    async def in_store(*_: Any) -> tuple[str, str]:
        return "danger", "answers"

    parts: Any = SimpleNamespace(
        dialogue=SimpleNamespace(read_with=lambda *_: asked.append("read")),
        in_store=in_store,
        rasa=SimpleNamespace(restart=restart),
        settings=SimpleNamespace(hosts="many"),
    )
    assert await pages.restart(parts)
    assert asked == ["read"]
    parts.settings.hosts = "one"
    assert await pages.restart(parts)
    assert asked == ["read", "read", "restart"]


def test_a_balancer_is_told_when_an_application_is_about_to_stop(
    settings: Settings, make_app: Callable[..., FastAPI]
) -> None:
    app = make_app(settings)
    with TestClient(app) as client:
        assert client.get("/readyz/process").json() == {"status": "ready"}
        app.state.parts.drain.begin()
        answer = client.get("/readyz/process")
        assert (answer.status_code, answer.json()) == (503, {"status": "draining"})
        assert "application" in client.get("/readyz").json()["missing"]
        assert client.get("/healthz").status_code == 200, "it lives"
