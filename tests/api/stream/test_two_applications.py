"""A voice stream that comes back to another application goes on there: what was missed, what is still being answered, who gives way."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from redis import Redis

from bot.operation.local_servers import redis_server
from bot.settings import Settings
from tests.api.conftest import Conversation, ScriptedRasa, served
from tests.api.stream.stream_client import StreamClient

pytestmark = pytest.mark.api


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with redis_server() as url:
        yield url


@pytest.fixture
def both(redis_url: str, settings: Settings, make_app: Callable[..., FastAPI]) -> Iterator[tuple[str, str]]:
    """The addresses of two applications over one store and one Redis."""
    shared = settings.model_copy(update={"redis": SecretStr(redis_url)})
    with ExitStack() as stack:
        one, other = (stack.enter_context(served(make_app(shared))) for _ in range(2))
        yield one, other


@pytest.fixture
def talk(both: tuple[str, str]) -> Iterator[Conversation]:
    with httpx.Client(base_url=f"http://{both[0]}") as client:
        yield Conversation(client)


def test_what_a_broken_connection_missed_is_told_by_another_application(
    both: tuple[str, str], talk: Conversation, rasa: ScriptedRasa
) -> None:
    with StreamClient(both[0], talk) as client:
        client.start(speak=False)
        client.send("text", text="你好", client_message_id="m1")
        seen = client.until("turn")["seq"]
        rasa.failures = 1  # the answer takes a moment, and the connection breaks meanwhile
        client.send("text", text="再问一句", client_message_id="m2")
        time.sleep(0.2)
    time.sleep(1.5)
    with StreamClient(both[1], talk) as back:
        back.send("start", rate=16000, speak=True, resume_after=seen)
        turn = back.until("turn")
        assert turn["seq"] == seen + 1
        assert back.until("ready")["seq"] == seen + 2
        assert back.until("speech_end")["turn_id"] == turn["turn"]["turn_id"], "the resident has not heard it yet"
        last = back.events[-1]["seq"]
    with StreamClient(both[0], talk) as again:  # and back to the first, which knows less by now
        again.send("start", rate=16000, speak=False, resume_after=last)
        assert again.until("ready")["seq"] == last + 1
        again.send("text", text="还有一句", client_message_id="m3")
        again.until("turn")
        assert [event["type"] for event in again.events] == ["ready", "turn"], "nothing is told twice"


def test_an_answer_that_is_still_under_way_reaches_the_client_where_it_is_now(
    both: tuple[str, str], talk: Conversation, rasa: ScriptedRasa
) -> None:
    with StreamClient(both[0], talk) as client:
        client.start(speak=False)
        client.send("text", text="你好", client_message_id="m1")
        seen = client.until("turn")["seq"]
        rasa.failures = 3
        client.send("text", text="再问一句", client_message_id="m2")
        time.sleep(0.2)
    with StreamClient(both[1], talk) as back:
        back.send("start", rate=16000, speak=False, resume_after=seen)
        back.until("ready")
        assert back.until("turn")["seq"] == seen + 2
        assert back.quiet()
    assert len([text for _, _, text, *_ in rasa.asked if text == "再问一句"]) == 4, "three tries failed"


def test_the_newer_of_two_connections_wins_whichever_application_it_came_to(
    both: tuple[str, str], talk: Conversation
) -> None:
    with StreamClient(both[0], talk) as older:
        older.start()
        with StreamClient(both[1], talk) as newer:
            newer.start(speak=False)
            assert older.until("error")["code"] == "replaced"
            assert older.until_closed() == 4409
            newer.send("text", text="你好", client_message_id="m1")
            newer.until("turn")


def test_what_is_kept_in_redis_is_no_open_word_and_a_stranger_starts_anew(
    both: tuple[str, str], talk: Conversation, redis_url: str
) -> None:
    with StreamClient(both[0], talk) as client:
        client.start(speak=False)
        client.send("text", text="我叫王秀英", client_message_id="m1")
        client.until("turn")
    with Redis.from_url(redis_url) as redis:
        kept = [event for name in redis.scan_iter("linyu:stream:*") for event in redis.lrange(name, 0, -1)]  # type: ignore[union-attr]
    assert kept
    assert not any('"seq"' in event.decode() or "王秀英" in event.decode() for event in kept)
    with StreamClient(both[1], talk) as stranger:
        stranger.send("start", rate=16000)
        assert stranger.until("ready")["seq"] == 1
