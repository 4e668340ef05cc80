"""Personal values: unreadable without the key, found by keyed hash, and keys can be changed."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.services.bookings import bookings
from bot.services.cases import cases
from bot.services.conversations import conversations
from bot.services.handover import handover
from bot.services.kernel.deadlines import Targets
from bot.services.residents.residents import export_resident
from bot.store.cases.tables import Case
from bot.store.encryption import DataKeys
from bot.store.rotation import encrypt_with_newest_key
from bot.store.store import Store
from bot.turns import Heard, Reply, Turn
from tests.records import advance_case

pytestmark = pytest.mark.store

SECRETS = (
    "13900001234",
    "测试甲",
    "测试乙",
    "测试路",
    "路灯不亮",
    "别打电话",
    "谢谢你们",
    "听到的话",
    "答复内容",
)


@pytest.fixture
def full_store(
    store: Store,
    offer: Callable[..., str],
    booking_request: Callable[..., bookings.BookingRequest],
    complaint: Callable[..., cases.ComplaintRequest],
    now: datetime,
) -> Store:
    """With one of everything that holds personal words."""
    offer()
    opened = conversations.open_conversation(store, channel="web", language="zh", now=now)
    received = conversations.receive(store, opened.id, "m1", "我是测试甲,电话13900001234", "我是某某", now)
    reply = Reply("测试甲您好", "测试甲您好", card={"kind": "booking", "number": "1", "phone": "13900001234"})
    turn = Turn(received.turn_id, "inform", 0.9, (reply,), heard=Heard("听到的话", 0.8))
    conversations.complete(
        store,
        turn,
        opened.id,
        language="zh",
        topic=None,
        episode=0,
        masked="我是某某",
        milliseconds=5,
        now=now,
    )
    conversations.rate(store, opened.id, 5, "谢谢你们", now)
    bookings.book(store, booking_request(conversation_id=opened.id, note="别打电话"), now)
    case = cases.file_case(store, complaint(conversation_id=opened.id), now, targets=Targets())
    for state in ("dispatched", "handling"):
        advance_case(store, case.number, state, actor="staff", note="找测试甲", now=now)
    advance_case(store, case.number, "answered", actor="staff", note=None, answer="答复内容", now=now)
    handover.request_person(
        store, conversation_id=opened.id, reason="测试甲要人工", phone="13900001234", client_message_id="m3",
        channel="web", language="zh", now=now,
    )  # fmt: skip
    return store


def test_no_file_of_the_database_holds_personal_words(full_store: Store, store_url: str, tmp_path: Path) -> None:
    if store_url.startswith("sqlite"):
        files = [file for file in tmp_path.iterdir() if file.name.startswith("linyu.db")]
        assert {file.name for file in files} >= {"linyu.db", "linyu.db-wal"}
        kept = b"".join(file.read_bytes() for file in files)
    else:
        with full_store.reading() as unit:
            tables = unit.session.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
            kept = b"".join(
                str(unit.session.execute(text(f"SELECT * FROM {table}")).all()).encode() for table in tables
            )
    assert b"public_facility" in kept
    for secret in SECRETS:
        assert secret.encode() not in kept


def test_the_words_come_back(full_store: Store) -> None:
    found = export_resident(full_store, "+86 139 0000 1234")
    assert found["bookings"][0]["address"] == "测试路一号"
    assert found["cases"][0]["text"] == "路灯不亮"


def test_after_a_rotation_the_old_key_is_not_needed(full_store: Store, store_url: str, data_key: str) -> None:
    newest = DataKeys.generate()
    with closing(Store(store_url, DataKeys([newest, data_key]))) as both:
        assert export_resident(both, "13900001234")["bookings"], "old records are found before they are rewritten"
        assert encrypt_with_newest_key(both) > 5
    with closing(Store(store_url, DataKeys([newest]))) as after:
        assert export_resident(after, "13900001234")["cases"][0]["name"] == "测试甲"
        case = export_resident(after, "13900001234")["cases"][0]
        assert case["history"][1]["note"] == "找测试甲"
    with closing(Store(store_url, DataKeys([data_key]))) as old, pytest.raises(RuntimeError):
        _read_any_case(old)


def _read_any_case(store: Store) -> None:
    with store.reading() as unit:
        unit.session.scalars(select(Case)).all()


def test_equal_phones_have_equal_hashes_and_other_keys_give_others() -> None:
    one, other = DataKeys([DataKeys.generate()]), DataKeys([DataKeys.generate()])
    assert one.keyed_hash("13900001234") == one.keyed_hash("13900001234")
    assert one.keyed_hash("13900001234") != other.keyed_hash("13900001234")


@pytest.mark.parametrize("keys", [[], ["short"], ["not a key at all, whatever one may think"]])
def test_a_key_that_cannot_be_right_is_refused_without_showing_it(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="data key") as caught:
        DataKeys(keys)
    assert not any(key in str(caught.value) for key in keys)
