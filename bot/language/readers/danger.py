"""Danger to life, told by a trained reader; it is asked before anything else, so that no form and no fault can swallow it.

What a sentence means is learnt from `data/danger`. A short list of plain cries stands below it as a floor: whole
utterances that call for help and nothing else, which no model can lower.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from bot.language.readers.sentence_model import SentenceModel
from bot.language.text import normalise

Danger = Literal["hurt_or_ill", "fire_gas_trapped", "crime_violence_missing", "wish_to_die", "any"]
KINDS: tuple[Danger, ...] = get_args(Danger)[:4]
"""The labels of the reader that are danger now; "any" is a cry that does not tell which."""
POSSIBLE = "possible"
SURE_FROM = 0.4
"""Probability of all kinds of danger together, 0 to 1, from which it is danger. Chosen by cross-validation."""
SURE_IN_PART_FROM = 0.8
"""The same for one sentence out of many, and for a reading of the recogniser that is not its first."""
POSSIBLE_FROM = 0.5
"""Probability that it is danger or may become one, from which the number is named."""
SHORT = 120
"""Characters; a longer text is read sentence by sentence only."""
PARTS = 64
"""Sentences of a long text that are read, half of them from its end."""
_END = re.compile(r"(?<=[。!?！？；;\n])")
_PLAIN = re.compile(r"[\W_]+")

_QUICK = r"(?:你们?|我要|我想|请你?|快点?|赶紧|赶快|马上|麻烦你?|帮我|帮忙|给我|您好?|喂)*+"
_NOW = r"(?:啊|呀|吧|哪|了|啦|哒|咧|哦|快来|快点来?|快来人|来人)*"
_WHERE = r"(?:我|我们)?(?:家|家里|屋里|厨房|楼上|楼下|楼道|隔壁|房子|这里|这边)?(?:里)?"
_CRIES: tuple[tuple[Danger, re.Pattern[str]], ...] = (
    ("fire_gas_trapped", re.compile(rf"{_QUICK}{_WHERE}(?:(?:着|起|失)火(?:了|啦|哒|咧))+{_NOW}")),
    ("fire_gas_trapped", re.compile(rf"{_QUICK}(?:打|拨打?|叫|喊)(?:119|消防车|消防队|火警){_NOW}")),
    ("hurt_or_ill", re.compile(rf"{_QUICK}(?:打|拨打?|叫|喊)(?:个|一?辆|一下)?(?:120|救护车|急救车?){_NOW}")),
    ("crime_violence_missing", re.compile(rf"{_QUICK}(?:(?:打|拨打?)110|报警|叫警察){_NOW}")),
    ("wish_to_die", re.compile(r"我?(?:真的?)?(?:不想活|想死|想自杀|要自杀|想跳楼|要跳楼)了?")),
    ("any", re.compile(rf"(?:快)?(?:救命|救我|救救我|快来人){_NOW}(?:救命{_NOW})*")),
    ("any", re.compile(r"(?:please)?(?:help|save)(?:me)(?:please)?|somebodyhelp(?:me)?|helphelp(?:help)?|emergency")),
    ("fire_gas_trapped", re.compile(r"(?:fire)+(?:help)?|(?:please)?call(?:the)?(?:119|firebrigade|firedepartment)(?:now|please)?")),
    ("hurt_or_ill", re.compile(r"(?:please)?call(?:120|anambulance)(?:now|please)?|(?:ineed)?anambulance(?:please)?")),
    ("crime_violence_missing", re.compile(r"(?:please)?call(?:110|thepolice)(?:now|please)?")),
    ("wish_to_die", re.compile(r"iwant(?:to)?(?:die|killmyself)")),
)  # fmt: skip
"""For the whole utterance without blanks and signs."""


@dataclass(frozen=True)
class Alarm:
    kind: Danger
    sure: bool
    """False: it may become dangerous; the number is named for that case and the matter goes on."""
    share: float = 1.0
    """Probability, 0 to 1."""


def cry_in(text: str) -> Danger | None:
    """The kind of danger of a plain cry that is all that was said; None for anything else."""
    said = _PLAIN.sub("", normalise(text[:SHORT])).lower()
    return next((kind for kind, cry in _CRIES if cry.fullmatch(said)), None)


class DangerReader:
    """Shared by all conversations and threads."""

    def __init__(self, model: SentenceModel) -> None:
        self.model = model
        self.read = lru_cache(maxsize=256)(self._read)
        """The alarm in a text, or None: `read(text)`."""

    def use(self, model: SentenceModel) -> None:
        """Reads with another model from now on."""
        self.model = model
        self.read.cache_clear()

    def is_danger(self, text: str) -> bool:
        """Surely, and now."""
        alarm = self.read(text)
        return alarm is not None and alarm.sure

    def in_readings(self, text: str, others: tuple[str, ...]) -> Alarm | None:
        """Of what was said, with other readings of the same sound; of these only danger beyond doubt counts."""
        alarm = self.read(text)
        if alarm and alarm.sure:
            return alarm
        heard = [found for other in others if (found := self.read(other)) and found.sure]
        return next((found for found in heard if found.share >= SURE_IN_PART_FROM), alarm)

    def _read(self, text: str) -> Alarm | None:
        plain = normalise(text)
        if not plain:
            return None
        parts = [part.strip() for part in _END.split(plain) if part.strip()]
        whole = [plain] if len(plain) <= SHORT else []
        for said in (*whole, *parts):
            if cry := cry_in(said):
                return Alarm(cry, sure=True)
        if len(parts) > PARTS:
            parts = parts[: PARTS // 2] + parts[-PARTS // 2 :]
        if whole and len(parts) == 1:
            parts = []
        read = [*whole, *(part[-SHORT:] for part in parts)]
        alarms = [
            _alarm(dict(ranking), SURE_FROM if at < len(whole) else SURE_IN_PART_FROM)
            for at, ranking in enumerate(self.model.rank_all(read))
        ]
        found = [alarm for alarm in alarms if alarm]
        return max(found, key=lambda alarm: (alarm.sure, alarm.share), default=None)


def _alarm(shares: dict[str, float], sure_from: float) -> Alarm | None:
    danger = sum(shares[kind] for kind in KINDS)
    kind = max(KINDS, key=lambda one: shares[one])
    if danger >= sure_from:
        return Alarm(kind, sure=True, share=danger)
    if danger + shares[POSSIBLE] >= POSSIBLE_FROM:
        return Alarm(kind, sure=False, share=danger + shares[POSSIBLE])
    return None
