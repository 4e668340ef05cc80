"""Data goes when its time is over, keys can be changed, and both can be shown."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from bot import state_folder, wiring
from bot.cli import app
from bot.operation import trackers
from bot.operation.only_one import state_folder_held
from bot.services.audit import audit, audit_check
from bot.services.audit.audit import AuditFilter
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.handover import handover, takeover
from bot.services.kernel.backup import backup, restore
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import OPERATOR
from bot.services.kernel.topics import Keep
from bot.services.residents import privacy, retention
from bot.services.residents.residents import erase_resident, export_resident
from bot.settings import Settings
from bot.store.cases.tables import Case
from bot.store.conversations.tables import Conversation, Rating
from bot.store.encryption import DataKeys
from bot.store.handover.tables import Onlooker
from bot.store.rotation import UNKNOWN, values_of_each_key
from bot.store.store import Store
from tests.records import advance_case
from tests.staff import enter

pytestmark = pytest.mark.store

DAY = timedelta(days=1)
KEEP = Keep(transcript_days=10, booking_days=20, case_days=30, handover_days=40)


@pytest.fixture
def filled(
    store: Store,
    offer: Callable[..., str],
    booking_request: Callable[..., BookingRequest],
    complaint: Callable[..., ComplaintRequest],
    now: datetime,
) -> Store:
    """One of each kind, all of today; the case is answered."""
    offer()
    talk = conversations.open_conversation(store, channel="web", language="zh", now=now)
    conversations.receive(store, talk.id, "m", "我是测试甲", "我是某某", now)
    conversations.rate(store, talk.id, 5, "谢谢", now)
    bookings.book(store, booking_request(conversation_id=talk.id), now)
    case = cases.file_case(store, complaint(conversation_id=talk.id), now, targets=Targets())
    for state in ("dispatched", "handling"):
        advance_case(store, case.number, state, actor="staff", note="找测试甲", now=now)
    advance_case(store, case.number, "answered", actor="staff", note=None, answer="修好了", now=now)
    handover.request_person(
        store, conversation_id=talk.id, reason="人工", phone=None, client_message_id="h", channel="web", language="zh", now=now
    )  # fmt: skip
    return store


def clean(store: Store, now: datetime, keep: Keep = KEEP) -> dict[str, int]:
    gone = retention.delete_expired(store, keep, now)
    return {kind: count for kind, count in gone.items() if count}


def test_each_kind_goes_when_its_time_is_over_and_not_before(filled: Store, now: datetime) -> None:
    assert clean(filled, now + 9 * DAY) == {}
    gone = clean(filled, now + 11 * DAY)
    # The answer to the case is a notice of the conversation.
    assert gone == {"transcripts": 1, "notices": 1, "comments": 1, "conversations": 1}
    assert clean(filled, now + 22 * DAY) == {"bookings": 1}
    assert clean(filled, now + 31 * DAY) == {"cases": 1}
    assert clean(filled, now + 41 * DAY) == {"handovers": 1}
    assert clean(filled, now + 400 * DAY) == {}


def test_who_looked_at_a_conversation_is_forgotten_the_next_day_and_at_erasure(filled: Store, now: datetime) -> None:
    with filled.reading() as unit:
        (talk,) = unit.session.scalars(select(Conversation.id)).all()
    actor = enter(filled, "dispatcher", now).actor

    def onlookers() -> int:
        with filled.reading() as unit:
            return len(unit.session.scalars(select(Onlooker)).all())

    takeover.look(filled, actor, talk, now)
    clean(filled, now + 0.5 * DAY)
    assert onlookers() == 1
    clean(filled, now + 2 * DAY)
    assert onlookers() == 0
    takeover.look(filled, actor, talk, now)
    conversations.erase_conversation(filled, talk)
    assert onlookers() == 0


def test_of_an_old_case_only_number_category_state_and_dates_stay(filled: Store, now: datetime) -> None:
    clean(filled, now + 31 * DAY)
    with filled.reading() as unit:
        row = unit.session.scalars(select(Case)).one()
        assert (row.category, row.state, row.filed) == ("public_facility", "answered", now)
        assert (row.place, row.text, row.name, row.phone, row.phone_hash, row.answer) == (
            "",
            "",
            None,
            None,
            None,
            None,
        )
        assert [event.note for event in row.events if event.note] == []
        score, comment = unit.session.execute(select(Rating.score, Rating.comment)).one()
        assert (score, comment) == (5, None)


def test_a_case_that_is_not_done_keeps_its_words(
    store: Store, complaint: Callable[..., ComplaintRequest], now: datetime
) -> None:
    cases.file_case(store, complaint(), now, targets=Targets())
    assert clean(store, now + 4000 * DAY) == {}


def test_what_was_deleted_is_told(filled: Store, now: datetime) -> None:
    assert privacy.overview(filled).last_deletion is None
    clean(filled, now + 22 * DAY)
    told = privacy.overview(filled).last_deletion
    assert told
    assert (told.at, told.role, told.details["bookings"], told.details["cases"]) == (now + 22 * DAY, "system", 1, 0)


def test_erasing_leaves_an_entry_without_the_phone(filled: Store, now: datetime) -> None:
    erase_resident(filled, "13900001234", now, reason="本人要求")
    [entry] = audit.found(filled, AuditFilter(action="resident.erase"))
    assert (entry.details["bookings"], entry.reason) == (1, "本人要求")
    assert "1390" not in entry.subject_id
    assert export_resident(filled, "13900001234")["bookings"] == []


def test_values_are_counted_by_the_key_that_opens_them(
    filled: Store, store_url: str, data_key: str, now: datetime
) -> None:
    newest = DataKeys.generate()
    with closing(Store(store_url, DataKeys([newest, data_key]))) as both:
        new_name, old_name = both.keys.names
        before = values_of_each_key(both)
        assert before[old_name] > 10
        assert before[new_name] == 0
        privacy.rotate(both, now)
        after = values_of_each_key(both)
        assert (after[old_name], after[new_name] >= before[old_name]) == (0, True)
        seen = privacy.overview(both)
        assert [(key.name, key.newest, key.since) for key in seen.keys] == [
            (new_name, True, now),
            (old_name, False, None),
        ]
    with closing(Store(store_url, DataKeys([newest]))) as alone:
        assert UNKNOWN not in values_of_each_key(alone)
        assert audit_check.verify(alone).whole


def test_a_value_of_a_foreign_key_is_counted_as_opened_by_none(filled: Store, store_url: str) -> None:
    with closing(Store(store_url, DataKeys([DataKeys.generate()]))) as stranger:
        counted = values_of_each_key(stranger)
    assert counted[stranger.keys.names[0]] == 0
    assert counted[UNKNOWN] > 10


@pytest.fixture
def office(tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A state folder of its own, which the command `linyu` works on."""
    settings = Settings(state_dir=tmp_path / "office")
    keys = state_folder.data_keys(settings)
    with closing(Store(settings.database, DataKeys(keys), *settings.audit_files)) as store:
        store.migrate()
    monkeypatch.setattr(wiring, "settings", lambda: settings)
    return settings


