"""What the tagger of names is trained with: the carriers of `data/names`, filled, and answers in which nobody is named."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from bot.language.names.carriers import Carrier, Marked, as_heard, fill, read_carriers
from bot.language.names.drawn import Names
from bot.language.zh.lexicon import common_words

DATA = Path(__file__).parents[3] / "data"
FOLDER = DATA / "names"
SEED = 1
FILLED, UNNAMED = 7, 3
"""Sentences made of one carrier with a name, and of one without."""
ANSWERS = 2500
"""Answers of `data/answers` that are learnt as sentences without a name."""
OTHER_QUESTIONS = (None, "phone", "place", "description", "date", "party", "confirmation", "service")
ELSEWHERE = 0.15
"""So many of the carriers with something beside the name are also learnt after another question."""
_MAY_NAME = re.compile(r"[叫姓写·]|名字|\bname\b|\b(?:i'm|i am|this is)\b", re.I)
_BARE = re.compile(r"[^\w\[\]<>]*+[\[<][^\[\]<>]++[\]>][^\w\[\]<>]*+")
_ENGLISH = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_EXPLAINED_BY = 300
"""A word of the dictionary that stood so often may tell how a sign is written."""
_QUESTIONS = {"read_back": "confirmation", "change": "confirmation", "unasked": None}
_NAMING = ("content", "anonymous")
"""Labels of `data/answers` whose sentences may hold names."""


def all_carriers() -> list[Carrier]:
    return [carrier for language in ("zh", "en") for carrier in read_carriers(FOLDER / language)]


def names(part: range = range(10)) -> Names:
    """The lists of names, or some tenths of them."""
    explaining: dict[str, list[str]] = {}
    for word in common_words(2, _EXPLAINED_BY):
        for sign in set(word):
            explaining.setdefault(sign, []).append(word)
    return Names(FOLDER / "drawn", explaining, part)


def examples(carriers: Iterable[Carrier], drawn_from: Names, seed: int = SEED) -> list[Marked]:
    """The sentences in a fixed order; always the same ones for the same files."""
    random = Random(seed)  # noqa: S311 - no secret
    made = []
    for carrier in carriers:
        bare = bool(_BARE.fullmatch(carrier.text))
        for _ in range(FILLED if carrier.names_somebody else UNNAMED):
            asked = random.choice(carrier.questions)
            if not bare and random.random() < ELSEWHERE:
                asked = random.choice(OTHER_QUESTIONS)
            made.append(fill(carrier, asked, drawn_from, random))
    return made


def answers_without_names(seed: int = SEED) -> list[Marked]:
    """Answers to our questions that name nobody, each after one question it answers."""
    random = Random(seed)  # noqa: S311 - no secret
    told: list[tuple[str, str]] = []
    for file in sorted((DATA / "answers").glob("*.txt")):
        if file.name.split(".")[0] not in _NAMING:
            told += _answers_of(file.read_text("utf-8").splitlines())
    chosen = random.sample(sorted(set(told)), min(ANSWERS, len(set(told))))
    return [as_heard(text, _QUESTIONS.get(asked, asked), (), random) for text, asked in chosen]


def _answers_of(lines: Sequence[str]) -> list[tuple[str, str]]:
    questions, found = ["unasked"], []
    for line in lines:
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            questions = [question.strip() for question in line[1:-1].split(",")]
        elif line and not line.startswith("#") and not _MAY_NAME.search(line):
            found += [(line, "name" if "name" in questions else question) for question in questions[:2]]
    return found


def words_of_every_day(sentences: Iterable[Marked]) -> list[str]:
    """English words in small letters that stand outside names in two sentences or more."""
    counts: Counter[str] = Counter()
    for text in sorted({_without_names(sentence) for sentence in sentences}):
        counts.update(set(_ENGLISH.findall(text.lower())))
    return sorted(word for word, count in counts.items() if count > 1)


def _without_names(sentence: Marked) -> str:
    text = sentence.text
    for start, end, _ in reversed(sentence.spans):
        text = f"{text[:start]} {text[end:]}"
    return text
