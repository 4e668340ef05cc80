"""The processes that hear die and come again; the application hears on with the others, and holds no recogniser itself."""

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.operation.ephemeral_instance import EphemeralInstance
from tests.conversations.resident import Resident
from tests.engines.conftest import Recording, recordings
from tests.processes.running import PATIENCE_SECONDS, await_ready, kill, lives, pid_of

pytestmark = pytest.mark.processes


def readiness(linyu: EphemeralInstance) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.get(f"{linyu.url}/readyz", timeout=10).json()
    return answer


def heard(resident: Resident, recording: Recording) -> str:
    answer = resident.http.post(
        f"/conversations/{resident.id}/audio", content=recording.wav, headers={"content-type": "audio/wav"}
    )
    assert answer.status_code == httpx.codes.OK, answer.text
    return str(answer.json()["heard"]["text"])


def test_a_killed_ear_process_is_degraded_until_it_is_back_and_everybody_is_heard_meanwhile(
    linyu: EphemeralInstance,
) -> None:
    await_ready(linyu)
    resident, app, (recording, *_) = Resident(linyu.url), pid_of(linyu, "app"), recordings("zh")
    first = heard(resident, recording)
    assert first
    before = kill(linyu, "ears")
    assert heard(resident, recording)
    deadline = time.monotonic() + PATIENCE_SECONDS
    seen = set[str]()
    while (now := readiness(linyu))["degraded"] or not seen:
        assert now["missing"] == []
        seen.update(now["degraded"])
        assert time.monotonic() < deadline, "the ears do not come back"
        time.sleep(0.05)
    assert "recogniser" in seen
    assert heard(resident, recording)
    assert lives(app)
    assert not lives(before)
    resident.close()


def test_the_application_holds_no_recogniser(linyu: EphemeralInstance) -> None:
    await_ready(linyu)
    app, ears = (Path(f"/proc/{pid_of(linyu, program)}/maps").read_text() for program in ("app", "ears"))
    assert "libvosk" in ears
    assert "libvosk" not in app
