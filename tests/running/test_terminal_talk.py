"""`linyu hear` and `linyu talk`, as a developer runs them."""

import subprocess
from pathlib import Path

import pytest

from bot.operation.environment import APP_BIN
from bot.operation.ephemeral_instance import EphemeralInstance
from bot.settings import ROOT
from bot.speech.audio.wav import write_wav
from bot.speech.interface import EARS_HZ
from evaluation.hearing.callers import Callers

pytestmark = pytest.mark.processes

WISH = "我想订明天中午的助餐"


@pytest.fixture(scope="module")
def wish(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("caller")
    file = folder / "wish.wav"
    file.write_bytes(write_wav(Callers(folder).say(WISH, "zh", 0)[1], EARS_HZ))
    return file


def run(linyu: EphemeralInstance, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(APP_BIN / "linyu"), *arguments],
        cwd=ROOT,
        env=linyu.environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_hear_prints_the_words_of_a_file(linyu: EphemeralInstance, wish: Path) -> None:
    heard = run(linyu, "hear", str(wish))
    assert (heard.returncode, heard.stderr) == (0, "")
    assert "助餐" in heard.stdout.splitlines()[0]
    assert "confidence" in heard.stdout


def test_hear_says_when_a_file_is_no_sound(linyu: EphemeralInstance, tmp_path: Path) -> None:
    (tmp_path / "no.wav").write_bytes(b"no sound")
    heard = run(linyu, "hear", str(tmp_path / "no.wav"))
    assert (heard.returncode, heard.stdout) == (1, "")
    assert heard.stderr == "linyu: nothing was heard (UnknownAudio)\n"


def test_talk_plays_a_file_to_the_running_assistant_and_prints_both_sides(linyu: EphemeralInstance, wish: Path) -> None:
    talked = run(linyu, "talk", "--file", str(wish))
    assert (talked.returncode, talked.stderr) == (0, "")
    lines = talked.stdout.splitlines()
    asked = next(number for number, line in enumerate(lines) if "您: " in line and "助餐" in line)
    assert any(line.startswith("邻语: ") for line in lines[:asked])
    assert any(line.startswith("邻语: ") and "助餐" in line for line in lines[asked + 1 :])


def test_talk_tells_when_nothing_runs(linyu: EphemeralInstance, wish: Path) -> None:
    alone = EphemeralInstance(linyu.url, linyu.state_dir, {**linyu.environment, "LINYU_PORT": "9"}, linyu.process)
    talked = run(alone, "talk", "--file", str(wish))
    assert talked.returncode == 1
    assert "linyu serve" in talked.stderr
