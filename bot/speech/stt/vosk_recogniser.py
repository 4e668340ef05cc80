"""Vosk hears: one small model per language, shared by every speaker; a pool of recognisers; a bound on how many at once.

Vosk's own way of ending an utterance is not used (it cuts at half a second of silence, too soon for many speakers): when
`AcceptWaveform` reports a pause we simply go on, and only `finish()` asks for the result.
"""

import ctypes
import json
import math
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.errors import EarsBusy, SpeechError
from bot.language.text import normalise
from bot.speech.build.domain_model import folder_for
from bot.speech.interface import EARS_HZ, HeardWord, Utterance
from bot.turns import Language

READINGS = 10
"""How many readings of one utterance Vosk lists. They are the alternatives, and they give each word its confidence."""
BYTES_PER_SECOND = EARS_HZ * 2
LONGEST_SECONDS = 60
"""More audio than this is not kept for the second opinion."""
GRAMMARS_KEPT = 24
"""How many lists of phrases keep a recogniser ready; making one costs up to 0.3 s."""
WORN_OUT_SECONDS = 30.0
"""A recogniser keeps every part of the language model it ever needed, 2 MB per second of new speech, and gives nothing
back. After so much speech another takes its place."""
IDLE_KEPT = 4
"""How many recognisers wait for the next speaker, per language and list of phrases."""
NOT_A_WORD = frozenset({"[unk]", "<UNK>", "<unk>", "<eps>"})


class SecondOpinion(Protocol):
    """Knows which words are expected while something is awaited."""

    def second_opinion(self, audio: bytes, first: Utterance, language: Language, awaiting: str | None) -> Utterance:
        """What was said, seen in the light of what was asked; `first` itself when that helps nothing.

        `audio` is the whole utterance, 16 kHz. Runs before `finish()` returns, so it must be quick.
        """


class OtherLanguage(Protocol):
    """Knows the wish to speak the other language, said in that one."""

    def in_other_language(self, audio: bytes, first: Utterance, language: Language) -> Utterance:
        """That wish, if the sound is one; else `first` itself."""


class FurtherReading(Protocol):
    """Hears again what was not heard surely."""

    def with_further_reading(self, audio: bytes, first: Utterance, language: Language) -> Utterance:
        """`first`, with one reading more where it is unsure."""


