"""Simulated residents talk to a running Linyu whose state is thrown away; what then stands in its database is judged.

    LINYU_DEMO_DATA=false scripts/with-linyu .venv/bin/python -m evaluation.residents.run --split dev

`--split test` is for the final figure only: do not read its misses to mend something.
"""

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot import wiring
from evaluation import aims
from evaluation.residents import catalogue, score
from evaluation.residents.conversation import Held, hold
from evaluation.residents.profiles import Profile, read_newer, read_profiles

RESULTS = Path(__file__).parent.parent / "results" / "residents"
AT_ONCE = 2
SPLITS = ("dev", "test")
COMMAND = "LINYU_DEMO_DATA=false scripts/with-linyu .venv/bin/python -m evaluation.residents.run"


def main() -> None:
    options, chosen = read_options(), wiring.settings()
    if options.score:
        held = load(options.score)
    else:
        if options.folder:
            known = read_profiles(options.folder, dev_only=True)
        else:
            known = read_newer() if options.newer else read_profiles()
        profiles = [one for one in known if options.split in (None, one.split) and options.only in one.id]
        catalogue.load(wiring.store(), wiring.now())
        held = talk(options.url or f"http://{chosen.host}:{chosen.port}", profiles, options.times, options.at_once)
        save(held)
    figures = [
        figure for split in SPLITS if (part := [one for one in held if one.profile.split == split])
        for figure in score.figures(part, split)
    ]  # fmt: skip
    figures += [figure for field in ("language", "topic") for figure in score.by(held, field)]
    report(figures, held)
    if not (options.only or options.newer or options.folder):
        asked = "".join(
            f" --{name} {value}" for name, value in (("split", options.split), ("times", options.times)) if value
        )
        settings = {"encoder": chosen.encoder}
        aims.keep("Simulated residents", figures, command=COMMAND + asked, now=wiring.now(), settings=settings)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", help="address of a running Linyu; default: LINYU_HOST and LINYU_PORT")
    parser.add_argument("--split", choices=SPLITS, help="only these residents")
    parser.add_argument("--only", default="", help="only residents with this in their id, such as bookings-zh")
    parser.add_argument("--newer", action="store_true", help="the residents of the newer topics, all of them dev")
    parser.add_argument("--folder", type=Path, help="the residents of another folder, all of them dev")
    parser.add_argument("--times", type=int, default=1, help="how many conversations each resident holds")
    parser.add_argument("--score", type=Path, help="count the verdicts in this file again; talk to nobody")
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help="how many talk at the same time")
    return parser.parse_args()


def talk(url: str, profiles: Sequence[Profile], times: int, at_once: int) -> list[Held]:
    """All conversations, some at the same time; in the order of the residents."""
    store, now = wiring.store(), wiring.now()
    wanted = [(profile, run) for run in range(times) for profile in profiles]
    with ThreadPoolExecutor(at_once) as threads:
        going = [threads.submit(hold, url, store, profile, run, now) for profile, run in wanted]
        return [one.result() for one in track(going, "residents", console=Console(stderr=True))]


def save(held: Sequence[Held]) -> None:
    """Every conversation with its verdict, one a line; not committed."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    for name, chosen in (("conversations", held), ("misses", [one for one in held if not one.success])):
        lines = [json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in chosen]
        (RESULTS / f"{name}.jsonl").write_text("".join(lines), "utf-8")


def load(file: Path) -> list[Held]:
    """Saved conversations with their verdicts."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [Held(**{**row, "profile": Profile(**row["profile"]), "wrong": tuple(row["wrong"])}) for row in rows]


def report(figures: Sequence[aims.Figure], held: Sequence[Held]) -> None:
    table = Table("figure", "value", "aim", "", "cases", title="simulated residents")
    for figure in figures:
        table.add_row(figure.name, str(figure.value), figure.aim_words, figure.verdict.strip("*"), str(figure.of))
    console = Console()
    console.print(table)
    for name, count in score.faults(held):
        console.print(f"  {count:4}  {name}")


if __name__ == "__main__":
    main()
