"""One Linyu per state folder; its programs end with it, and see only the secrets that they need."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.operation import environment, processes
from bot.operation.local_servers import free_ports
from bot.operation.only_one import AlreadyRunning, port_taken, state_folder_held
from bot.operation.program import SECRETS, seen_by
from bot.settings import ROOT, Settings

pytestmark = pytest.mark.unit

PROGRAM = [sys.executable, "-m", "bot.operation.program"]
PATIENCE_SECONDS = 20


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    port, rasa, actions = free_ports(3)
    return Settings(state_dir=tmp_path, port=port, rasa_port=rasa, actions_port=actions)


def test_asterisk_and_trainings_see_no_secret_and_others_only_their_own() -> None:
    everything = dict.fromkeys(SECRETS, "secret") | {"LINYU_PORT": "8000", "PATH": "/bin"}
    assert seen_by("asterisk", everything) == {"LINYU_PORT": "8000", "PATH": "/bin"}
    assert "LINYU_TELEPHONE_SECRET" not in seen_by("actions", everything)
    assert "LINYU_TWILIO_AUTH_TOKEN" not in seen_by("rasa", everything)
    assert "LINYU_TOKEN" not in seen_by("worker", everything)
    assert "LINYU_SIP_TRUNK_PASSWORD" not in seen_by("app", everything)


def test_what_a_program_sees_is_what_its_environment_holds() -> None:
    everything = {**os.environ, **dict.fromkeys(SECRETS, "verysecret")}
    shown = subprocess.run([*PROGRAM, "asterisk", "env"], cwd=ROOT, env=everything, capture_output=True, text=True)
    assert shown.returncode == 0
    assert "verysecret" not in shown.stdout
    assert "PATH=" in shown.stdout


def test_trainings_get_no_secret(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINYU_DATABASE_URL", "postgresql://linyu:verysecret@localhost/linyu")
    given = environment.training_environment(settings)
    assert [name for name in SECRETS if name in given] == []
    assert not (settings.state_dir / "secrets").exists()


def test_a_program_multiplies_in_one_thread_since_all_share_the_cores(settings: Settings) -> None:
    code = "import numpy, threadpoolctl; print([pool['num_threads'] for pool in threadpoolctl.threadpool_info()])"
    given = environment.environment(settings)
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, capture_output=True, text=True)
    assert shown.stdout.strip() == "[1]"


def test_every_program_of_the_supervisor_is_started_by_its_name(settings: Settings) -> None:
    (settings.state_dir / "logs").mkdir()
    text = processes.write_configuration(settings, Path("model.tar.gz")).read_text()
    commands = [line for line in text.splitlines() if line.startswith("command=")]
    names = [line.split(":")[1].rstrip("]") for line in text.splitlines() if line.startswith("[program:")]
    assert len(names) >= 4
    for name, command in zip(names, commands, strict=True):
        assert f"-m bot.operation.program {name} " in command


def test_a_program_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    started = tmp_path / "pid"
    child = f"echo $$ > {started}; exec sleep 600"
    parent = f"import subprocess; subprocess.run({[*PROGRAM, 'app', 'sh', '-c', child]!r})"
    with subprocess.Popen([sys.executable, "-c", parent], cwd=ROOT) as process:
        pid = int(eventually(lambda: started.exists() and started.read_text().strip()))
        process.kill()
    assert eventually(lambda: not lives(pid))


def test_a_second_linyu_is_refused_and_the_lock_is_free_afterwards(settings: Settings) -> None:
    with (
        state_folder_held(settings),
        pytest.raises(AlreadyRunning, match="runs already"),
        state_folder_held(settings),
    ):
        pass
    with state_folder_held(settings):
        pass


def test_the_supervisor_holds_the_lock_after_a_killed_start(settings: Settings) -> None:
    with state_folder_held(settings) as locks:
        orphan = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=locks)
    with pytest.raises(AlreadyRunning), state_folder_held(settings):
        pass
    orphan.communicate(b"\n")
    with state_folder_held(settings):
        pass


@pytest.mark.parametrize("name", ["port", "rasa_port", "actions_port"])
def test_a_port_that_somebody_else_uses_is_named(name: str, settings: Settings) -> None:
    assert port_taken(settings) is None
    with closing(socket.create_server(("127.0.0.1", getattr(settings, name)))):
        assert port_taken(settings) == f"LINYU_{name.upper()}={getattr(settings, name)}"


def eventually[Found](look: Callable[[], Found]) -> Found:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("module", ["bot.ear_process", "bot.voice_process"])
def test_a_process_that_hears_or_speaks_loads_nothing_of_the_office(module: str) -> None:
    heavy = "{'sqlalchemy', 'fastapi', 'typer', 'sklearn', 'rasa_sdk', 'jionlp'}"
    loaded = f"import sys, {module}; print({heavy} & sys.modules.keys())"
    shown = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True)
    assert shown.stdout.strip() == "set()", shown.stderr
