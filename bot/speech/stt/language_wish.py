"""Did somebody ask, in the other language, to speak that language? Nothing else makes the other recogniser hear anything.

Chinese heard by the English recogniser is surely and confidently some English, and the other way round; so no sentence is
taken for the other language by what it sounds like (`bot/dialogue/call/spoken_language.py` says what it takes). But whoever cannot speak ours must be able to say so. The other recogniser listens for such a
wish among a handful of phrases, and then, without any list, has to hear the language's name again.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.speech.interface import Utterance
from bot.turns import Language

LONGEST_SECONDS = 5.0
"""Of sound, pauses included; such a wish is short."""
UNSURE = 0.45
"""Confidence below which the dialogue asks again; so the second decoding delays no answer."""
COVERED = 0.5
"""Share of the speech that the wish must explain."""
SURE = 0.8
"""Least confidence of the wish among the phrases, 0 to 1."""
OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}
WISHES: dict[Language, tuple[str, ...]] = {
    "en": (
        "english",
        "english please",
        "in english please",
        "speak english",
        "speak english please",
        "please speak english",
        "can you speak english",
        "do you speak english",
        "i want english",
        "i speak english",
        "i only speak english",
        "switch to english",
        "i do not speak chinese",
        "sorry i do not speak chinese",
        "i don't understand chinese",
    ),
    "zh": (
        "中文", "说 中文", "讲 中文", "请 说 中文", "请 讲 中文", "请 用 中文", "说 普通话", "讲 普通话", "请 说 普通话", "请 讲 普通话",
        "我 要 说 中文", "我 说 的 是 中文", "我 讲 的 是 中文", "换 成 中文", "转 中文", "你 会 说 中文 吗", "会 讲 普通话 吗", "能 不 能 说 中文",
        "我 不 会 说 英语", "我 听 不懂 英语", "听 不懂 英文", "不要 英语",
    ),
}  # fmt: skip
"""Words with blanks between them."""
NAMES: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"\b(english|chinese)\b"),
    "zh": re.compile("中文|普通话|国语|汉语|英语|英文"),
}


class Recogniser(Protocol):
    """What of the recogniser is needed here."""

    def decode(self, audio: bytes, language: Language, grammar: Sequence[str] | None = None) -> Utterance: ...

    def knows(self, word: str, language: Language) -> bool: ...


class LanguageWish:
    """Shared by all speakers. Give it to the recogniser as its `other_language`."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._phrases: dict[Language, tuple[str, ...]] = {}

    def warm_up(self) -> None:
        """Make both lists' recognisers, so that no answer waits for them."""
        for language in OTHER:
            self._recogniser.decode(bytes(3200), language, self.phrases(language))

    def in_other_language(self, audio: bytes, first: Utterance, language: Language) -> Utterance:
        """`first`, or the wish for the other language that the same sound is. `audio` is 16 kHz.

        Where `first` is unsure it also tells what the other recogniser heard.
        """
        if len(audio) / 32000 > LONGEST_SECONDS:
            return first
        other = OTHER[language]
        wish = self._recogniser.decode(audio, other, self.phrases(other))
        is_wish = self._is_wish(wish, first, other)
        if not is_wish and first.confidence >= UNSURE:
            return first
        freely = self._recogniser.decode(audio, other)
        if not (is_wish and NAMES[other].search(freely.text)):
            if first.confidence >= UNSURE:
                return first
            return replace(first, other_text=freely.text, other_confidence=freely.confidence)
        readings = tuple(dict.fromkeys(filter(None, (first.text, *first.alternatives))))
        return replace(wish, alternatives=readings)

    def phrases(self, language: Language) -> tuple[str, ...]:
        """Those of the wishes whose words the recogniser knows."""
        if language not in self._phrases:
            known = self._recogniser.knows
            self._phrases[language] = tuple(
                phrase for phrase in WISHES[language] if all(known(word, language) for word in phrase.split())
            )
        return self._phrases[language]

    def _is_wish(self, wish: Utterance, first: Utterance, language: Language) -> bool:
        return (
            bool(NAMES[language].search(wish.text))
            and wish.confidence >= SURE
            and wish.speech_seconds >= COVERED * first.speech_seconds
        )
