"""A resident without a plan: random true-to-life turns, and what must hold whatever is said.

LINYU_DEMO_DATA=false scripts/with-linyu .venv/bin/python -m evaluation.monkey.run --conversations 100 --seed 1
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rich.console import Console
from rich.progress import track

from bot import wiring
from bot.store.store import Store
from bot.turns import Turn
from evaluation import aims
from evaluation.aims import Figure
from evaluation.monkey.invariants import broken
from evaluation.monkey.words import BYE, STOP, next_words
from evaluation.residents import catalogue, records
from evaluation.residents.records import Booked, Filed
from evaluation.residents.talk import NoAnswer, Talk

RESULTS = Path(__file__).parent.parent / "results" / "monkey.jsonl"
TURNS = (4, 16)
ENDING = 4
"""A conversation is over when nothing is asked any more after so many times "forget it" and "goodbye"."""
NAMES = (
    "a draft was lost without a word",
    "written without a read-back that names it",
    "a question three times in the same words",
    "could not be ended",
    "danger did not win",
    "no answer came",
)
COMMAND = "LINYU_DEMO_DATA=false scripts/with-linyu .venv/bin/python -m evaluation.monkey.run"


@dataclass(frozen=True)
class Roamed:
    seed: int
    broken: list[str]
    said: list[dict[str, Any]]


def main() -> None:
    options = read_options()
    catalogue.load(wiring.store())
    chosen = wiring.settings()
    url = options.url or f"http://{chosen.host}:{chosen.port}"
    seeds = range(options.seed * 1_000_000, options.seed * 1_000_000 + options.conversations)
    with ThreadPoolExecutor(options.at_once) as threads:
        going = [threads.submit(roam, url, wiring.store(), seed) for seed in seeds]
        roamed = [one.result() for one in track(going, "conversations", console=Console(stderr=True))]
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(vars(one), ensure_ascii=False) + "\n" for one in roamed if one.broken]
    RESULTS.write_text("".join(lines), "utf-8")
    figures = score(roamed)
    for figure in figures:
        Console().print(f"{figure.name}: {figure.value} ({figure.aim_words}) {figure.verdict.strip('*')}")
    asked = f" --conversations {options.conversations} --seed {options.seed}"
    aims.keep("Monkey", figures, command=COMMAND + asked, now=wiring.now(), settings={"encoder": chosen.encoder})


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?", help="address of a running Linyu; default: LINYU_HOST and LINYU_PORT")
    parser.add_argument("--conversations", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="the same seed says the same words to the same answers")
    parser.add_argument("--at-once", type=int, default=2)
    return parser.parse_args()


def roam(url: str, store: Store, seed: int) -> Roamed:
    """One conversation of a length, a language and words that the seed decides."""
    chance = Random(seed)
    english = chance.random() < 0.25
    language = "en" if english else "zh"
    turns: list[Turn] = []
    danger: list[bool] = []
    said: list[str] = []
    with Talk(url, store, language) as talk:

        def speak(words: str, is_danger: bool) -> Turn:
            answer = talk.say(words)
            turns.append(answer)
            danger.append(is_danger)
            said.append(words)
            return answer

        turn: Turn | None = None
        ended, answered = False, True
        try:
            for _ in range(chance.randint(*TURNS)):
                turn = speak(*next_words(chance, turn.state.awaiting if turn else None, english))
            ended = _end(speak, english)
        except NoAnswer:
            answered = False
        written: list[Booked | Filed] = [*records.bookings_of(store, talk.id), *records.cases_of(store, talk.id)]
    found = broken(turns, danger, written, language) + (
        [] if ended else ["could not be ended" if answered else "no answer came"]
    )
    return Roamed(seed, found, [_line(words, turn) for words, turn in zip(said, turns, strict=True)])


def _end(speak: Any, english: bool) -> bool:
    """Stop what is open, then say goodbye; True when nothing is asked any more."""
    for _ in range(ENDING):
        if not speak(STOP[0 if english else 1], False).state.form:
            break
    return any(not speak(BYE[0 if english else 1], False).state.form for _ in range(ENDING))


def _line(words: str, turn: Turn) -> dict[str, Any]:
    state = turn.state
    return {"said": words, "goal": turn.goal, "form": state.form, "awaiting": state.awaiting,
            "replies": [reply.text for reply in turn.replies]}  # fmt: skip


def score(roamed: Sequence[Roamed]) -> list[Figure]:
    """How often each invariant was broken; all are wanted to be nought."""
    counts = Counter(name for one in roamed for name in one.broken)
    return [Figure(name, counts[name], "<=", 0, len(roamed)) for name in NAMES]


if __name__ == "__main__":
    main()
