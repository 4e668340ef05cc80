"""Nothing personal lies readable in any file that a running Linyu writes."""

import base64
import subprocess
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot import wiring
from bot.operation.environment import APP_BIN
from bot.operation.ephemeral_instance import EphemeralInstance
from bot.services.bookings import bookings
from bot.services.cases import cases
from bot.services.conversations import recordings
from bot.settings import ROOT
from tests.conversations.resident import Resident
from tests.processes.running import store_of
from tests.records import sound_of
from tests.staff import enter

pytestmark = pytest.mark.security

NAME, DRAFT_NAME = "欧阳静好", "慕容晚晴"
PHONE, DRAFT_PHONE = "13811229074", "13977046185"
SPOKEN = ("幺三八幺幺二二九零七四", "一三八一一二二九零七四", "幺三九七七零四六幺八五", "一三九七七零四六一八五")
PLACES = ("东风社区六栋4071", "东风社区柿子湾九栋")
SECRETS = (NAME, DRAFT_NAME, PHONE, DRAFT_PHONE, "138-1122-9074", "138 1122 9074", *SPOKEN, "六栋4071", "柿子湾")


def base64_of(content: bytes) -> set[bytes]:
    """The middle of its base64, wherever in a longer text it stood; the edges depend on the neighbours."""
    found = set()
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + content)
        whole = (before + len(content)) // 3 * 4
        found.add(encoded[(0, 2, 3)[before] : whole])
    return found | {one.translate(bytes.maketrans(b"+/", b"-_")) for one in found}


def forms_of(secret: str) -> set[bytes]:
    """How it could lie in a file: as text in common encodings, as base64 of it, or as JSON writes it."""
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) > 127 else c for c in secret)
    return {
        *base64_of(secret.encode("utf-8")),
        *base64_of(secret.encode("gb18030")),
        secret.encode("utf-8"),
        secret.encode("utf-16-le"),
        secret.encode("utf-16-be"),
        secret.encode("gb18030"),
        escaped.encode(),
        escaped.upper().replace("\\U", "\\u").encode(),
    }


def readable_in(folder: Path) -> set[tuple[str, str]]:
    """File and secret of every find."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found |= {(path.name, s) for s in SECRETS if any(form in content for form in forms_of(s))}
    return found


@pytest.fixture(scope="module")
def written(linyu: EphemeralInstance) -> EphemeralInstance:
    """Residents, and staff who look at them, have left their traces: all that a life of this Linyu writes."""
    booker = Resident(linyu.url)
    for words in (f"帮我订后天中午两份饭,送到{PLACES[0]},我叫{NAME}", PHONE, "确认"):
        booker.say(words)
    assert booker.turn["replies"][-1]["card"]["kind"] == "booking", booker.heard
    complainer = Resident(linyu.url)
    for words in ("我要投诉", "楼下广场舞太吵了", PLACES[1], SPOKEN[0], "确认"):
        complainer.say(words)
    assert complainer.turn["replies"][-1]["card"]["kind"] == "case", complainer.heard
    drafter = Resident(linyu.url)
    for words in ("我想订后天中午的助餐", "东风社区助餐点", f"我叫{DRAFT_NAME}", SPOKEN[2]):
        drafter.say(words)
    assert drafter.turn["state"]["form"] == "book_service"
    assert DRAFT_PHONE in drafter.heard
    stranger = Resident(linyu.url)
    for words in ("查我的投诉", complainer.number, "9075"):
        stranger.say(words)

    (booking,) = bookings.of_conversation(store_of(linyu), booker.id)
    (case,) = cases.of_conversation(store_of(linyu), complainer.id)
    assert booking.name == NAME
    assert "柿子湾" in case.place

    caller = Resident(linyu.url)
    for words in ("人工", PHONE):
        caller.say(words)
    aloud(caller, drafter)
    looked_at_by_staff(linyu, case.number, booker)
    for one in (booker, complainer, drafter, stranger, caller):
        one.close()
    return linyu


def aloud(*residents: Resident) -> None:
    """Their last replies as sound, which the voice makes in its own work folder."""
    for one in residents:
        ticket = one.http.post(f"/conversations/{one.id}/ticket").json()["ticket"]
        path = f"/conversations/{one.id}/turns/{one.turn['turn_id']}/speech"
        sound = one.http.get(path, params={"ticket": ticket, "rate_hz": 8000}, timeout=120)
        assert sound.content.startswith(b"RIFF"), sound.text


def looked_at_by_staff(linyu: EphemeralInstance, number: str, booker: Resident) -> None:
    """A recording is kept, a case is revealed, and the resident's data are given out at the desk and by command."""
    with closing(store_of(linyu)) as store:
        sound = b"fLaC" + f"{NAME},{PHONE},{PLACES[0]}".encode()
        recordings.keep(store, booker.id, booker.turn["turn_id"], sound, wiring.now())
        assert sound_of(store, booker.turn["turn_id"]) == sound
        dispatcher, admin = (enter(store, role, wiring.now()) for role in ("dispatcher", "admin"))
    asked = (
        (dispatcher, f"/reveal/case/{number}", {"reason": "给居民回电话"}, PHONE),
        (admin, "/privacy/resident/export", {"phone": PHONE, "reason": "本人申请"}, NAME),
    )
    for signed, path, body, shown in asked:
        headers = {"Cookie": f"linyu_staff={signed.token}", "X-CSRF-Token": signed.csrf}
        answer = httpx.post(f"{linyu.url}/api/v1/staff{path}", headers=headers, json=body, timeout=60)
        assert shown in answer.text, path
    command = [APP_BIN / "linyu", "resident", "export", PHONE]
    printed = subprocess.run(command, cwd=ROOT, env=linyu.environment, check=True, capture_output=True).stdout
    assert NAME in printed.decode()


def test_no_file_of_the_state_folder_shows_a_phone_a_name_or_an_address(written: EphemeralInstance) -> None:
    copy = written.state_dir / "backup.db"
    subprocess.run([APP_BIN / "linyu", "backup", copy], cwd=ROOT, env=written.environment, check=True)
    names = {path.name for path in written.state_dir.rglob("*") if path.is_file()}
    assert {"linyu.db", "linyu.db-wal", "trackers.db", "trackers.db-wal", "backup.db", "data_key"} <= names
    assert {"rasa.log", "actions.log", "app.log"} <= names
    assert readable_in(written.state_dir) == set()
    copy.unlink()


def test_only_the_owner_can_open_the_secrets_and_the_folders(written: EphemeralInstance) -> None:
    secrets = list((written.state_dir / "secrets").iterdir())
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert (written.state_dir / "logs").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_the_search_would_find_what_lies_open(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "leak.log").write_bytes(b"x" + f"turn of {NAME}".encode(encoding))
    assert readable_in(tmp_path) == {("leak.log", NAME)}


@pytest.mark.parametrize("before", ["", "x", "xy"])
def test_the_search_would_find_base64_wherever_it_stands(before: str, tmp_path: Path) -> None:
    (tmp_path / "leak.txt").write_bytes(base64.b64encode(f"{before}{PHONE} is the number".encode()))
    assert readable_in(tmp_path) == {("leak.txt", PHONE)}


def test_the_search_would_find_what_json_escapes(tmp_path: Path) -> None:
    (tmp_path / "leak.json").write_text('{"place": "\\u67ff\\u5b50\\u6e7e"}')
    assert readable_in(tmp_path) == {("leak.json", "柿子湾")}
