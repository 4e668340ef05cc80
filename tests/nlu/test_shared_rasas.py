"""Several Rasas over one PostgreSQL and one Redis are one: what one has saved, the other goes on with, in order."""

import asyncio
import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest
import redis
from cryptography.fernet import Fernet
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered

from bot.nlu.channel import LinyuInput
from bot.nlu.encrypted_tracker_store import EncryptedTrackerStore
from bot.nlu.locks_of_all import LocksOfAll
from bot.operation.local_servers import free_port, postgresql_server, redis_server
from tests.nlu.test_tracker_store import tracker_of

ROOT = Path(__file__).resolve().parents[2]
MIGRATE = "import sys; from bot.store.store import Store; from bot.store.encryption import DataKeys; Store(sys.argv[1], DataKeys([DataKeys.generate()])).migrate()"


@pytest.fixture(scope="module")
def database():
    """Migrated by the application, as it is wherever we run."""
    with postgresql_server() as url:
        subprocess.run([str(ROOT / ".venv" / "bin" / "python"), "-c", MIGRATE, url], cwd=str(ROOT), check=True)
        yield url


@pytest.fixture
def stores(database, monkeypatch):
    """Of two Rasas."""
    monkeypatch.setenv("LINYU_DATA_KEY", Fernet.generate_key().decode())
    monkeypatch.setenv("LINYU_TRACKERS", "database")
    monkeypatch.setenv("LINYU_DATABASE_URL", database.replace("postgresql://", "postgresql+psycopg://"))
    both = [EncryptedTrackerStore(Domain.empty()) for _ in range(2)]
    yield both
    for one in both:
        for sender in asyncio.run(one.keys()):
            one.forget(sender)
        one.rows.engine.dispose()


def test_what_one_rasa_saved_the_other_goes_on_with(stores, database) -> None:
    one, other = stores
    asyncio.run(one.save(tracker_of(2)))
    found = asyncio.run(other.retrieve("a-0"))
    assert [event.text for event in found.events if isinstance(event, UserUttered)] == ["第0句", "第1句"]
    asyncio.run(other.save(tracker_of(3)))
    again = asyncio.run(one.retrieve("a-0"))
    assert len([event for event in again.events if isinstance(event, UserUttered)]) == 3
    with psycopg2.connect(database) as db, db.cursor() as cursor:
        cursor.execute("SELECT conversation_id, events FROM rasa_trackers")
        ((conversation, events),) = cursor.fetchall()
    assert conversation == "a", "it is erased with its conversation"
    assert "第0句".encode() not in bytes(events)
    one.forget("a-0")
    assert asyncio.run(other.retrieve("a-0")) is None


def test_a_failed_turn_is_undone_for_both(stores) -> None:
    one, other = stores
    asyncio.run(one.save(tracker_of(1)))
    before = other.get("a-0")
    asyncio.run(other.save(tracker_of(2)))
    other.put("a-0", before)
    assert one.get("a-0") == before


def test_old_conversations_are_forgotten(stores) -> None:
    one, other = stores
    asyncio.run(one.save(tracker_of(1)))
    other.rows.forget_before(0)
    assert other.get("a-0")
    other.rows.forget_before(4e9)
    assert one.get("a-0") is None


@pytest.fixture(scope="module")
def redis_url():
    with redis_server() as url:
        yield url


def test_turns_of_one_conversation_never_run_at_once_whichever_rasa_has_them(redis_url, monkeypatch) -> None:
    monkeypatch.setenv("LINYU_REDIS", redis_url)
    rasas, inside, most, done = [LocksOfAll(), LocksOfAll()], [], [], []

    async def turn(number: int) -> None:
        async with rasas[number % 2].lock("a-0", wait_time_in_seconds=0.01):
            inside.append(number)
            most.append(len(inside))
            await asyncio.sleep(0.01)
            inside.remove(number)
            done.append(number)

    async def all_of_them() -> None:
        await asyncio.gather(*(turn(number) for number in range(8)))

    asyncio.run(all_of_them())
    assert (max(most), sorted(done)) == (1, list(range(8)))
    assert redis.StrictRedis.from_url(redis_url).keys("*") == [], "nothing is left"


def test_the_lock_of_a_rasa_that_was_killed_ends(redis_url, monkeypatch) -> None:
    monkeypatch.setenv("LINYU_REDIS", redis_url)
    killed, other = LocksOfAll(), LocksOfAll()
    killed.issue_ticket("a-0", lock_lifetime=0.3)

    async def go_on() -> bool:
        async with other.lock("a-0", wait_time_in_seconds=0.05):
            return True

    assert asyncio.run(asyncio.wait_for(go_on(), 20))
    assert redis.StrictRedis.from_url(redis_url).ttl("linyu:rasa:lock:a-0") > 0 or not other.get_lock("a-0")


def test_without_redis_a_rasa_keeps_its_own_order(monkeypatch) -> None:
    monkeypatch.setenv("LINYU_REDIS", f"redis://127.0.0.1:{free_port()}/0")
    alone = LocksOfAll()

    async def turn() -> bool:
        async with alone.lock("a-0"):
            return True

    assert asyncio.run(turn())


TURN = {"sender": "a-0", "message_id": "m1", "text": "两个人", "metadata": {}}


class SlowProcessor:
    """Rasa's, as far as the channel sees it: it hears the message, thinks, answers and saves."""

    def __init__(self, store) -> None:
        self.tracker_store, self.heard = store, []
        self.action_endpoint = SimpleNamespace(url="http://127.0.0.1:1", headers={})

    async def handle_message(self, message) -> None:
        self.heard.append(message.message_id)
        tracker = await self.tracker_store.retrieve("a-0") or tracker_of(0)
        await asyncio.sleep(0.2)
        said = UserUttered(message.text, {"name": "inform"}, [], {"intent": {}}, message_id=message.message_id)
        tracker.update(said)
        tracker.update(BotUttered("好的"))
        await self.tracker_store.save(tracker)
        await message.output_channel.send_response("a-0", {"text": "好的"})


def test_a_message_that_is_sent_again_to_another_rasa_is_heard_once(stores, redis_url, monkeypatch) -> None:
    monkeypatch.setenv("LINYU_REDIS", redis_url)
    channel = LinyuInput("token")
    processors = [SlowProcessor(store) for store in stores]
    agents = [
        SimpleNamespace(tracker_store=store, processor=processor, lock_store=LocksOfAll(), is_ready=lambda: True)
        for store, processor in zip(stores, processors)
    ]

    async def both() -> None:
        first = asyncio.ensure_future(channel.turn(agents[0], TURN))
        await asyncio.sleep(0.05)  # whoever asked has lost patience, or its process was killed
        again = await channel.turn(agents[1], TURN)
        assert json.loads(again.body)["messages"] == json.loads((await first).body)["messages"] == [{"text": "好的"}]

    asyncio.run(both())
    assert [one.heard for one in processors] == [["m1"], []]