def open_store(settings: Settings) -> Store:
    return Store(settings.database, DataKeys(state_folder.data_keys(settings)), *settings.audit_files)


def test_the_command_changes_the_key_and_keeps_the_old_one_apart(
    office: Settings, complaint: Callable[..., ComplaintRequest], now: datetime
) -> None:
    [old] = state_folder.data_keys(office)
    with closing(open_store(office)) as store:
        cases.file_case(store, complaint(), now, targets=Targets())
    answer = CliRunner().invoke(app, ["rotate-key"])
    assert answer.exit_code == 0, answer.output
    [newest] = state_folder.data_keys(office)
    assert newest != old
    [before] = (office.state_dir / "secrets").glob("data_key.before-*")
    assert (before.read_text(), before.stat().st_mode & 0o777) == (old, 0o600)
    assert (office.state_dir / "secrets" / "data_key").stat().st_mode & 0o777 == 0o600
    with closing(open_store(office)) as store:
        assert export_resident(store, "13900001234")["cases"][0]["name"] == "测试甲"
        assert audit_check.verify(store).whole


def test_a_rotation_that_was_cut_short_goes_on_with_its_key(office: Settings) -> None:
    assert state_folder.add_data_key(office)
    begun = state_folder.data_keys(office)
    assert not state_folder.add_data_key(office)
    assert CliRunner().invoke(app, ["rotate-key"]).exit_code == 0
    assert state_folder.data_keys(office) == begun[:1]


def test_the_key_is_not_changed_while_linyu_runs(office: Settings) -> None:
    with state_folder_held(office):  # as a running Linyu does
        answer = CliRunner().invoke(app, ["rotate-key"])
    assert answer.exit_code == 1
    assert len(state_folder.data_keys(office)) == 1


def test_rasas_memory_is_rewritten_too(tmp_path: Path) -> None:
    old, newest = DataKeys.generate(), DataKeys.generate()
    with closing(sqlite3.connect(tmp_path / trackers.FILE)) as db:
        db.execute("CREATE TABLE trackers (sender TEXT PRIMARY KEY, events BLOB NOT NULL, saved REAL NOT NULL)")
        db.execute("INSERT INTO trackers VALUES ('a', ?, 0)", (DataKeys([old]).encrypt("说过的话".encode()),))
        db.commit()
    assert trackers.encrypt_with_newest_key(tmp_path, [newest, old]) == 1
    with closing(sqlite3.connect(tmp_path / trackers.FILE)) as db:
        [(events,)] = db.execute("SELECT events FROM trackers")
    assert DataKeys([newest]).decrypt(events).decode() == "说过的话"


def test_a_backup_holds_staff_and_an_audit_that_is_whole(office: Settings, now: datetime, tmp_path: Path) -> None:
    with closing(open_store(office)) as store:
        signed = enter(store, "admin", now)
        with store.unit() as unit:
            audit.write(unit, signed.actor, "case.read", "case", "1", now, reason="回访")
            unit.commit()
        backup(office.database, tmp_path / "copy")
        privacy.note_backup(store, now)
        erase_resident(store, "13900001234", now, actor=OPERATOR)
    restore(office.database, tmp_path / "copy")
    with closing(open_store(office)) as store:
        audit.note_restore(store, now)
        assert audit_check.verify(store).whole
        entries = [(entry.actor, entry.action) for entry in audit.found(store, AuditFilter())]
        assert entries == [(signed.actor.id, "case.read"), ("cli", "backup.restore")]
        told = privacy.overview(store).last_restore
        assert told
        assert told.details == {"last_kept": 1, "entries_lost": 2}
