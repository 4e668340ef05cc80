"""From a microphone's pieces of sound to what was said: one session per speaker, any rate, with or without a button.

    piece -> 16 kHz -> windows of 32 ms -> loud enough? speech? our speaker? -> recogniser -> is the turn over?

Only speech, and the half second before it, reaches the recogniser; silence costs next to nothing.
"""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.errors import BadAudio
from bot.speech.audio.resample import Resampler, resample
from bot.speech.audio.wav import FASTEST_HZ, LONGEST_SECONDS, SLOWEST_HZ, read_wav
from bot.speech.interface import EARS_HZ, Recogniser, Utterance
from bot.speech.stt.turn_end import PUSH_TO_TALK, SPOKE_ON_SECONDS, OwnPauses, Patience, TurnEnd, WaitingTimes
from bot.speech.stt.voice_activity import WINDOW_BYTES, WINDOW_SECONDS, Gain, SpeechGate, VoiceActivity, amplify, level
from bot.turns import Language

WINDOWS_BEFORE = 16
"""Half a second before speech was noticed goes to the recogniser too, so that no first syllable is lost."""
WINDOWS_AT_ONCE = 4
"""The recogniser gets pieces of an eighth of a second."""
SILENT_DB = -60.0
"""Softer than any voice: an empty telephone line, a muted microphone."""
SILENT_WINDOWS = 31
"""After each such second the detector begins anew."""
LONGEST_PAUSE = 3.0
"""Seconds. Of a longer pause within a turn, such as while a button is held in silence, only the last bit is recognised."""


@dataclass(frozen=True)
class Partial:
    """The words so far; they may still change."""

    text: str


@dataclass(frozen=True)
class Final:
    """The turn is over."""

    utterance: Utterance
    audio: bytes
    """The utterance as it was heard: 16 kHz PCM, with the pauses before and after it."""


@dataclass(frozen=True)
class StillThere:
    """Long silence: ask whether anyone is there."""


@dataclass(frozen=True)
class GaveUp:
    """Silence again after we asked: end politely."""


EarEvent = Partial | Final | StillThere | GaveUp


class Ears:
    """Shared by all speakers. `model_folder` holds silero/silero_vad.onnx."""

    def __init__(self, recogniser: Recogniser, model_folder: Path, times: WaitingTimes | None = None) -> None:
        self._recogniser = recogniser
        self._detector = model_folder / "silero" / "silero_vad.onnx"
        self._times = times or WaitingTimes()

    def warm_up(self) -> None:
        """Load the voice activity detector, so that the first resident need not wait."""
        VoiceActivity(self._detector)

    def listen(self, rate_hz: int, language: Language, awaiting: str | None, *, hands_free: bool) -> "SttSession":
        """Listen to one speaker, whose audio has this rate; without `hands_free` a button says when a turn is over.

        Raises EarsBusy, and BadAudio when the rate is outside 8 to 48 kHz.
        """
        times = self._times if hands_free else replace(PUSH_TO_TALK, longest_turn=LONGEST_SECONDS)
        return self._session(rate_hz, language, awaiting, times)

    def hear(self, wav: bytes, language: Language, awaiting: str | None) -> tuple[Utterance, bytes]:
        """A whole WAV file: what was said, and its audio at 16 kHz. Empty text when nothing was understood.

        Raises UnknownAudio, BadAudio, AudioTooLong, EarsBusy.
        """
        sound = read_wav(wav)
        session = self.listen_to_file(sound.rate_hz, language, awaiting)
        try:
            session.accept(sound.pcm)
            final = session.finish()
        finally:
            session.close()
        if final is None:
            return Utterance(), resample(sound.pcm, sound.rate_hz, EARS_HZ)
        return final.utterance, final.audio

    def listen_to_file(self, rate_hz: int, language: Language, awaiting: str | None) -> "SttSession":
        """Listen to a whole file, which is one turn. Raises EarsBusy, BadAudio."""
        return self._session(rate_hz, language, awaiting, replace(PUSH_TO_TALK, longest_turn=2 * LONGEST_SECONDS))

    def _session(self, rate_hz: int, language: Language, awaiting: str | None, times: WaitingTimes) -> "SttSession":
        if not SLOWEST_HZ <= rate_hz <= FASTEST_HZ:
            raise BadAudio("rate")
        detector = VoiceActivity(self._detector)
        return SttSession(self._recogniser, detector, rate_hz, language, awaiting, times)


