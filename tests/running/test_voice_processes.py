"""The processes that speak die and come again; replies are spoken meanwhile, and the application holds no engine itself."""

import time
from pathlib import Path

import httpx
import pytest

from bot.operation.ephemeral_instance import EphemeralInstance
from tests.conversations.resident import Resident
from tests.processes.running import PATIENCE_SECONDS, await_ready, kill, lives, pid_of

pytestmark = pytest.mark.processes


def degraded(linyu: EphemeralInstance) -> list[str]:
    """Nothing may be missing meanwhile."""
    answer = httpx.get(f"{linyu.url}/readyz", timeout=20).json()
    assert answer["missing"] == []
    return [str(name) for name in answer["degraded"]]


def await_the_natural_voice(linyu: EphemeralInstance) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "voice" in degraded(linyu):
        assert time.monotonic() < deadline, "the natural voice does not come"
        time.sleep(0.1)


def spoken(resident: Resident) -> bytes:
    """The last reply as sound."""
    ticket = resident.http.post(f"/conversations/{resident.id}/ticket").json()["ticket"]
    turn = resident.turn["turn_id"]
    answer = resident.http.get(
        f"/conversations/{resident.id}/turns/{turn}/speech", params={"ticket": ticket}, timeout=120
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.content


def test_a_killed_voice_is_degraded_until_it_is_back_and_every_reply_is_spoken(linyu: EphemeralInstance) -> None:
    await_ready(linyu)
    await_the_natural_voice(linyu)
    resident, app = Resident(linyu.url), pid_of(linyu, "app")
    resident.say("你能做什么")
    for voice in ("natural voice", "small voice"):
        before = kill(linyu, voice)
        assert len(spoken(resident)) > 20_000
        await_the_natural_voice(linyu)
        assert pid_of(linyu, voice) != before
    assert len(spoken(resident)) > 20_000
    assert lives(app)
    resident.close()


def test_the_application_holds_no_engine(linyu: EphemeralInstance) -> None:
    await_ready(linyu)
    await_the_natural_voice(linyu)
    app, natural, small = (
        Path(f"/proc/{pid_of(linyu, program)}/maps").read_text() for program in ("app", "natural voice", "small voice")
    )
    assert "onnxruntime" in natural
    assert "libespeak-ng" in small
    assert "onnxruntime" not in app
    assert "libespeak-ng" not in app
