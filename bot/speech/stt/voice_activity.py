"""Is somebody speaking? Silero says whether a sound is speech; loudness says whether it is our speaker.

A television in the room fools every detector, so a sound far softer than our speaker is not our speaker. And a quiet
microphone fools the detector and the recogniser the other way: at a twentieth of the usual level both miss half of what is
said. So we turn it up first.
"""

import threading
from collections import deque
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import SpeechError
from bot.speech.interface import EARS_HZ

WINDOW = 512
"""Samples that Silero judges at a time: 32 ms."""
WINDOW_BYTES = WINDOW * 2
WINDOW_SECONDS = WINDOW / EARS_HZ
CONTEXT = 64
"""Samples of the window before, which Silero wants to see again."""
SILENCE_DB = -90.0

_loading = threading.Lock()


class VoiceActivity:
    """Silero for one speaker; the model itself is loaded once."""

    def __init__(self, model: Path) -> None:
        with _loading:
            self._model = _load(model)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget all that was heard. In a long silence Silero slowly forgets what speech is, and then misses a short word."""
        self._state = np.zeros((2, 1, 128), np.float32)
        self._context = np.zeros((1, CONTEXT), np.float32)

    def probability(self, window: NDArray[np.int16]) -> float:
        """0 to 1 that this window of 512 samples holds speech. Call it for each window in turn."""
        sound = np.concatenate([self._context, window[None, :].astype(np.float32) / 32768], axis=1)
        said, self._state = self._model.run(
            None, {"input": sound, "state": self._state, "sr": np.array(EARS_HZ, np.int64)}
        )
        self._context = sound[:, -CONTEXT:]
        return float(said[0, 0])


@cache
def _load(model: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise SpeechError("no Silero model: run make setup") from error


class Gain:
    """How many decibels to turn a microphone up: down at once when it gets loud, up again slowly, never below zero."""

    wanted_db = -30.0
    """The loudest windows of speech shall reach this level below full scale. A usual microphone does, and is left alone:
    turning up what is loud enough costs words, since the gain moves in mid-sentence."""
    most_db = 36.0
    rise_db = 3.0
    """Per second, while nobody speaks. While somebody speaks the gain only falls, since a recogniser dislikes swells."""

    def __init__(self) -> None:
        self._recent = [SILENCE_DB] * 3
        self._level = self.wanted_db - self.most_db

    def add(self, level_db: float, *, speaking: bool) -> float:
        """The gain for this window."""
        self._recent = [*self._recent[1:], level_db]
        lasting = min(self._recent)  # a click is over before three windows are
        fallen = self._level if speaking else self._level - self.rise_db * WINDOW_SECONDS
        self._level = max(fallen, lasting, self.wanted_db - self.most_db)
        return self.now

    @property
    def now(self) -> float:
        return max(0.0, self.wanted_db - self._level)


class SpeechGate:
    """Turns probabilities and levels into "our speaker speaks" and "does not"."""

    likely = 0.5
    still_likely = 0.35
    """Within speech a lower probability will do."""
    windows_to_begin = 3
    """A click is no speech."""
    softer_db = 20.0
    """What is this much softer than the speaker was is another one, or the television."""

    long_turns = ((5.0, 11.0), (8.0, 8.0))
    """Seconds from the first speech of a turn, and decibels. Whoever speaks for so long is, every third of a second, nearly
    as loud as ever; what goes on and stays this much softer is a television that fills the speaker's pause."""
    windows_of_a_syllable = 12

    def __init__(self, *, button: bool = False) -> None:
        """With a `button` the speaker says when the turn is over, and may grow softer."""
        self._long_turns = () if button else self.long_turns
        self._run = 0
        self._speaking = False
        self._since_first = 0
        """Windows."""
        self._recent: deque[float] = deque(maxlen=self.windows_of_a_syllable)
        self._loudest: float | None = None
        self._speaker: float | None = None

    def add(self, probability: float, level_db: float) -> bool:
        """One window; True while our speaker speaks."""
        heard = probability >= (self.still_likely if self._speaking else self.likely)
        reference = self._loudest if self._loudest is not None else self._speaker
        if reference is not None and level_db < reference - self.softer_db:
            heard = False
        self._recent.append(level_db)
        if self._loudest is not None:
            self._since_first += 1
            lasting = self._since_first * WINDOW_SECONDS
            softer = [decibels for seconds, decibels in self._long_turns if lasting >= seconds]
            if softer and max(self._recent) < self._loudest - softer[-1]:
                heard = False
        self._run = self._run + 1 if heard else 0
        self._speaking = heard and (self._speaking or self._run >= self.windows_to_begin)
        if self._speaking:
            self._loudest = level_db if self._loudest is None else max(self._loudest, level_db)
        return self._speaking

    def turn_over(self, *, understood: bool) -> None:
        """Remember how loud our speaker is, when words came; noise teaches nothing."""
        if understood and self._loudest is not None:
            self._speaker = self._loudest
        self._loudest, self._run, self._speaking, self._since_first = None, 0, False, 0

    def forget_speaker(self) -> None:
        """After a long silence: perhaps they have put the telephone on the table."""
        self._speaker = None


def level(window: NDArray[np.int16]) -> float:
    """Loudness in decibels below full scale; -90 is silence."""
    power = float(np.mean((window.astype(np.float64) / 32768) ** 2))
    return max(SILENCE_DB, 10 * float(np.log10(power))) if power > 0 else SILENCE_DB


def amplify(pcm: bytes, gain_db: float) -> bytes:
    """Turned up by so many decibels, clipped rather than wrapped."""
    if gain_db <= 0:
        return pcm
    louder = np.frombuffer(pcm, np.int16).astype(np.float32) * 10 ** (gain_db / 20)
    return np.clip(np.round(louder), -32768, 32767).astype(np.int16).tobytes()
