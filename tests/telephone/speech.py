"""What callers say, and what was said on the line: words to sound, and recorded sound back to words.

Callers have a voice that replies never use. Their sayings lie in `sayings/` as a telephone carries them (8 kHz µ-law), so
that a test need not wait for a voice; `python -m tests.telephone.speech` makes those that are missing.
"""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from bot.settings import ROOT
from bot.speech.ears import Ears
from bot.speech.resample import resample
from bot.speech.voice_worker import WorkerSetup
from bot.speech.workers import VoiceWorker

CALLERS_VOICE = "zf_xiaobei"
NORMAL_RATE = 200
FOLDER = Path(__file__).with_name("sayings")
SAYINGS = {
    "ask_beds": "养老床位有多少张",
    "book_meal": "我想订明天中午的助餐",
    "at_dongfeng": "东风社区助餐点",
    "my_name": "我叫王秀英",
    "you_may": "可以",
    "rather_xinjie": "改成新街社区",
    "confirm": "确认",
    "noise": "楼下烧烤店半夜还在放音响吵得睡不着",
    "at_xinjie": "在新街社区",
    "go_on": "接着办",
    "cancel": "取消",
    "staff": "我是工作人员请讲",
}
"""What each file of `sayings/` says."""


def saying(name: str) -> Path:
    """A WAV file for the softphone."""
    return FOLDER / f"{name}.wav"


def words_in(recording: Path, ears: Ears, *, after: float = 0.0) -> str:
    """Everything that is understood in a recording, from `after` seconds on."""
    sound, rate = soundfile.read(recording, dtype="int16")
    session = ears.listen(rate, "zh", None, hands_free=True)
    try:
        samples = np.concatenate([sound[int(after * rate) :], np.zeros(3 * rate, np.int16)])
        events = session.accept(samples.tobytes())
    finally:
        session.close()
    return "".join(event.utterance.text for event in events if hasattr(event, "utterance"))


def say_what_is_missing() -> None:
    missing = {name: words for name, words in SAYINGS.items() if not saying(name).exists()}
    with TemporaryDirectory() as folder:
        setup = WorkerSetup("kokoro", Path(folder), ROOT / "models" / "kokoro", word_cache=Path(folder))
        with closing(VoiceWorker(setup, start_seconds=240, limit_seconds=lambda words: 60 + len(words))) as voice:
            for name, words in missing.items():
                sound, rate = voice.render(words, CALLERS_VOICE, NORMAL_RATE)
                pcm = (np.clip(sound, -1, 1) * 32767).astype(np.int16).tobytes()
                telephone = np.frombuffer(resample(pcm, rate, 8000), np.int16)
                soundfile.write(saying(name), telephone, 8000, subtype="ULAW")


if __name__ == "__main__":
    say_what_is_missing()
