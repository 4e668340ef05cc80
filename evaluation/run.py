"""`make evaluate`: asks a running Linyu all cases, then scores what it answered.

Answers are kept, so scoring can be repeated without the assistant:
    python -m evaluation.run --score evaluation/results/2026-01-31T12-00-00
Without the sentence encoder: LINYU_ENCODER=none make evaluate
"""

import argparse
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot import wiring
from bot.operation.environment import environment
from bot.settings import Settings
from evaluation import aims
from evaluation.cases import Case, read_cases
from evaluation.frozen import goal_figures, policy_figures
from evaluation.goals import collect as goal_answers
from evaluation.goals import score as goals
from evaluation.hearing import intelligibility
from evaluation.hearing import run as hearing
from evaluation.linyu_client import LinyuClient, RasaChannel
from evaluation.policy import collect as policy_answers
from evaluation.policy import score as policy
from evaluation.unseen import near_a_taught_one

HERE = Path(__file__).parent
RESULTS = HERE / "results"
Pairs = list[tuple[Case, dict[str, Any]]]
SCORES: dict[str, tuple[Callable[[Pairs], dict[str, Any]], Callable[[Pairs], list[dict[str, Any]]]]] = {
    "goals": (goals.score, goals.misses),
    "policy": (policy.score, policy.misses),
}


def main() -> None:
    options = read_options()
    folder: Path = options.score or RESULTS / f"{wiring.now():%Y-%m-%dT%H-%M-%S}"
    if not options.score:
        collect(
            [options.cases] if options.cases else our_files(frozen=options.frozen),
            folder,
            wiring.settings(),
            options.url,
            wiring.now(),
        )
    told = report(folder, Console())
    if not options.cases:
        keep_aims(folder, told)
    if not (options.cases or options.frozen):
        hear_and_report(folder, options.audio, listen=not options.score)


def our_files(*, frozen: bool) -> list[Path]:
    """The frozen cases, and those that are worked with unless only `frozen` ones are wanted."""
    places = (HERE / "test_sets",) if frozen else (HERE, HERE / "test_sets")
    return sorted(file for place in places for kind in SCORES for file in place.glob(f"{kind}/*.jsonl"))


def hear_and_report(folder: Path, audio: Path | None, *, listen: bool) -> None:
    """The ears and the voice, on the same folder."""
    understood = folder / "intelligibility.json"
    if listen:
        hearing.hear(folder, audio)
        understood.write_text(json.dumps(intelligibility.figures(), indent=1))
    hearing.report(folder, Console())
    if understood.exists():
        Console().print("character errors of a recogniser that listens to our replies:", understood.read_text())


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", help="address of a running Linyu; default: LINYU_HOST and LINYU_PORT")
    parser.add_argument("--cases", type=Path, help="a file of your own cases instead of ours")
    parser.add_argument("--frozen", action="store_true", help="only the frozen sets, and nothing that is heard")
    parser.add_argument("--audio", type=Path, default=os.environ.get("LINYU_EVALUATION_AUDIO"), help="more recordings")
    parser.add_argument("--score", type=Path, help="score the answers in this folder; ask nothing")
    return parser.parse_args()


def collect(files: Iterable[Path], folder: Path, settings: Settings, url: str | None, now: datetime) -> None:
    """Ask all cases and save the answers, with the settings they were given under."""
    folder.mkdir(parents=True)
    per_minute = min(settings.conversations_per_minute, settings.requests_per_minute / 2)
    told = {"now": now.isoformat(), "encoder": settings.encoder, "conversations a minute": per_minute}
    (folder / "settings.json").write_text(json.dumps(told, indent=1))
    token = environment(settings)["LINYU_TOKEN"]
    with (
        LinyuClient(url or f"http://{settings.host}:{settings.port}", per_minute) as linyu,
        RasaChannel(f"http://127.0.0.1:{settings.rasa_port}", token, now) as rasa,
    ):
        for file in files:
            cases = read_cases(file)
            by_goal = [case for case in cases if case.goal]
            by_answer = [case for case in cases if case.is_policy]
            save(folder, "goals", file.stem, by_goal, goal_answers.collect(by_goal, linyu, rasa))
            save(folder, "policy", file.stem, by_answer, policy_answers.collect(by_answer, linyu))


def save(folder: Path, kind: str, name: str, cases: list[Case], answers: Iterator[dict[str, Any]]) -> None:
    if not cases:
        return
    with (folder / f"{kind}.{name}.answers.jsonl").open("w", encoding="utf-8") as file:
        for case, answer in track(zip(cases, answers, strict=True), f"{kind}: {name}", total=len(cases)):
            file.write(json.dumps({"case": asdict(case), "answer": answer}, ensure_ascii=False) + "\n")


def report(folder: Path, console: Console) -> dict[str, dict[str, Pairs]]:
    """Print the figures; write them and the misses beside the answers. Returns the answers by kind and file."""
    figures: dict[str, Any] = {}
    told: dict[str, dict[str, Pairs]] = {}
    for kind, (score, misses) in SCORES.items():
        files = sorted(folder.glob(f"{kind}.*.answers.jsonl"))
        by_file = {file.name.split(".answers")[0].removeprefix(f"{kind}."): load(file) for file in files}
        if not by_file:
            continue
        told[kind] = by_file
        everything = [pair for pairs in by_file.values() for pair in pairs]
        parts = {**by_file, **({"all": everything} if len(by_file) > 1 else {})}
        figures[kind] = {name: score(pairs) for name, pairs in parts.items()}
        lines = [json.dumps(miss, ensure_ascii=False) + "\n" for miss in misses(everything)]
        (folder / f"{kind}.misses.jsonl").write_text("".join(lines), "utf-8")
        console.print(table(kind, figures[kind]))
        console.print(f"{len(lines)} misses: {folder / f'{kind}.misses.jsonl'}")
    (folder / "scores.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    return told


def keep_aims(folder: Path, told: dict[str, dict[str, Pairs]]) -> None:
    """The figures of the frozen sets beside their aims, for evaluation/RESULTS.md."""
    settings = json.loads((folder / "settings.json").read_text("utf-8"))
    near = near_a_taught_one()
    now, encoder = datetime.fromisoformat(settings["now"]), {"encoder": settings["encoder"]}
    for title, kind, figures in (("Goals", "goals", goal_figures), ("Policy answers", "policy", policy_figures)):
        if kind in told:
            found = figures(told[kind], near)
            aims.keep(title, found, command="make evaluate", now=now, settings=encoder)
            Console().print(*(f"{one.name}: {one.value} ({one.aim_words}) {one.verdict}" for one in found), sep="\n")


def load(file: Path) -> Pairs:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [(Case(**line["case"]), line["answer"]) for line in lines]


def table(title: str, parts: dict[str, dict[str, Any]]) -> Table:
    """One column per file of cases; confusion pairs of the last below."""
    shown = Table(title=title)
    shown.add_column("")
    for name in parts:
        shown.add_column(name, justify="right")
    last = list(parts.values())[-1]
    for figure in [name for name in last if name != "confusion"]:
        values = [part[figure] for part in parts.values()]
        shown.add_row(figure, *["–" if v is None else f"{v:.4f}" if isinstance(v, float) else str(v) for v in values])
    for pair in last.get("confusion", []):
        blank = [""] * (len(parts) - 1)
        shown.add_row(f"  {pair['expected']} → {pair['actual']}", *blank, str(pair["cases"]))
    return shown


if __name__ == "__main__":
    main()
