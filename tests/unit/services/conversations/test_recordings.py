"""What residents said, as sound: kept for so long as the office said, and erased with everything else."""

from base64 import b64decode
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from bot.jobs.worker import run_due
from bot.services.cases.cases import ComplaintRequest, file_case
from bot.services.conversations import conversations, recordings
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.topics import DueRules, Keep, due_handlers
from bot.services.residents import cleaning
from bot.services.residents.residents import erase_resident, export_resident
from bot.store.encryption import DataKeys
from bot.store.rotation import encrypt_with_newest_key
from bot.store.store import Store
from bot.turns import Turn
from tests.records import sound_of

pytestmark = pytest.mark.store

FLAC = b"fLaC and so on"
PHONE = "13900001234"


@pytest.fixture
def said(store: Store, now: datetime) -> tuple[str, str]:
    """A conversation and its one turn, with sound."""
    return say(store, now)


def say(store: Store, now: datetime) -> tuple[str, str]:
    opened = conversations.open_conversation(store, channel="web", language="zh", now=now)
    turn_id = conversations.receive(store, opened.id, "m1", "你好", "你好", now).turn_id
    turn = Turn(turn_id, "greet", 1.0, ())
    conversations.complete(
        store, turn, opened.id, language="zh", topic=None, episode=0, masked="你好", milliseconds=1, now=now
    )
    recordings.keep(store, opened.id, turn_id, FLAC, now)
    return opened.id, turn_id


def clean(store: Store, now: datetime, *, keep_audio_days: int, transcript_days: int = 180) -> None:
    cleaning.plan(store, now)
    handlers = due_handlers(DueRules(Keep(transcript_days, keep_audio_days), 12))
    assert run_due(store, "one", now + timedelta(days=1), handlers) >= 1


def test_sound_is_kept_once(store: Store, said: tuple[str, str], now: datetime) -> None:
    recordings.keep(store, *said, b"other", now)
    assert sound_of(store, said[1]) == FLAC


def test_sound_of_a_turn_that_is_gone_or_anothers_is_not_kept(
    store: Store, said: tuple[str, str], now: datetime
) -> None:
    recordings.keep(store, said[0], "none", FLAC, now)
    assert sound_of(store, "none") is None


def test_sound_goes_after_its_days_and_the_words_stay(store: Store, said: tuple[str, str], now: datetime) -> None:
    clean(store, now + timedelta(days=5), keep_audio_days=7)
    assert sound_of(store, said[1]) == FLAC
    clean(store, now + timedelta(days=8), keep_audio_days=7)
    assert sound_of(store, said[1]) is None
    assert len(conversations.history(store, said[0])) == 1


def test_sound_never_outlives_its_words(store: Store, said: tuple[str, str], now: datetime) -> None:
    clean(store, now + timedelta(days=20), keep_audio_days=100, transcript_days=10)
    assert sound_of(store, said[1]) is None


def test_switching_recordings_off_deletes_those_that_were_kept(
    store: Store, said: tuple[str, str], now: datetime
) -> None:
    clean(store, now, keep_audio_days=0)
    assert sound_of(store, said[1]) is None


def test_a_resident_gets_their_recordings_and_can_have_them_erased(
    store: Store, said: tuple[str, str], complaint: Callable[..., ComplaintRequest], now: datetime
) -> None:
    file_case(store, complaint(conversation_id=said[0], phone=PHONE), now, targets=Targets())
    (conversation,) = export_resident(store, PHONE)["conversations"]
    assert b64decode(conversation["turns"][0]["recording_flac"]) == FLAC
    erase_resident(store, PHONE, now)
    assert sound_of(store, said[1]) is None


def test_sound_is_encrypted_and_follows_a_new_key(
    sqlite_store: Store, tmp_path: object, data_key: str, now: datetime
) -> None:
    _, turn_id = say(sqlite_store, now)
    new, address = DataKeys.generate(), f"sqlite:///{tmp_path}/linyu.db"
    with closing(Store(address, DataKeys([new, data_key]))) as both:
        encrypt_with_newest_key(both)
    with closing(Store(address, DataKeys([new]))) as newest:
        assert sound_of(newest, turn_id) == FLAC
        with newest.reading() as unit:
            stored = unit.session.execute(text("SELECT content FROM recordings")).scalar()
    assert FLAC not in bytes(stored)  # type: ignore[arg-type]
