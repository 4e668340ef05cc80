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
OTHER_WISHES = (
    "ask_policy", "book_service", "bot_challenge", "capabilities", "check_booking", "check_case", "check_points",
    "check_proposal", "emergency", "erase_my_data", "file_complaint", "find_job", "human_agent", "inform",
    "join_volunteering", "louder", "out_of_scope", "redeem_points", "repeat", "slower", "submit_proposal",
    "support_proposal", "switch_language",
)  # fmt: skip
"""Intents that are no answer to a question of ours whatever was asked; `inform` holds the values themselves."""
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
        for intent in OTHER_WISHES:
            said = sorted(set(_sentences(ROOT / "data" / "nlu" / language / f"{intent}.yml")))
            for text in chance.sample(said, min(WISHES_EACH, len(said))):
                found += [Example(text, "content", asked) for asked in chance.sample(QUESTIONS, 2)]
    return found


def _sentences(file: Path) -> Iterator[str]:
    if not file.exists():
        return
    for group in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
        yield from _EXAMPLE.findall(group.get("examples") or "")
