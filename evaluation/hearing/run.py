"""How well do we hear? Part of `make evaluate`; alone: python -m evaluation.hearing.run [--audio FOLDER] [--score FOLDER]

Sentences are spoken by Kokoro voices that never speak replies; real people stand in evaluation/audio, and in the folder
of --audio or LINYU_EVALUATION_AUDIO (a manifest.tsv with file and transcript).
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot import wiring
from bot.operation.environment import environment
from evaluation.hearing import collect, score
from evaluation.hearing.callers import Callers
from evaluation.linyu_client import RasaChannel

RESULTS = Path(__file__).parent.parent / "results"
OURS = Path(__file__).parent.parent / "audio"
PARTS = {"recordings": (score.recordings,), "spoken": (score.goals, score.slots)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--audio", type=Path, default=os.environ.get("LINYU_EVALUATION_AUDIO"), help="more recordings")
    parser.add_argument(
        "--every", type=int, default=1, help="only every so-manieth case and recording, for a quick look"
    )
    parser.add_argument("--score", type=Path, help="score what is in this folder; hear nothing")
    options = parser.parse_args()
    folder: Path = options.score or RESULTS / f"{wiring.now():%Y-%m-%dT%H-%M-%S}"
    if not options.score:
        folder.mkdir(parents=True)
        hear(folder, options.audio, options.every)
    report(folder, Console())


def hear(folder: Path, audio: Path | None, every: int = 1) -> None:
    """Let both ears hear everything, or every so-manieth case, and keep it."""
    settings = wiring.settings()
    ears = collect.TwoEars()
    places = [OURS, *([Path(audio)] if audio else [])]
    people = [collect.pcm_of(path) for place in places for path in sorted(place.glob("**/*.wav"))][:60]
    cases = collect.sentences()
    callers = Callers(RESULTS / "callers")
    others = people or [callers.say(case.text, case.language, case.number)[1] for case in cases[:24]]
    with RasaChannel(
        f"http://127.0.0.1:{settings.rasa_port}", environment(settings)["LINYU_TOKEN"], wiring.now()
    ) as rasa:
        save(folder / "hearing.spoken.jsonl", collect.spoken(cases[::every], others, callers, ears, rasa))
    save(folder / "hearing.recordings.jsonl", collect.recordings(places, ears, every))


def save(file: Path, rows: Any) -> None:
    with file.open("w", encoding="utf-8", buffering=1) as lines:
        for row in track(rows, file.stem):
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def report(folder: Path, console: Console) -> None:
    """Print the figures; write them and the misses beside what was heard."""
    figures: dict[str, score.Figures] = {}
    for part, scores in PARTS.items():
        file = folder / f"hearing.{part}.jsonl"
        if file.exists():
            rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
            figures |= {f"hearing: {one.__name__}": one(rows) for one in scores if rows}
            if part == "spoken":
                lines = [json.dumps(miss, ensure_ascii=False) + "\n" for miss in score.misses(rows)]
                (folder / "hearing.misses.jsonl").write_text("".join(lines), "utf-8")
    for title, table in figures.items():
        console.print(drawn(title, table))
    (folder / "hearing.scores.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")


def drawn(title: str, parts: score.Figures) -> Table:
    """One line per condition; one column per figure."""
    names = list(dict.fromkeys(name for part in parts.values() for name in part))
    table = Table("", *names, title=title)
    for part, figures in parts.items():
        shown = [figures.get(name) for name in names]
        table.add_row(part, *["–" if v is None else f"{v:.3f}" if isinstance(v, float) else str(v) for v in shown])
    return table


if __name__ == "__main__":
    main()
