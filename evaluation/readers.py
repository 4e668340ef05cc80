"""`python -m evaluation.readers`: the danger reader and the reader of answers on their frozen test sets, without a server.

Prints each figure beside its aim; the misses go to evaluation/results/readers.json.
"""

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot import wiring
from bot.dialogue.answers import AnswerReader
from bot.language.readers.danger import DangerReader
from evaluation import aims
from evaluation.aims import Figure
from evaluation.answers import score as answers
from evaluation.danger import score as danger

HERE = Path(__file__).parent
SETS, RESULTS = HERE / "test_sets", HERE / "results"
LANGUAGES = ("zh", "en")


def danger_answers(reader: DangerReader, language: str) -> list[dict[str, Any]]:
    """Each case with what the reader made of it: a class of danger, "possible" or "none"."""
    read = []
    for line in (SETS / "danger" / f"cases.{language}.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        alarm = reader.in_readings(case["said"], ())
        actual = danger.NONE if alarm is None else alarm.kind if alarm.sure else danger.POSSIBLE
        read.append({**case, "actual": actual})
    return read


def main() -> None:
    kept: list[Figure] = []
    table = Table("figure", "language", "value", "aim", "")
    missed: dict[str, Any] = {}
    reader = wiring.danger_reader(wiring.settings().encoder_name)
    for language in LANGUAGES:
        read = danger_answers(reader, language)
        missed[f"danger.{language}"] = danger.misses(read)
        for row in danger.score(read):
            table.add_row(row["figure"], language, str(row["value"]), row["aim"], "met" if row["met"] else "missed")
            kept.append(Figure(f"{row['figure']}, {language}", row["value"], *danger.AIMS[row["figure"]]))
        file = SETS / "answers" / f"cases.{language}.jsonl"
        acts = answers.collect(AnswerReader(wiring.answer_model), [file])
        missed[f"answers.{language}"] = answers.misses(acts)
        told = answers.score(acts)
        share = str(told["shares"]["all"])
        kept.append(Figure(f"answers in context, {language}", told["shares"]["all"], ">=", answers.AIM, told["cases"]))
        table.add_row("answers in context", language, share, f">= {answers.AIM}", "met" if told["met"] else "missed")
    Console().print(table)
    settings = {"encoder": wiring.settings().encoder}
    command = "python -m evaluation.readers"
    aims.keep("Danger, and answers in context", kept, command=command, now=wiring.now(), settings=settings)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "readers.json").write_text(json.dumps(missed, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