class SttSession:
    """One speaker. Blocking, from one thread at a time."""

    def __init__(
        self,
        recogniser: Recogniser,
        detector: VoiceActivity,
        rate_hz: int,
        language: Language,
        awaiting: str | None,
        times: WaitingTimes,
    ) -> None:
        self._listening = recogniser.start(language, awaiting)
        self._detector = detector
        self._rate_hz = rate_hz
        self._times = times
        self._resampler = Resampler(rate_hz, EARS_HZ)
        self._rest = b""
        """16 kHz, less than a window."""
        self._gain = Gain()
        self._gate = SpeechGate(button=math.isinf(times.usual))
        self._silent = 0
        """Windows of silence in a row."""
        self._patience = Patience(times)
        self._before: deque[bytes] = deque(maxlen=WINDOWS_BEFORE)
        """The latest windows, as they came, that the recogniser was spared."""
        self._expected = (language, awaiting)
        self._we_speak = False
        self._pauses = OwnPauses()
        self._turn = TurnEnd(awaiting, times, self._pauses)
        self._ended: tuple[float, float] | None = None
        """Silence that ended the last turn with words, and the seconds since."""
        self._begun = False
        self._text = ""
        self._unheard = bytearray()
        """Audio of this turn that the recogniser has not had yet."""
        self._heard = bytearray()
        """Audio of this turn that it has had."""

    def accept(self, pcm: bytes) -> list[EarEvent]:
        """The next piece, 16-bit mono at the client's rate, of any length. What it brought about, in order."""
        self._rest += self._resampler.feed(pcm)
        return list(self._windows())

    def awaiting(self, awaiting: str | None, language: Language) -> None:
        """What was asked next, and in which language; takes effect for the next utterance."""
        self._expected = (language, awaiting)
        self._patience.rest()
        if not self._begun:
            self._begin()

    def we_speak(self, now: bool) -> None:
        """While the assistant itself is speaking, a resident's silence is not counted."""
        self._we_speak = now
        self._patience.rest()

    def finish(self) -> Final | None:
        """The button was let go: the turn is over now. None when nobody spoke; empty text when nothing was understood."""
        self._rest += self._resampler.flush()
        self._resampler = Resampler(self._rate_hz, EARS_HZ)
        events = list(self._windows())
        if self._rest:
            events += self._window(self._rest.ljust(WINDOW_BYTES, b"\0"))
            self._rest = b""
        if self._begun:
            return self._end()
        return next((event for event in reversed(events) if isinstance(event, Final)), None)

    def close(self) -> None:
        """Give the place at the recogniser back, also in mid-utterance."""
        self._listening.close()

    def _windows(self) -> Iterator[EarEvent]:
        while len(self._rest) >= WINDOW_BYTES:
            window, self._rest = self._rest[:WINDOW_BYTES], self._rest[WINDOW_BYTES:]
            yield from self._window(window)

    def _window(self, window: bytes) -> Iterator[EarEvent]:
        samples = np.frombuffer(window, np.int16)
        loudness = level(samples)
        self._silent = self._silent + 1 if loudness < SILENT_DB else 0
        if self._silent and self._silent % SILENT_WINDOWS == 0:
            self._detector.begin_anew()
        gain = self._gain.add(loudness, speaking=self._begun)
        louder = amplify(window, gain)
        probability = self._detector.probability(np.frombuffer(louder, np.int16))
        speaks = self._gate.add(probability, loudness)
        verdict = self._turn.add(WINDOW_SECONDS, is_speech=speaks, text=self._text)
        if verdict == "waiting":
            self._before.append(window)
            if self._ended is not None:
                self._ended = self._ended[0], self._ended[1] + WINDOW_SECONDS
            yield from self._wait(WINDOW_SECONDS)
            return
        if self._ended is not None and self._ended[1] <= SPOKE_ON_SECONDS:
            self._pauses.spoke_on(sum(self._ended))
        self._ended = None
        self._begun = True
        if self._turn.silence > LONGEST_PAUSE:
            self._before.append(window)
        else:
            self._unheard += amplify(b"".join(self._before), gain) + louder
            self._before.clear()
        if len(self._unheard) >= WINDOWS_AT_ONCE * WINDOW_BYTES:
            yield from self._understand()
        if verdict == "over":
            seconds, final = self._turn.seconds, self._end()
            if final.utterance.text:
                yield final
            else:  # noise, or a cough: nobody is troubled with it
                yield from self._wait(seconds)

    def _understand(self) -> Iterator[Partial]:
        self._heard += self._unheard
        text = self._listening.accept(bytes(self._unheard))
        self._unheard.clear()
        if text != self._text:
            self._text = text
            self._patience.understood()
            yield Partial(text)

    def _wait(self, seconds: float) -> Iterator[StillThere | GaveUp]:
        if self._we_speak:
            return
        late = self._patience.add(seconds)
        if late:
            self._gate.forget_speaker()
            yield StillThere() if late == "still_there" else GaveUp()

    def _end(self) -> Final:
        self._heard += self._unheard
        if self._unheard:
            self._listening.accept(bytes(self._unheard))
        utterance = replace(self._listening.finish(), speech_seconds=round(self._turn.spoken, 2))
        audio = bytes(self._heard)
        self._gate.turn_over(understood=bool(utterance.text))
        self._pauses.next_turn()
        if utterance.text:
            self._patience.understood()
            of_digits = self._turn.silence > self._times.unfinished
            self._ended = None if of_digits else (self._turn.silence, 0.0)
        self._begin()
        return Final(utterance, audio)

    def _begin(self) -> None:
        """The next turn."""
        language, awaiting = self._expected
        self._listening.expect(language, awaiting)
        self._turn = TurnEnd(awaiting, self._times, self._pauses)
        self._begun, self._text = False, ""
        self._unheard, self._heard = bytearray(), bytearray()
