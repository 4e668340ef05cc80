"""One Linyu per state folder: a second is refused, and whatever is killed leaves nothing behind that answers in its place."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operation.environment import APP_BIN
from bot.operation.ephemeral_instance import (
    MANY_RESIDENTS,
    NOTHING_RENDERED_AHEAD,
    EphemeralInstance,
    ephemeral_instance,
)
from bot.operation.program import SECRETS
from bot.settings import ROOT
from tests.processes.running import await_end, await_ready, descendants, pid_of

pytestmark = pytest.mark.processes
OWN_SECRETS = {"actions": {"LINYU_DATA_KEY", "LINYU_TOKEN"}, "rasa": {"LINYU_DATA_KEY", "LINYU_TOKEN"}}


@pytest.fixture(scope="module")
def fragile() -> Iterator[EphemeralInstance]:
    with ephemeral_instance({**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD}) as running:
        yield running


def linyu(running: EphemeralInstance, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(APP_BIN / "linyu"), *arguments],
        cwd=ROOT,
        env=running.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("command", [("serve",), ("rotate-key",)], ids=["serve", "rotate-key"])
def test_what_needs_the_state_folder_for_itself_is_refused_while_linyu_runs(
    command: tuple[str, ...], fragile: EphemeralInstance
) -> None:
    await_ready(fragile)
    refused = linyu(fragile, *command)
    assert refused.returncode == 1
    assert "runs already" in refused.stderr
    await_ready(fragile)


def test_another_state_folder_does_not_get_ready_on_ports_that_answer_already(
    fragile: EphemeralInstance, tmp_path: Path
) -> None:
    other = EphemeralInstance(
        fragile.url, tmp_path, {**fragile.environment, "LINYU_STATE_DIR": str(tmp_path)}, fragile.process
    )
    refused = linyu(other, "serve")
    assert refused.returncode == 1
    assert "LINYU_PORT" in refused.stderr


@pytest.mark.parametrize("program", ["actions", "rasa"])
def test_a_program_holds_only_its_own_secrets(program: str, fragile: EphemeralInstance) -> None:
    await_ready(fragile)
    held = Path(f"/proc/{pid_of(fragile, program)}/environ").read_bytes().decode().split("\0")
    names = {line.partition("=")[0] for line in held}
    assert names & set(SECRETS) == OWN_SECRETS[program]


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_is_ready(fragile: EphemeralInstance) -> None:
    await_ready(fragile)
    started = descendants(fragile.process.pid)
    assert len(started) >= 5
    os.kill(int((fragile.state_dir / "supervisord.pid").read_text()), signal.SIGKILL)
    assert fragile.process.wait(60) == 1
    for pid in started:
        await_end(pid)
    again = subprocess.Popen([str(APP_BIN / "linyu"), "serve"], cwd=ROOT, env=fragile.environment)
    try:
        await_ready(fragile)
        assert descendants(again.pid)
    finally:
        orphans = descendants(again.pid)
        again.send_signal(signal.SIGKILL)  # the start itself: what it had started ends as well
        again.wait(40)
    for pid in orphans:
        await_end(pid)
