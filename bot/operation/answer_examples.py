"""What the reader of answers learns from: `data/answers/`, and what else residents say, out of Rasa's training data."""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from bot.language.readers.answer_acts import QUESTIONS
from bot.language.readers.sentence_model import Example
from bot.settings import ROOT

FOLDER = "data/answers"
QUESTIONS_EACH = 5
"""So many of the questions that a sentence can answer are learnt from; all of them teach hardly more and take longer."""
ANSWERING = frozenset(
    ("accept_offer", "affirm", "cancel_booking", "change_booking", "deny", "goodbye", "greet", "rate_service", "reopen_case",
     "stop", "thanks")
)  # fmt: skip
"""Intents that may answer a question of ours; all others answer none, whatever was asked. `inform` holds the values."""
WISHES_EACH = 160
"""Sentences of one intent and language."""
_EXAMPLE = re.compile(r"^ *- +(.+?) *$", re.MULTILINE)


def thinned(examples: Sequence[Example]) -> list[Example]:
    """Each sentence with a few of the questions it answers, chosen by lot but always the same."""
    chance, by_sentence = random.Random(1), dict[tuple[str, str], list[Example]]()  # noqa: S311 - no secret
    for example in examples:
        by_sentence.setdefault((example.text, example.label), []).append(example)
    return [
        example
        for same in by_sentence.values()
        for example in (chance.sample(same, QUESTIONS_EACH) if len(same) > QUESTIONS_EACH else same)
    ]


def other_wishes() -> list[Example]:
    """Sentences that answer nothing, each said after two of our questions."""
    chance = random.Random(2)  # noqa: S311 - no secret
    found = []
    for language in ("zh", "en"):
        for file in sorted((ROOT / "data" / "nlu" / language).glob("*.yml")):
            if file.stem in ANSWERING:
                continue
            said = sorted(set(_sentences(file)))
            for text in chance.sample(said, min(WISHES_EACH, len(said))):
                found += [Example(text, "content", asked) for asked in chance.sample(QUESTIONS, 2)]
    return found


def _sentences(file: Path) -> Iterator[str]:
    for group in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
        yield from _EXAMPLE.findall(group.get("examples") or "")
