"""Two model files on the fixed goal cases, without a server: `python -m evaluation.offline CANDIDATE ACTIVE`.

Prints one line of JSON: the scores of both, and the sentences that got better and worse. The awaited question, language
and everything else that the application would send along is sent along here too.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import wiring
from bot.dialogue.answers import AnswerReader
from bot.dialogue.context import fits, reply_language
from bot.dialogue.goals import FINER_INTENTS
from bot.language.readers.danger import DangerReader
from bot.language.readers.sentence_model import SentenceModel
from bot.language.text import normalise
from bot.operation import readers
from bot.operation.environment import RASA_PYTHON, training_environment
from bot.settings import ROOT
from evaluation.answers.score import collect as answer_cases
from evaluation.answers.score import score as answer_score
from evaluation.cases import Case, read_cases
from evaluation.danger.score import score as danger_score
from evaluation.goals.collect import UNSURE
from evaluation.goals.score import OPENS_FORM, misses, score
from evaluation.readers import LANGUAGES, SETS, danger_answers

FILES = ("cases.zh.jsonl", "cases.en.jsonl", "wants_nothing.jsonl")
TOLD = ("cases", "goal accuracy", "goal macro-F1", "service accuracy", "category accuracy", "false accepts")

Answers = list[dict[str, Any]]


def main() -> None:
    cases = [case for name in FILES for case in read_cases(ROOT / "evaluation" / "goals" / name) if case.goal]
    models = [Path(model) for model in sys.argv[1:3]]
    dangers = [DangerReader(readers.in_force("danger", wiring.deep_encoder(), model)) for model in models]
    acts = [readers.in_force("answers", wiring.deep_encoder(), model) for model in models]
    candidate, active = (answers_of(model, cases, danger) for model, danger in zip(models, dangers, strict=True))
    told = compare(cases, candidate, active)
    for side, danger, answers in zip(("candidate", "active"), dangers, acts, strict=True):
        told[side] |= figures_of_readers(danger, answers)
    print(json.dumps(told, ensure_ascii=False))


def figures_of_readers(danger: DangerReader, acts: SentenceModel) -> dict[str, float]:
    """On the frozen sets of both languages."""
    found: dict[str, float] = {}
    for language in LANGUAGES:
        found |= {
            f"{row['figure']} ({language})": row["value"] for row in danger_score(danger_answers(danger, language))
        }
        read = answer_cases(AnswerReader(lambda: acts), [SETS / "answers" / f"cases.{language}.jsonl"])
        found[f"answers in context ({language})"] = answer_score(read)["shares"]["all"]
    return found


def answers_of(model: Path, cases: Sequence[Case], danger: DangerReader) -> Answers:
    """One answer for each case, as the application would have understood it. Raises CalledProcessError."""
    lines = [json.dumps({"said": normalise(case.said), "about": about(case)}, ensure_ascii=False) for case in cases]
    read = subprocess.run(
        [str(RASA_PYTHON), "-W", "ignore", "-m", "bot.nlu.read_sentences", str(model)],
        cwd=ROOT,
        env=training_environment(wiring.settings()),
        input="\n".join(lines),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    rows = [json.loads(line) for line in read.stdout.splitlines() if line.startswith("{")]
    return [answer(case, row, danger) for case, row in zip(cases, rows, strict=True)]


def about(case: Case) -> dict[str, Any]:
    """What our channel sends with the words."""
    said, now = normalise(case.said), wiring.now()
    language = reply_language(said, None, case.awaiting)
    return {
        "language": language,
        "channel": "web",
        "now": now.isoformat(),
        "awaiting": case.awaiting,
        "fits": fits(said, case.awaiting, language, now),
    }


def answer(case: Case, read: dict[str, Any], danger: DangerReader) -> dict[str, Any]:
    """Goal, confidence, form, service and category; danger is seen before Rasa, as in the application."""
    if danger.is_danger(case.said):
        return {"goal": "emergency", "confidence": 1.0, "form": None, "service": None, "category": None}
    best, entities = read["ranking"][0], read["entities"]
    form = read["intent"] if read["intent"] in OPENS_FORM and case.awaiting is None else None
    return {
        "goal": FINER_INTENTS.get(best["name"], best["name"]),
        "confidence": round(best["confidence"], 4),
        "form": form,
        "unsure": read["intent"] == UNSURE,
        "service": entities.get("service"),
        "category": entities.get("category"),
    }


def compare(cases: Sequence[Case], candidate: Answers, active: Answers) -> dict[str, Any]:
    """Scores of both; `better` were wrong with the active model and are right now, `worse` the other way."""
    now, before = list(zip(cases, candidate, strict=True)), list(zip(cases, active, strict=True))
    wrong_now, wrong_before = _wrong(now), _wrong(before)
    told = {
        "candidate": {name: score(now)[name] for name in TOLD},
        "active": {name: score(before)[name] for name in TOLD},
    }
    return {
        **told,
        "better": [
            _change(case, a, b)
            for case, a, b in zip(cases, active, candidate, strict=True)
            if _key(case) in wrong_before - wrong_now
        ],
        "worse": [
            _change(case, a, b)
            for case, a, b in zip(cases, active, candidate, strict=True)
            if _key(case) in wrong_now - wrong_before
        ],
    }


def _wrong(pairs: list[tuple[Case, dict[str, Any]]]) -> set[tuple[str, str | None]]:
    return {(miss["said"], miss["awaiting"]) for miss in misses(pairs)}


def _key(case: Case) -> tuple[str, str | None]:
    return case.said, case.awaiting


def _change(case: Case, before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    return {"said": case.said, "expected": case.goal, "before": before["goal"], "now": now["goal"]}


if __name__ == "__main__":
    main()