class VoskRecogniser:
    """All speakers' recogniser. Set `second`, `expected` and `other_language` to let others look at each utterance as well."""

    def __init__(
        self,
        models: Path,
        listeners: int,
        expected: SecondOpinion | None = None,
        *,
        as_downloaded: bool = False,
        mandarin: Path | None = None,
    ) -> None:
        """`as_downloaded`: without our own language model, to compare. `mandarin`: the folder of another model for it."""
        self.second: FurtherReading | None = None
        self.expected = expected
        self.other_language: OtherLanguage | None = None
        self._models = models
        self._as_downloaded = as_downloaded
        self._mandarin = mandarin
        self._listeners = listeners
        self._loaded: dict[str, Any] = {}
        self._idle: dict[tuple[str, str | None], list[_Decoder]] = {}
        self._active = 0
        # A listener that is garbage-collected comes back in the middle of anything, also while this thread holds the lock.
        self._lock = threading.RLock()

    def warm_up(self) -> None:
        """Load both models and hear half a second of silence in each, so that the first resident need not wait."""
        languages: tuple[Language, ...] = ("zh", "en")
        for language in languages:
            self.decode(bytes(BYTES_PER_SECOND // 2), language)

    @property
    def active(self) -> int:
        """How many speakers are being heard."""
        return self._active

    def start(self, language: Language, awaiting: str | None = None) -> "VoskListening":
        with self._lock:
            if self._active >= self._listeners:
                raise EarsBusy
            self._active += 1
        try:
            return VoskListening(self, language, awaiting)
        except BaseException:
            self._leave()
            raise

    def decode(self, audio: bytes, language: Language, grammar: Sequence[str] | None = None) -> Utterance:
        """Hear a whole utterance at once (16 kHz), if wanted only among these phrases. Needs no listener's place.

        A phrase may hold only words that `knows` them, with blanks between words; anything else is heard as nothing.
        """
        decoder = self._take(language, grammar)
        decoder.accept(audio)
        utterance = decoder.finish()
        self._give_back(decoder)  # not after a failure: what broke in the middle is never used again
        return utterance

    def knows(self, word: str, language: Language) -> bool:
        """Whether the model can hear this word at all."""
        return bool(self._model(language).vosk_model_find_word(word) >= 0)

    def _model(self, language: Language) -> Any:
        with self._lock:
            if language not in self._loaded:
                import vosk

                vosk.SetLogLevel(-1)
                folder = self._models / language if self._as_downloaded else folder_for(self._models, language)
                if self._mandarin is not None and language == "zh":
                    folder = self._mandarin
                try:
                    self._loaded[language] = vosk.Model(str(folder))
                except Exception as error:
                    raise SpeechError(f"no Vosk model for {language}: run make setup") from error
            return self._loaded[language]

    def _take(self, language: Language, grammar: Sequence[str] | None = None) -> "_Decoder":
        wanted = None if grammar is None else json.dumps([*grammar, "[unk]"], ensure_ascii=False)
        with self._lock:
            if idle := self._idle.get((language, wanted)):
                return idle.pop()
        model = self._model(language)
        import vosk

        arguments = (model, EARS_HZ) if wanted is None else (model, EARS_HZ, wanted)
        kaldi = vosk.KaldiRecognizer(*arguments)
        kaldi.SetWords(True)
        kaldi.SetMaxAlternatives(READINGS)
        return _Decoder(kaldi, language, wanted)

    def _give_back(self, decoder: "_Decoder") -> None:
        """For the next speaker, unless it is worn out or was interrupted in the middle of an utterance."""
        if decoder.worn_out or decoder.is_interrupted:
            decoder.kaldi = None
            _return_memory()
            return
        with self._lock:
            idle = self._idle.setdefault((decoder.language, decoder.grammar), [])
            if len(idle) < IDLE_KEPT:
                idle.append(decoder)
            if len(self._idle) > GRAMMARS_KEPT:
                self._idle.pop(next(key for key in self._idle if key[1] is not None))

    def _leave(self) -> None:
        with self._lock:
            self._active -= 1

    def _end(self, decoder: "_Decoder") -> None:
        self._leave()
        self._give_back(decoder)


class VoskListening:
    """One speaker. Blocking, from one thread at a time; accept() costs about a sixth of the audio's length."""

    def __init__(self, recogniser: VoskRecogniser, language: Language, awaiting: str | None) -> None:
        self._recogniser = recogniser
        self._language = language
        self._awaiting = awaiting
        self._audio = bytearray()
        self._hold(recogniser._take(language))

    def _hold(self, decoder: "_Decoder") -> None:
        self._decoder = decoder
        self._close = weakref.finalize(self, self._recogniser._end, decoder)
        self._close.atexit = False

    def _exchange(self, language: Language) -> None:
        other = self._recogniser._take(language)
        self._close.detach()
        self._recogniser._give_back(self._decoder)
        self._hold(other)

    def accept(self, audio: bytes) -> str:
        if self._decoder.worn_out and not self._audio:
            self._exchange(self._language)
        if len(self._audio) < LONGEST_SECONDS * BYTES_PER_SECOND:
            self._audio += audio
        self._decoder.accept(audio)
        return self._decoder.so_far()

    def finish(self) -> Utterance:
        audio, self._audio = bytes(self._audio), bytearray()
        heard = self._decoder.finish()
        expected, other_language = self._recogniser.expected, self._recogniser.other_language
        if self._recogniser.second is not None and audio:
            heard = self._recogniser.second.with_further_reading(audio, heard, self._language)
        if expected is not None and audio:
            heard = expected.second_opinion(audio, heard, self._language, self._awaiting)
        if other_language is not None and audio:
            heard = other_language.in_other_language(audio, heard, self._language)
        return heard

    def expect(self, language: Language, awaiting: str | None) -> None:
        """Between two utterances: the language and the question of the next one. The place is kept."""
        self._awaiting = awaiting
        if language != self._language:
            self._exchange(language)
            self._language = language

    def close(self) -> None:
        """Give the place back; closing twice is harmless."""
        self._close()


@dataclass
class _Decoder:
    """One Kaldi recogniser, used by one speaker after another."""

    kaldi: Any
    language: Language
    grammar: str | None
    _taken: int = 0
    """Bytes of this utterance."""
    _before: float = 0.0
    """Seconds of earlier utterances: Kaldi's clock never goes back to zero."""
    _spare: bytes = field(default=b"")
    """Half a sample, when a piece ended within one."""

    @property
    def worn_out(self) -> bool:
        return self._before > WORN_OUT_SECONDS

    def accept(self, audio: bytes) -> None:
        if self._spare:
            audio = self._spare + audio
        whole = len(audio) // 2 * 2
        self._spare = audio[whole:]
        if whole:
            self.kaldi.AcceptWaveform(audio[:whole])
            self._taken += whole

    def so_far(self) -> str:
        return _plain(json.loads(self.kaldi.PartialResult()).get("partial", "").split(), self.language)

    def finish(self) -> Utterance:
        readings = json.loads(self.kaldi.FinalResult()).get("alternatives", []) if self._taken else []
        utterance = _utterance(readings, self._before, self.language)
        self._before += self._taken / BYTES_PER_SECOND
        self._taken, self._spare = 0, b""
        return utterance

    @property
    def is_interrupted(self) -> bool:
        """Half an utterance is inside. Only FinalResult throws away what Kaldi has learned about a speaker's voice."""
        return self._taken > 0 or bool(self._spare)


def _return_memory() -> None:
    """glibc keeps what was freed unless it is asked; other C libraries need no asking."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _plain(words: Sequence[str], language: Language) -> str:
    kept = [word for word in words if word not in NOT_A_WORD]
    return normalise(("" if language == "zh" else " ").join(kept))


def _utterance(readings: list[dict[str, Any]], before: float, language: Language) -> Utterance:
    if not readings:
        return Utterance()
    best = [word for word in readings[0].get("result", []) if word["word"] not in NOT_A_WORD]
    odds = [math.exp(reading["confidence"] - readings[0]["confidence"]) for reading in readings]
    words = tuple(
        HeardWord(
            text=_plain([word["word"]], language),
            confidence=sum(one for one, reading in zip(odds, readings, strict=True) if _has(reading, word)) / sum(odds),
            start=max(0.0, round(word["start"] - before, 2)),
            end=max(0.0, round(word["end"] - before, 2)),
        )
        for word in best
    )
    text = _plain([word["word"] for word in best], language)
    others = (_plain(reading["text"].split(), language) for reading in readings[1:])
    letters = sum(len(word.text) for word in words)
    return Utterance(
        text=text,
        confidence=sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0,
        words=words,
        alternatives=tuple(dict.fromkeys(other for other in others if other and other != text)),
        speech_seconds=sum(word.end - word.start for word in words),
    )


def _has(reading: dict[str, Any], word: dict[str, Any]) -> bool:
    """Whether this reading has the word at the same time."""
    return any(
        other["word"] == word["word"] and other["start"] < word["end"] and word["start"] < other["end"]
        for other in reading.get("result", [])
    )
