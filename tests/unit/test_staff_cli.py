"""`linyu staff` and `linyu audit`, as an operator types them."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import wiring
from bot.cli import app
from bot.errors import SignInFailed, SignInLocked
from bot.services.staff import own_account, staff_sessions
from bot.services.staff.staff_sessions import SessionRules
from bot.store.store import Store

pytestmark = pytest.mark.store

PASSWORD = "tall copper lantern 77"


@pytest.fixture(autouse=True)
def office(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Store:
    monkeypatch.setattr(wiring, "store", lambda: sqlite_store)
    monkeypatch.setattr(wiring, "now", lambda: now)
    return sqlite_store


def linyu(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


def test_the_first_admin_comes_by_a_one_time_link(office: Store, now: datetime) -> None:
    printed = linyu("staff", "add", "boss", "--name", "王管理")
    assert printed.exit_code == 0
    token = re.search(r"/staff/welcome/([\w-]+)", printed.output)
    assert token
    signed = own_account.set_first_password(office, token[1], PASSWORD, now, SessionRules())
    assert signed.actor.role == "admin"
    assert signed.actor.may("people.manage")


def test_no_account_exists_before_one_is_added(office: Store) -> None:
    assert "boss" not in linyu("staff", "list").output


def test_a_password_can_be_typed_and_a_weak_one_is_refused(office: Store, now: datetime) -> None:
    assert linyu("staff", "add", "boss", "--password", typed=f"{PASSWORD}\n").exit_code == 0
    assert staff_sessions.sign_in(office, "boss", PASSWORD, now, SessionRules()).login == "boss"
    weak = linyu("staff", "add", "lihua", "--role", "editor", "--password", typed="password1234\n")
    assert weak.exit_code == 1
    assert "/staff/welcome/" in weak.output


@pytest.mark.parametrize(
    "words",
    [
        ("staff", "add", "张伟"),
        ("staff", "add", "lihua", "--role", "king"),
        ("staff", "add", "lihua", "--role", "grid_worker"),
        ("staff", "disable", "nobody"),
        ("staff", "disable", "boss"),
        ("staff", "add", "boss"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_one(words: tuple[str, ...]) -> None:
    linyu("staff", "add", "boss", "--password", typed=f"{PASSWORD}\n")
    answer = linyu(*words)
    assert answer.exit_code == 1
    assert "linyu:" in answer.output
    assert "Traceback" not in answer.output


def test_a_reset_gives_a_new_link_and_ends_the_password(office: Store, now: datetime) -> None:
    linyu("staff", "add", "boss", "--password", typed=f"{PASSWORD}\n")
    assert "/staff/welcome/" in linyu("staff", "reset", "boss", "--second-factor").output
    assert "invited" in linyu("staff", "list").output


def test_a_locked_login_is_unlocked_and_keeps_its_password(office: Store, now: datetime) -> None:
    linyu("staff", "add", "boss", "--password", typed=f"{PASSWORD}\n")
    for _ in range(5):
        with pytest.raises(SignInFailed):
            staff_sessions.sign_in(office, "boss", "wrong", now, SessionRules())
    with pytest.raises(SignInLocked):
        staff_sessions.sign_in(office, "boss", PASSWORD, now, SessionRules())
    assert "unlocked" in linyu("staff", "unlock", "boss").output
    assert staff_sessions.sign_in(office, "boss", PASSWORD, now, SessionRules()).login == "boss"


def test_the_audit_is_checked_and_given_out(office: Store) -> None:
    linyu("staff", "add", "boss")
    assert "whole: 1 entries" in linyu("audit", "verify").output
    lines = [json.loads(line) for line in linyu("audit", "export").output.splitlines()]
    assert [line["action"] for line in lines] == ["account.invite", "audit.export"]
    assert linyu("audit", "export", "--csv").output.splitlines()[0].startswith("seq,at,actor,role,action")


def test_a_broken_audit_ends_with_one_and_names_the_entry(office: Store, tmp_path: Path) -> None:
    linyu("staff", "add", "boss")
    with closing(sqlite3.connect(tmp_path / "linyu.db")) as database:
        database.execute("DROP TRIGGER audit_entries_no_update")
        database.execute("UPDATE audit_entries SET actor = 'x'")
        database.commit()
    answer = linyu("audit", "verify")
    assert answer.exit_code == 1
    assert "entry 1: altered" in answer.output
