"""How long is one sentence read for danger? `python -m evaluation.bench.reading`, without a server.

Milliseconds from a text that was not read before to its alarm or none, for sentences that the reader learns from, since only
their length matters here.
"""

import argparse
import statistics
import time
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot import wiring
from bot.language.readers.danger import DangerReader
from bot.operation.readers import READERS, read_file
from bot.settings import ROOT
from evaluation import aims
from evaluation.aims import Figure

AIM_MS = 20
SENTENCES = 200
LANGUAGES = ("zh", "en")


def sentences(language: str, count: int) -> list[str]:
    """At most so many, spread evenly over what the reader learns from."""
    files = sorted((ROOT / READERS["danger"].folder).glob(f"*.{language}.txt"))
    said = list(dict.fromkeys(example.text for file in files for example in read_file(file)))
    return said[:: -(-len(said) // count)]


def times(reader: DangerReader, said: Sequence[str]) -> list[float]:
    """Milliseconds for each sentence, the first reading of it."""
    taken = []
    for text in said:
        start = time.perf_counter()
        reader.read(text)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def figures(language: str, taken: Sequence[float]) -> list[Figure]:
    """The middle and the slow end; `taken` in milliseconds, at least two."""
    cuts = statistics.quantiles(taken, n=20, method="inclusive")
    named = (("p50", cuts[9]), ("p95", cuts[18]))
    return [
        Figure(f"danger in one sentence, {name}, ms, {language}", round(value, 1), "<=", AIM_MS, len(taken))
        for name, value in named
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="of each language")
    count = parser.parse_args().sentences
    reader = wiring.danger_reader(wiring.settings().encoder_name)
    reader.read("你好")
    table = Table("figure", "value", "aim", "")
    kept: list[Figure] = []
    for language in LANGUAGES:
        kept += figures(language, times(reader, sentences(language, count)))
    for figure in kept:
        table.add_row(figure.name, str(figure.value), figure.aim_words, figure.verdict.replace("*", ""))
    Console().print(table)
    settings = {"encoder": wiring.settings().encoder}
    aims.keep("Reading time", kept, command="python -m evaluation.bench.reading", now=wiring.now(), settings=settings)


if __name__ == "__main__":
    main()
