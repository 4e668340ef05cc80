"""Rendered phrases: kept on disk when they are fixed, and never when they concern somebody."""

import logging
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from bot.speech.audio.loudness import Sound
from bot.speech.tts import phrase_cache
from bot.speech.tts.phrase_cache import PhraseCache

pytestmark = pytest.mark.unit


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def tone(seconds: float = 1.0, pitch: float = 220) -> Sound:
    return (0.3 * np.sin(2 * np.pi * pitch * np.arange(int(24000 * seconds)) / 24000)).astype(np.float32)


def noise(seed: int) -> Sound:
    return np.random.default_rng(seed).uniform(-0.5, 0.5, 24000).astype(np.float32)


def cache(
    folder: Path, *, megabytes: float = 10, engine: str = "e1", secret: str = "s", clock: Clock | None = None
) -> PhraseCache:
    return PhraseCache(
        folder,
        megabytes=megabytes,
        secret=secret,
        engine=engine,
        is_fixed=lambda text: text.startswith("固定"),
        clock=clock or Clock(),
    )


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_fixed_phrase_is_found_by_another_process(tmp_path: Path) -> None:
    cache(tmp_path).keep("固定的话", "v", tone())
    found = cache(tmp_path).find("固定的话", "v")
    assert found is not None
    assert np.abs(found - tone()).max() < 0.001


def test_a_personal_phrase_never_reaches_the_disk(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    kept.keep("张三,您的预约好了", "v", tone())
    assert files(tmp_path) == []
    assert kept.find("张三,您的预约好了", "v") is not None


def test_a_personal_phrase_is_forgotten_after_minutes(tmp_path: Path) -> None:
    clock = Clock()
    kept = cache(tmp_path, clock=clock)
    kept.keep("张三", "v", tone())
    clock.now = phrase_cache.MEMORY_SECONDS + 1
    assert kept.find("张三", "v") is None


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrase_cache, "MEMORY_BYTES", 3 * tone().nbytes)
    kept = cache(tmp_path)
    for number in range(5):
        kept.keep(f"人{number}", "v", tone())
    assert [kept.find(f"人{number}", "v") is not None for number in range(5)] == [False, False, True, True, True]


def test_names_of_files_do_not_tell_the_words_and_depend_on_the_secret(tmp_path: Path) -> None:
    cache(tmp_path / "a").keep("固定", "v", tone())
    cache(tmp_path / "b", secret="other").keep("固定", "v", tone())
    assert files(tmp_path / "a")[0].name != files(tmp_path / "b")[0].name
    assert "固定" not in str(files(tmp_path / "a")[0])


def test_another_voice_or_engine_is_another_phrase(tmp_path: Path) -> None:
    cache(tmp_path).keep("固定", "v", tone())
    assert cache(tmp_path).find("固定", "w") is None
    assert cache(tmp_path, engine="e2").find("固定", "v") is None


def test_over_the_bound_the_longest_unheard_goes(tmp_path: Path) -> None:
    kept = cache(tmp_path, megabytes=0.25)
    kept.keep("固定0", "v", noise(0))
    size = files(tmp_path)[0].stat().st_size
    assert size > 30_000
    for number in range(1, 5):
        kept.keep(f"固定{number}", "v", noise(number))
        for path in files(tmp_path):  # time passes
            os.utime(path, (path.stat().st_atime - 10, path.stat().st_mtime - 10))
        assert kept.find("固定0", "v") is not None
    kept.keep("固定9", "v", noise(9))
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 250_000
    assert kept.find("固定0", "v") is not None
    assert kept.find("固定1", "v") is None


def test_a_broken_file_is_rendered_again(tmp_path: Path) -> None:
    kept = cache(tmp_path)
    kept.keep("固定", "v", tone())
    files(tmp_path)[0].write_bytes(b"broken")
    assert kept.find("固定", "v") is None
    kept.keep("固定", "v", tone())
    assert kept.find("固定", "v") is not None


def test_a_disk_that_cannot_be_written_is_told_without_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = cache(tmp_path / "file")
    with caplog.at_level(logging.WARNING):
        kept.keep("固定的秘密", "v", tone())
    assert kept.find("固定的秘密", "v") is not None
    assert "秘密" not in caplog.text
    assert caplog.records


def test_many_at_once_leave_whole_files_only(tmp_path: Path) -> None:
    def write() -> None:
        for number in range(5):
            cache(tmp_path).keep(f"固定{number}", "v", tone(0.2))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(files(tmp_path)) == 5
    assert all(cache(tmp_path).find(f"固定{number}", "v") is not None for number in range(5))
