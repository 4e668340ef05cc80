"""A second look at an answer: after a question for a date, a number, yes or no, listen again for such an answer only.

A list of phrases hears an answer in every noise, so it never decides alone: its reading counts only when the free reading
holds no answer, and when both sound alike and cover the same stretch of sound. The dialogue reads every value back.
"""

import random
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol

from bot.language.communities import names_community
from bot.language.entities import find_entities
from bot.language.readers.danger import cry_in
from bot.language.whole_numbers import score_in, whole_number
from bot.language.zh.pinyin import sounds_like
from bot.speech.build.domain_model import Cutter
from bot.speech.build.spoken_sentences import made_sentences
from bot.speech.interface import Utterance
from bot.turns import Language

ALIKE = 0.5
"""Least likeness of sound, 0 to 1, between the free reading and the expected one."""
COVERED = 0.6
"""Share of the speech that the expected reading must explain."""
PHRASES = 300
"""Sentences in one list; more make it slower and hardly better."""
MOBILE_DIGITS = 11
LONGEST_SECONDS = 12.0
"""Longer answers are stories; they are not heard twice."""
_NUMBER = ("{digit}" * 11, "{digit}" * 8, "{digit}" * 4)
_PATTERNS: dict[str, tuple[str, ...]] = {
    "phone": ("{mobile}", "{mobile}", "我的电话是{mobile}", "手机号{mobile}", "号码是{mobile}", "电话号码{mobile}", "记一下{mobile}",
              "我的手机是{mobile}", "是{mobile}", _NUMBER[0]),
    "number": ("{record}", "{record}", "编号是{record}", "编号{record}", "是{record}", _NUMBER[1]),
    "tail": ("{tail}", "{tail}", "尾号是{tail}", "尾号{tail}", "后四位{tail}", "后四位是{tail}", "是{tail}", _NUMBER[2]),
    "date": ("{day}", "{day}吧", "{day}{time}", "{day}可以吗", "那就{day}", "就{day}", "改到{day}{time}", "我想{day}去", "{day}那天", "约{day}"),
    "time": ("{time}", "{time}吧", "就{time}", "{day}{time}", "{time}可以吗", "{time}过来"),
    "count": ("{count}", "要{count}", "一共{count}", "就{count}", "就我一个人", "我和老伴两个人", "来{count}"),
    "score": ("{digit}分", "打{digit}分", "给{digit}分", "给你们打{digit}分", "我给{digit}分"),
    "confirmation": ("{yes}", "{yes}", "{yes}{yes}", "嗯{yes}", "没问题", "就这样", "可以就这样", "是这样的"),
    "place": ("{community}", "{community}吧", "在{community}", "我住在{community}", "去{community}", "{community}{house}"),
}  # fmt: skip
_YES_OR_NO = re.compile(r"对|是|好|行|可以|没错|没问题|确认|不|错|算了|取消|改")
_PLACE = re.compile(r"社区|小区|路|街|号|栋")
_ANY_MOMENT = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""Whether words hold a date does not depend on today's."""


class Ears(Protocol):
    """What of the recogniser is needed here."""

    def decode(self, audio: bytes, language: Language, grammar: Sequence[str] | None = None) -> Utterance: ...

    def knows(self, word: str, language: Language) -> bool: ...


class Expected:
    """Shared by all speakers. Give it to the recogniser as its `expected`."""

    def __init__(self, ears: Ears) -> None:
        self.ears = ears
        self._kept: dict[str, tuple[str, ...]] = {}

    def warm_up(self) -> None:
        """Make every list's recogniser, so that no answer waits for it."""
        for awaiting in _PATTERNS:
            self.ears.decode(bytes(3200), "zh", self.phrases(awaiting))

    def second_opinion(self, audio: bytes, first: Utterance, language: Language, awaiting: str | None) -> Utterance:
        """`first`, or what was heard when only an answer to the question was listened for."""
        if language != "zh" or awaiting not in _PATTERNS or first.speech_seconds > LONGEST_SECONDS or not first.text:
            return first
        if answers(first.text, awaiting) or cry_in(first.text):
            return first
        again = self.ears.decode(audio, language, self.phrases(awaiting))
        if not acceptable(first, again, awaiting):
            return first
        others = tuple(dict.fromkeys((first.text, *first.alternatives)))
        return Utterance(again.text, again.confidence, again.words, others, again.speech_seconds)

    def phrases(self, awaiting: str) -> tuple[str, ...]:
        """The list for this question; the same at every start."""
        if awaiting not in self._kept:
            self._kept[awaiting] = _phrases(awaiting, lambda word: self.ears.knows(word, "zh"))
        return self._kept[awaiting]


def _phrases(awaiting: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Sentences that answer this question, cut into words that the recogniser knows."""
    made = made_sentences(_PATTERNS[awaiting], PHRASES, random.Random(awaiting))  # noqa: S311
    parts = {text[a:b] for text in made for a in range(len(text)) for b in range(a + 1, min(len(text), a + 3) + 1)}
    cutter = Cutter({part: 0.01 for part in parts if knows(part)})  # as few words as possible
    return tuple(dict.fromkeys(" ".join(words) for text in made if (words := cutter.cut(text))))


def answers(text: str, awaiting: str) -> bool:
    """Do the words hold a whole answer to this question?"""
    if awaiting == "score":
        return (whole_number(text) or score_in(text)) is not None
    if awaiting == "confirmation":
        return bool(_YES_OR_NO.search(text))
    if awaiting == "place":
        return bool(_PLACE.search(text)) or names_community(text)
    entities = find_entities(text, _ANY_MOMENT, awaiting=awaiting)
    if awaiting == "date":
        return bool(entities.when.day or entities.when.doubt)
    if awaiting == "time":
        return bool(entities.when.at or entities.when.part)
    if awaiting == "phone":
        return len(entities.phone or "") == MOBILE_DIGITS  # fewer may be what is left of a mobile number
    return getattr(entities, awaiting) is not None


def acceptable(first: Utterance, again: Utterance, awaiting: str) -> bool:
    """Is the expected reading borne out by the sound?"""
    if not again.text or not answers(again.text, awaiting):
        return False
    if again.speech_seconds < COVERED * first.speech_seconds:
        return False
    return max(sounds_like(other, again.text) for other in (first.text, *first.alternatives)) >= ALIKE
