"""A caller, an exchange, an operator; the words of callers come from a voice that replies never use."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bot.settings import ROOT
from bot.speech.ears import Ears
from bot.speech.resample import resample
from bot.speech.voice_worker import WorkerSetup
from bot.speech.vosk_recogniser import VoskRecogniser
from bot.speech.workers import VoiceWorker
from tests.telephone.speech import CALLERS_VOICE, NORMAL_RATE

Speech = Callable[[str], Path]


def _patience(words: str) -> float:
    """Seconds to render them on a busy machine."""
    return 60 + len(words)


@pytest.fixture(scope="session")
def ears() -> Ears:
    recogniser = VoskRecogniser(ROOT / "models" / "vosk", 20)
    recogniser.warm_up()
    hearing = Ears(recogniser, ROOT / "models")
    hearing.warm_up()
    return hearing


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speech]:
    """Words as a caller says them: a WAV file for the softphone, 8 kHz, with a second of silence behind."""
    folder = tmp_path_factory.mktemp("callers")
    with closing(
        VoiceWorker(
            WorkerSetup("kokoro", folder, ROOT / "models" / "kokoro", word_cache=folder),
            start_seconds=240,
            limit_seconds=_patience,
        )
    ) as worker:
        made: dict[str, Path] = {}

        def speak(words: str) -> Path:
            if words not in made:
                sound, rate = worker.render(words, CALLERS_VOICE, NORMAL_RATE)
                pcm = (np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes()
                samples = np.frombuffer(resample(pcm, rate, 8000), np.int16)
                made[words] = folder / f"{len(made)}.wav"
                soundfile.write(
                    made[words], np.concatenate([samples, np.zeros(8000, np.int16)]), 8000, subtype="PCM_16"
                )
            return made[words]

        yield speak
