"""Worker processes with the small voice: what happens when they are killed, stuck, or cannot start."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.errors import VoiceFailed
from bot.speech.tts import espeak
from bot.speech.tts.voice_worker import WorkerSetup
from bot.speech.tts.workers import VoiceWorker, verified
from tests.unit.speech.tts.test_phrase_cache import Clock

pytestmark = pytest.mark.engines

VOICE = espeak.voice_of("zh", "female")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def worker(folder: Path) -> Iterator[VoiceWorker]:
    worker = VoiceWorker(WorkerSetup("espeak", folder))
    yield worker
    worker.close()
    assert list(folder.iterdir()) == []


def lives(process_id: int) -> bool:
    return Path(f"/proc/{process_id}").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("gender", ["female", "male"])
def test_each_small_voice_speaks(worker: VoiceWorker, language: str, gender: str) -> None:
    text = "您好,请问有什么可以帮您?" if language == "zh" else "Hello, how can I help you?"
    sound, rate_hz = worker.render(text, espeak.voice_of(language, gender), 160)  # type: ignore[arg-type]
    assert rate_hz == espeak.ESPEAK_HZ
    assert 1 < sound.size / rate_hz < 6


def test_a_slower_rate_lasts_longer(worker: VoiceWorker) -> None:
    quick, slow = (worker.render("请问有什么可以帮您?", VOICE, rate)[0].size for rate in (200, 100))
    assert slow > 1.5 * quick


def test_mandarin_is_read_by_the_wheels_library(worker: VoiceWorker) -> None:
    worker.start()
    maps = Path(f"/proc/{worker.process_id}/maps").read_text()
    libraries = {line.split()[-1] for line in maps.splitlines() if "libespeak" in line}
    assert len(libraries) == 1
    assert "espeakng_loader" in libraries.pop()


def test_it_writes_nothing_to_the_terminal(worker: VoiceWorker, capfd: pytest.CaptureFixture[str]) -> None:
    worker.render("您好。", VOICE, 160)
    assert capfd.readouterr() == ("", "")


def test_an_unknown_voice_is_noticed(worker: VoiceWorker) -> None:
    with pytest.raises(VoiceFailed):
        worker.render("您好。", "nobody", 160)


def test_killed_in_mid_sentence_it_is_asked_once_more(folder: Path) -> None:
    worker = VoiceWorker(WorkerSetup("espeak", folder))
    worker.render("您好。", VOICE, 160)
    first = worker.process_id
    assert first
    os.kill(first, signal.SIGSTOP)  # so that it is surely in the middle
    killer = threading.Timer(0.3, os.kill, (first, signal.SIGKILL))
    killer.start()
    sound, _ = worker.render("您好,我是自动助手。", VOICE, 160)
    killer.join()
    assert sound.size
    assert worker.restarts == 1
    assert worker.process_id != first
    worker.close()


def test_a_stuck_process_is_replaced(folder: Path) -> None:
    worker = VoiceWorker(WorkerSetup("espeak", folder), limit_seconds=lambda text: 3.0)
    worker.render("您好。", VOICE, 160)
    first = worker.process_id
    assert first
    os.kill(first, signal.SIGSTOP)
    assert worker.render("您好。", VOICE, 160)[0].size
    assert not lives(first)
    assert worker.answers
    worker.close()


def test_words_are_never_logged(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    worker = VoiceWorker(WorkerSetup("espeak", folder))
    with caplog.at_level(logging.DEBUG), pytest.raises(VoiceFailed) as failure:
        worker.render("张三的秘密", "nobody", 160)
    assert caplog.records
    assert "秘密" not in caplog.text + str(failure.value)
    worker.close()


def test_without_its_data_it_says_so_and_rests_before_the_next_try(folder: Path, tmp_path: Path) -> None:
    clock = Clock()
    worker = VoiceWorker(WorkerSetup("espeak", folder, espeak_data=tmp_path), clock=clock)
    with pytest.raises(VoiceFailed, match="does not start"):
        worker.render("您好。", VOICE, 160)
    assert not worker.answers
    with pytest.raises(VoiceFailed, match="rests"):
        worker.render("您好。", VOICE, 160)
    clock.now = 10
    assert worker.rested


def test_a_folder_that_cannot_be_written_is_a_failure_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(VoiceFailed):
        VoiceWorker(WorkerSetup("espeak", tmp_path / "file")).render("您好。", VOICE, 160)


def test_closing_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    worker = VoiceWorker(WorkerSetup("espeak", tmp_path))
    worker.render("您好。", VOICE, 160)
    process_id = worker.process_id
    assert process_id
    worker.close()
    assert not lives(process_id)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(VoiceFailed):
        worker.render("您好。", VOICE, 160)


def test_silence_and_impossible_lengths_are_refused() -> None:
    import io

    import soundfile

    def wav(samples: np.ndarray) -> bytes:
        file = io.BytesIO()
        soundfile.write(file, samples, 22050, format="WAV", subtype="PCM_16")
        return file.getvalue()

    loud = np.random.default_rng(1).uniform(-0.5, 0.5, 22050).astype(np.float32)
    assert verified(wav(loud), "您好。")[1] == 22050
    for bad, text in [(loud * 0, "您好。"), (loud[:20], "您好。"), (np.tile(loud, 9), "好"), (loud, "好" * 60)]:
        with pytest.raises(VoiceFailed):
            verified(wav(bad), text)
    with pytest.raises(VoiceFailed):
        verified(b"no sound", "您好。")
