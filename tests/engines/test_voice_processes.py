"""Voice processes, mostly with the small voice: what happens when they are killed, stuck, or cannot start."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from wyoming.audio import AudioChunk, AudioStop
from wyoming.client import AsyncUnixClient
from wyoming.tts import Synthesize, SynthesizeVoice

from bot.errors import VoiceFailed
from bot.speech.process_server import socket_of
from bot.speech.tts import espeak
from bot.speech.tts.voice_client import VoiceProcesses
from bot.turns import Language
from tests.engines.speech_processes import PATIENCE_SECONDS, SpeechProcesses, voice_processes

pytestmark = pytest.mark.engines

VOICE = espeak.voice_of("zh", "female")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpeechProcesses]:
    with voice_processes(tmp_path_factory.mktemp("voices"), "espeak", 2) as running:
        yield running


@pytest.fixture
def processes(two: SpeechProcesses) -> Iterator[SpeechProcesses]:
    """Both are there, also when the test before has killed one."""
    yield two
    two.mend()


@pytest.fixture
def client(processes: SpeechProcesses) -> VoiceProcesses:
    return VoiceProcesses(processes.folder, processes.count, PATIENCE_SECONDS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("gender", ["female", "male"])
async def test_each_small_voice_speaks(client: VoiceProcesses, language: Language, gender: str) -> None:
    text = "您好,请问有什么可以帮您?" if language == "zh" else "Hello, how can I help you?"
    sound, rate_hz = await client.render(text, espeak.voice_of(language, gender), 160)  # type: ignore[arg-type]
    assert rate_hz == espeak.ESPEAK_HZ
    assert 1 < sound.size / rate_hz < 6


async def test_a_slower_rate_lasts_longer(client: VoiceProcesses) -> None:
    quick, slow = [(await client.render("请问有什么可以帮您?", VOICE, rate))[0].size for rate in (200, 100)]
    assert slow > 1.5 * quick


async def test_many_ask_at_once_and_each_gets_its_own(client: VoiceProcesses) -> None:
    """Each has its own words and rate, and none waits for the one before to come to rest."""
    wanted = [("好" * count, rate) for count in (1, 5, 9) for rate in (160, 120)]
    alone = [(await client.render(text, VOICE, rate))[0].size for text, rate in wanted]
    together = await asyncio.gather(*(client.render(text, VOICE, rate) for text, rate in wanted * 20))
    assert [sound.size for sound, _ in together] == pytest.approx(alone * 20, rel=0.01)


def test_mandarin_is_read_by_the_wheels_library(processes: SpeechProcesses) -> None:
    maps = Path(f"/proc/{processes.pid(0)}/maps").read_text()
    libraries = {line.split()[-1] for line in maps.splitlines() if "libespeak" in line}
    assert len(libraries) == 1
    assert "espeakng_loader" in libraries.pop()


async def test_what_was_said_is_in_no_log_and_no_file(processes: SpeechProcesses, client: VoiceProcesses) -> None:
    await client.render("张三的秘密。", VOICE, 160)
    assert [processes.printed(number) for number in range(2)] == ["", ""]
    assert not list(processes.folder.parents[1].rglob("*.wav"))


async def test_a_client_that_knows_wyoming_alone_hears_the_language_it_names(processes: SpeechProcesses) -> None:
    async with AsyncUnixClient(socket_of(processes.folder, 0)) as client:
        await client.write_event(Synthesize("Hello.", SynthesizeVoice(language="en")).event())
        seconds = 0.0
        while (event := await client.read_event()) and not AudioStop.is_type(event.type):
            if AudioChunk.is_type(event.type):
                seconds += AudioChunk.from_event(event).seconds
    assert 0.2 < seconds < 3


async def test_an_unknown_voice_is_told_and_harms_nobody_else(
    processes: SpeechProcesses, client: VoiceProcesses, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(VoiceFailed) as failure:
        await client.render("张三的秘密", "nobody", 160)
    assert "秘密" not in caplog.text + str(failure.value)
    assert (await client.render("您好。", VOICE, 160))[0].size
    assert processes.alive()


async def test_killed_in_mid_sentence_another_is_asked(processes: SpeechProcesses, client: VoiceProcesses) -> None:
    processes.hold(0)  # so that it is surely in the middle
    asked = asyncio.create_task(client.render("您好,我是自动助手。", VOICE, 160))
    await asyncio.sleep(0.3)
    assert not asked.done()
    processes.kill(0)
    assert (await asked)[0].size
    assert await client.answering() == (1, 2)


async def test_the_only_one_is_waited_for_when_it_was_killed(processes: SpeechProcesses) -> None:
    client = VoiceProcesses(processes.folder, 1, PATIENCE_SECONDS)
    processes.hold(0)
    asked = asyncio.create_task(client.render("您好,我是自动助手。", VOICE, 160))
    await asyncio.sleep(0.3)
    processes.kill(0)
    processes.start_again(0)
    assert (await asked)[0].size


async def test_a_stuck_process_is_ended_and_another_is_asked(
    processes: SpeechProcesses, client: VoiceProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.speech.tts.voice_client.SILENCE_SECONDS", 1.0)
    processes.hold(0)
    assert (await client.render("您好。", VOICE, 160))[0].size
    assert processes.ended(0) != 0


async def test_no_process_at_all_is_a_failure_that_we_expect(tmp_path: Path) -> None:
    client = VoiceProcesses(tmp_path, 2, restart_seconds=0.2)
    with pytest.raises(VoiceFailed):
        await client.render("您好。", VOICE, 160)
    assert await client.answering() == (0, 2)
    assert not await client.one_answers()


async def test_it_is_loaded_only_when_needed_in_the_background(tmp_path: Path) -> None:
    with voice_processes(tmp_path, "background") as running:
        before = Path(f"/proc/{running.pid(0)}/maps").read_text()
        client = VoiceProcesses(running.folder, 1, PATIENCE_SECONDS)
        assert await client.one_answers()
        assert (await client.render("好的。", "zf_xiaoxiao", 200))[0].size
        assert "onnxruntime" not in before
        assert "onnxruntime" in Path(f"/proc/{running.pid(0)}/maps").read_text()


@pytest.mark.parametrize(
    ("kind", "more", "remedy"),
    [
        ("kokoro", "--models", "no model of the natural voice"),
        ("espeak", "--espeak-data", "espeak does not start (FileNotFoundError)"),
    ],
)
def test_what_is_missing_is_named_with_its_remedy(tmp_path: Path, kind: str, more: str, remedy: str) -> None:
    (tmp_path / "empty").mkdir()
    with voice_processes(tmp_path, kind, more=[more, str(tmp_path / "empty")], comes=False) as running:  # type: ignore[arg-type]
        assert running.ended(0) == 1
        assert remedy in running.printed(0)
        assert "run make setup" in running.printed(0)
        assert "Traceback" not in running.printed(0)
