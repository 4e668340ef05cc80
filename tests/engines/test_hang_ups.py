"""Callers hang up while they speak, five hundred times, and nobody else notices. Real recognisers in real processes."""

import asyncio
import os
import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest
from sqlalchemy import select

from api.main import create_app
from api.parts import Parts
from api.speech_parts import SpeechParts
from api.telephone.call import Call
from api.telephone.line import CallAudio, CallEnded, CallStarted
from api.voice.places import Places
from bot.settings import Settings
from bot.speech.audio.resample import resample
from bot.speech.stt.ear_client import EarClient
from bot.speech.stt.ears import Final
from bot.store.conversations.tables import Call as CallRow
from bot.store.encryption import DataKeys
from bot.store.store import Store
from tests.engines.conftest import Recording
from tests.engines.speech_processes import SpeechProcesses, ear_processes
from tests.speech_fakes import ScriptedVoice
from tests.store_fakes import empty_database
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.test_call import PlayedLine

pytestmark = pytest.mark.engines
HANG_UPS = 500
CALLERS = 6
"""Of them at once; two others talk all the time."""
LINE_HZ = 16000


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[SpeechProcesses]:
    with ear_processes(tmp_path, 2) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(empty_database(tmp_path / "linyu.db"), DataKeys([DataKeys.generate()]))) as store:
        yield store


@pytest.fixture
def parts(tmp_path: Path, processes: SpeechProcesses, store: Store) -> Parts:
    settings = Settings(state_dir=tmp_path, reply_timeout_seconds=2, encoder="none")
    app = create_app(settings, store=store, rasa=ScriptedRasa(), voice=ScriptedVoice())  # type: ignore[arg-type]
    made: Parts = app.state.parts
    client = EarClient(processes.folder, processes.count)
    speech = SpeechParts(lambda: client, ScriptedVoice, Places(12))
    object.__setattr__(made, "speech", speech)
    return made


def noisy(pcm: bytes) -> bytes:
    """As a street sounds, so that there is always something to recognise."""
    clean = np.frombuffer(pcm, np.int16).astype(np.float32)
    return (
        np.clip(clean + np.random.default_rng(2).normal(0, 200, clean.size), -32768, 32767).astype(np.int16).tobytes()
    )


async def hang_up_in_mid_sentence(parts: Parts, number: int, sound: bytes, dice: random.Random) -> None:
    line = PlayedLine()
    started = CallStarted(f"call-{number}", f"139{number:08}")
    serving = asyncio.create_task(Call(parts, line, "test").run(started))
    at = dice.randrange(len(sound) // 2) // 2 * 2
    until = asyncio.get_running_loop().time() + dice.uniform(0.0, 0.7)
    while asyncio.get_running_loop().time() < until:
        piece = sound[at : at + 3200]
        at = at + 3200 if at + 3200 < len(sound) else 0
        line.news.put_nowait(CallAudio(piece))
        await asyncio.sleep(0.02)
    line.news.put_nowait(CallEnded())
    await asyncio.wait_for(serving, 60)


async def talk_all_the_time(
    parts: Parts, one: Recording, heard: list[str], failures: list[str], over: asyncio.Event
) -> None:
    """Somebody else, whose sentences must be understood throughout."""
    session = await parts.speech.ears().listen(LINE_HZ, "zh", None, hands_free=True)
    quiet = bytes(LINE_HZ * 4)
    while not over.is_set():
        try:
            for piece in (one.pcm, quiet):
                for event in await session.accept(piece):
                    if isinstance(event, Final):
                        heard.append(event.utterance.text)
        except Exception as error:
            failures.append(type(error).__name__)
            break
        await asyncio.sleep(1)
    await session.close()


def files_and_threads(processes: SpeechProcesses) -> list[tuple[int, int]]:
    ours = len(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task"))
    return [ours, *((processes.files(one), processes.threads(one)) for one in range(processes.count))]


async def test_five_hundred_hang_ups_at_random_moments_harm_nobody(
    parts: Parts, processes: SpeechProcesses, store: Store, chinese: list[Recording]
) -> None:
    await parts.speech.warm_up()
    dice, over = random.Random(17), asyncio.Event()
    sounds = [noisy(resample(one.pcm, 16000, LINE_HZ)) for one in chinese]
    heard: list[list[str]] = [[], []]
    failures: list[str] = []
    others = [
        asyncio.create_task(talk_all_the_time(parts, one, mine, failures, over))
        for one, mine in zip(chinese[:2], heard, strict=True)
    ]
    numbers: Iterator[int] = iter(range(HANG_UPS))
    before: list[Any] = []

    async def caller() -> None:
        for number in numbers:
            await hang_up_in_mid_sentence(parts, number, dice.choice(sounds), dice)
            if number == 40:
                before.extend(files_and_threads(processes))

    await asyncio.gather(*(caller() for _ in range(CALLERS)))
    over.set()
    await asyncio.gather(*others)
    await asyncio.sleep(1)

    assert processes.alive()
    assert failures == []
    for one, mine in zip(chinese[:2], heard, strict=True):
        assert len(mine) > 5
        assert jiwer.cer([one.said] * len(mine), mine) <= 0.4
    with store.reading() as unit:
        rows = unit.session.scalars(select(CallRow)).all()
        assert len(rows) == HANG_UPS
        assert {row.cause for row in rows} == {"caller"}
        assert all(row.ended is not None for row in rows)
    assert parts.speech.places.taken == 0
    for (files, threads), (files_before, threads_before) in zip(files_and_threads(processes), before, strict=True):
        assert files <= files_before + 4
        assert threads <= threads_before + 4
    await parts.speech.close()
