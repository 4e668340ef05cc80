"""Whether the nearest page is an answer at all, or only a neighbour: 残疾证 is not 居住证.

Learnt from the pages themselves whenever they or the encoder change: example questions that are asked while they are
left out (a page does answer them), against questions that no page answers (`data/knowledge/beyond_the_plan.*.txt`).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bot.language.readers.odds import Odds, judged_unseen
from bot.services.pages import kept_arrays
from bot.services.pages.search import Entry, Evidence, Index

FOLDS = 3
"""Example questions are asked in turn of pages that lack a third of them."""
WRONGLY_REFUSED = {"zh": 0.002, "en": 0.01}
"""Share of the questions that do have a page which may be refused; they are offered it as a choice. Measured on the daily
cases (ADR 0038): more would cost Chinese answers and gain nothing."""
FEWEST = 100
"""Questions that were found again; from fewer nothing is learnt, and every nearest page is an answer."""
BEYOND = Path(__file__).resolve().parents[3] / "data" / "knowledge"

Look = Callable[[Index, Sequence[Entry], str], Evidence]
"""How an index with these entries sees a question."""


@dataclass(frozen=True)
class PageFit:
    odds: Odds
    least: float
    """Log odds. Below it the page is a neighbour only."""

    @classmethod
    def learn(cls, entries: Sequence[Entry], beyond: Sequence[str], language: str, look: Look) -> "PageFit":
        answered, unanswered = [], []
        for fold in range(FOLDS):
            left = [_without(entry, fold) for entry in entries]
            index = Index(left, language)
            for at, entry in enumerate(entries):
                for question in entry.questions[fold : fold + 1]:
                    evidence = look(index, left, question)
                    if evidence.best == at:
                        answered.append(evidence.of(at))
            unanswered += [evidence.of(evidence.best) for evidence in (look(index, left, one) for one in beyond)]
        if len(answered) < FEWEST or not unanswered:
            return cls(Odds(np.zeros(1), 0.0), -np.inf)
        features = np.array([*answered, *unanswered])
        holds = np.arange(len(features)) < len(answered)
        order = np.random.default_rng(0).permutation(len(features))
        features, holds = features[order], holds[order]
        odds = judged_unseen(features, holds)
        return cls(Odds.fit(features, holds), float(np.quantile(odds[holds], WRONGLY_REFUSED[language])))

    def fits(self, evidence: Evidence, page: int, *, surely: bool = False) -> bool:
        """`surely`: it is likelier an answer than none."""
        least = max(self.least, 0.0) if surely else self.least
        return self.least == -np.inf or bool(self.odds.of(evidence.of(page)[None, :])[0] >= least)


def _without(entry: Entry, fold: int) -> Entry:
    kept = tuple(question for at, question in enumerate(entry.questions) if at % FOLDS != fold)
    return Entry(entry.page, entry.title, entry.text, kept)


def beyond_the_plan(language: str) -> list[str]:
    lines = (BEYOND / f"beyond_the_plan.{language}.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def kept(
    cache: Path | None, entries: Sequence[Entry], language: str, seen_by: str, learn: Callable[[], PageFit]
) -> PageFit:
    """What was learnt from the same pages, kept in the folder `cache`; learnt now (seconds) where it is not there.

    `seen_by` tells one way of looking at a question from another, such as the encoder's fingerprint.
    """
    if not cache:
        return learn()
    told = [[asdict(entry) for entry in entries], beyond_the_plan(language), seen_by, FOLDS, WRONGLY_REFUSED[language]]
    mark = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]
    file = cache / f"page-fit-{language}-{mark}.npz"
    if (found := _read(file)) is None:
        found = learn()
        kept_arrays.write(file, weights=found.odds.weights, bias=found.odds.bias, least=found.least)
        for other in set(cache.glob(f"page-fit-{language}-*.npz")) - {file}:
            other.unlink(missing_ok=True)
    return found


def _read(file: Path) -> PageFit | None:
    saved = kept_arrays.read(file) or {}
    try:
        return PageFit(Odds(saved["weights"], float(saved["bias"])), float(saved["least"]))
    except (TypeError, ValueError, KeyError):
        return None
