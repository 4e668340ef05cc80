"""Finds names in what was said, told by a trained tagger: a conditional random field over signs and words.

It sees what had been asked. Each name is one of three kinds: the one to write, one that is refused (不是王丽), or that
of somebody who is only mentioned.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import pycrfsuite

from bot.language.names.carriers import MENTIONED, REFUSED, WANTED, Marked
from bot.language.names.examples import DATA, all_carriers, answers_without_names, examples, names, words_of_every_day
from bot.language.names.features import Token, features_of, tokens_of

MODELS = DATA.parent / "models" / "readers" / "names"
LABELS = (WANTED, REFUSED, MENTIONED)
LEARNING = {"c1": 0.05, "c2": 0.02, "max_iterations": 70, "feature.minfreq": 2, "feature.possible_transitions": True}
KEPT = 3
"""Older models stay for those who still run with them."""
LONGEST = 400
"""Tokens that are read, half of them from the end; nobody tells a name between them."""
SURE_FROM, SURE_UNASKED_FROM = 0.45, 0.65
"""Probability from which a name is one to write: where the name was asked for, and elsewhere. Below, it is only mentioned."""
_CODE = Path(__file__).parent


@dataclass(frozen=True)
class Found:
    """A name in a text: where it stands, and which of the three kinds."""

    start: int
    end: int
    kind: str
    share: float
    """Probability of its least sure sign or word, 0 to 1."""


class NameTagger:
    def __init__(self, model: Path, known_words: Iterable[str]) -> None:
        self.known_words = frozenset(known_words)
        self.crf = pycrfsuite.Tagger()
        self.crf.open(str(model))

    def tag(self, text: str, asked: str | None) -> list[Found]:
        """The names in their order. `asked` is the value that was asked for."""
        tokens = tokens_of(text)
        if len(tokens) > LONGEST:
            half = LONGEST // 2
            return self._read(tokens[:half], asked) + self._read(tokens[-half:], asked)
        return self._read(tokens, asked)

    def _read(self, tokens: Sequence[Token], asked: str | None) -> list[Found]:
        labels = self.crf.tag(features_of(tokens, asked, self.known_words))
        shares = [self.crf.marginal(label, at) for at, label in enumerate(labels)]
        sure_from = SURE_FROM if asked == "name" else SURE_UNASKED_FROM
        return [
            one if one.share >= sure_from or one.kind != WANTED else replace(one, kind=MENTIONED)
            for one in _spans(tokens, labels, shares)
        ]


def fit(sentences: Sequence[Marked], model: Path) -> list[str]:
    """Writes the model; the English words of every day that it needs."""
    known = words_of_every_day(sentences)
    words = frozenset(known)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(LEARNING)
    for sentence in sentences:
        tokens = tokens_of(sentence.text)
        if tokens:
            trainer.append(features_of(tokens, sentence.asked, words), _labels(tokens, sentence))
    trainer.train(str(model))
    return known


def _labels(tokens: Sequence[Token], sentence: Marked) -> list[str]:
    labels = []
    for token in tokens:
        inside = next((span for span in sentence.spans if span[0] <= token.start < span[1]), None)
        labels.append("O" if inside is None else f"{'B' if token.start == inside[0] else 'I'}-{inside[2]}")
    return labels


def _spans(tokens: Sequence[Token], labels: Sequence[str], shares: Sequence[float]) -> list[Found]:
    found: list[Found] = []
    before = "O"
    for token, label, share in zip(tokens, labels, shares, strict=True):
        begins, _, kind = label.partition("-")
        if begins == "I" and found and before.partition("-")[2] == kind:
            found[-1] = Found(found[-1].start, token.end, kind, min(found[-1].share, share))
        elif kind:
            found.append(Found(token.start, token.end, kind, share))
        before = label
    return found


def ensure() -> bool:
    """Trains the tagger when it is not there yet, in seconds; False when it was."""
    model = MODELS / f"{fingerprint()}.crf"
    sound = is_sound(model)
    if not sound:
        _train(model)
    return not sound


@cache
def tagger() -> NameTagger:
    """The one for the present data; trained now, in seconds, when it is not there yet."""
    ensure()
    model = MODELS / f"{fingerprint()}.crf"
    return NameTagger(model, json.loads(_beside(model).read_text("utf-8"))["words"])


@lru_cache(maxsize=16)
def names_in(text: str, asked: str | None) -> tuple[Found, ...]:
    """As `NameTagger.tag`; a turn asks for the same words several times."""
    return tuple(tagger().tag(text, asked))


def fingerprint() -> str:
    """Changes when anything that the tagger learns from does."""
    digest = hashlib.sha256()
    files = [*sorted((DATA / "names").glob("*/*.txt")), *sorted((DATA / "answers").glob("*.txt"))]
    for file in (*files, *sorted(_CODE.glob("*.py")), _CODE.parent / "zh" / "surnames.py"):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def is_sound(model: Path) -> bool:
    """Is it there, and what our training made?"""
    if not model.exists() or not _beside(model).exists():
        return False
    told = json.loads(_beside(model).read_text("utf-8"))
    return bool(told["sum"] == hashlib.sha256(model.read_bytes()).hexdigest())


def _train(model: Path) -> None:
    """Put in place whole; another process may be doing the same."""
    MODELS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MODELS.parent) as work:
        new = Path(work) / model.name
        words = fit([*examples(all_carriers(), names()), *answers_without_names()], new)
        about = {"sum": hashlib.sha256(new.read_bytes()).hexdigest(), "words": words}
        _beside(new).write_text(json.dumps(about, ensure_ascii=False), "utf-8")
        os.replace(new, model)
        os.replace(_beside(new), _beside(model))
    for old in sorted(MODELS.glob("*.crf"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
        _beside(old).unlink(missing_ok=True)


def _beside(model: Path) -> Path:
    return model.with_suffix(".json")
