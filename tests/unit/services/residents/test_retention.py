"""The daily deletion goes on whatever it meets, in small steps, and is missed when it fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, func, select, text

from bot.jobs.worker import run_due
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.topics import DueRules, Keep, Topic, due_handlers, topics
from bot.services.residents import cleaning, retention
from bot.store.cases.tables import Case, CaseEvent
from bot.store.conversations.tables import Turn
from bot.store.kernel.tables import DueTask
from bot.store.store import Store, UnitOfWork
from tests.records import advance_case

pytestmark = pytest.mark.store

KEEP = Keep(transcript_days=10, booking_days=20, case_days=30, handover_days=40)
DAY = timedelta(days=1)


def say(store: Store, now: datetime, count: int) -> None:
    talk = conversations.open_conversation(store, channel="web", language="zh", now=now)
    for number in range(count):
        conversations.receive(store, talk.id, f"m{number}", "路灯不亮", "路灯不亮", now)


def turns(store: Store) -> int:
    with store.reading() as unit:
        return unit.session.scalars(select(func.count(Turn.id))).one()


def answered_case(store: Store, request: ComplaintRequest, now: datetime) -> str:
    case = cases.file_case(store, request, now, targets=Targets())
    for state, answer in (("dispatched", None), ("handling", None), ("answered", "修好了")):
        advance_case(store, case.number, state, actor="staff", note="找测试甲", answer=answer, now=now)
    return case.number


def words_of(store: Store, action: str) -> list[dict[str, object]]:
    return [entry.details for entry in audit.found(store, AuditFilter(action=action))]


def test_a_value_that_no_key_opens_is_deleted_like_any_other(
    store: Store, complaint: Callable[..., ComplaintRequest], now: datetime
) -> None:
    poisoned = answered_case(store, complaint(), now)
    answered_case(store, complaint(conversation_id="b"), now)
    with store.unit() as unit:
        unit.session.execute(text("UPDATE cases SET name = 'rubbish' WHERE number = :number"), {"number": poisoned})
        unit.commit()
    say(store, now, 3)
    gone = retention.delete_expired(store, KEEP, now + 31 * DAY)
    assert (gone["cases"], gone["transcripts"]) == (2, 3)
    with store.reading() as unit:
        rows = unit.session.scalars(select(Case)).all()
        assert [(row.name, row.phone, row.text, row.place, row.conversation_id) for row in rows] == [
            (None, None, "", "", "")
        ] * 2
        assert {event.note for event in unit.session.scalars(select(CaseEvent))} == {None}
    assert retention.delete_expired(store, KEEP, now + 32 * DAY)["cases"] == 0


def test_a_kind_that_fails_holds_up_no_other_and_not_the_next_day(
    store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_unit: UnitOfWork, _deadline: datetime, _most: int, _now: datetime) -> int:
        raise RuntimeError("测试甲 13900001234")

    def without_calls() -> dict[str, Topic]:
        topic = topics()["conversations"]
        expiries = tuple(replace(one, delete=fails) if one.kind == "calls" else one for one in topic.expiries)
        return {**topics(), "conversations": replace(topic, expiries=expiries)}

    say(store, now, 3)
    cleaning.plan(store, now)
    with monkeypatch.context() as broken:
        broken.setattr(retention, "topics", without_calls)
        night = now.replace(hour=3, minute=30) + 12 * DAY
        handlers = due_handlers(DueRules(KEEP, 12))
        for hours in range(0, 24, 1):  # until it is given up
            run_due(store, "one", night + timedelta(hours=hours), handlers)
    assert turns(store) == 0
    assert "13900001234" not in caplog.text
    assert words_of(store, retention.RAN) == []
    assert words_of(store, retention.PARTLY)[0]["failed"] == ["calls"]
    assert retention.is_late(store, night + 3 * DAY)
    with store.reading() as unit:
        planned = unit.session.scalars(select(DueTask.due).where(DueTask.finished.is_(None))).all()
    assert planned == [night + DAY]
    assert run_due(store, "one", night + DAY, handlers) == 1
    assert len(words_of(store, retention.RAN)) == 1
    assert not retention.is_late(store, night + DAY)


def test_many_rows_go_in_small_units_of_work(
    sqlite_store: Store, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 10)
    say(sqlite_store, now, 45)
    sizes = []
    event.listen(sqlite_store._engine, "after_cursor_execute", lambda *seen: sizes.append((seen[2], seen[1].rowcount)))
    retention.delete_expired(sqlite_store, KEEP, now + 11 * DAY)
    deleted = [rows for statement, rows in sizes if statement.startswith("DELETE FROM turns")]
    assert (sum(deleted), max(deleted)) == (45, 10)
    assert turns(sqlite_store) == 0
