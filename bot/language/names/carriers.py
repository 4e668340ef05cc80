"""The sentences that the tagger of names learns from: carriers of `data/names`, each with other names drawn for its own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.language.names.drawn import Names
from bot.language.text import normalise

WANTED, REFUSED, MENTIONED = "wanted", "refused", "mentioned"
_MARKS = {"[": WANTED, "{": REFUSED, "<": MENTIONED}
_PART = re.compile(r"\[(?P<w>[^\]]+)\]|\{(?P<r>[^}]+)\}|<(?P<m>[^>]+)>|\((?P<told>[㐀-鿿])\)")
_HAN = re.compile(r"[㐀-鿿]")
_NO_MARKS = re.compile(r"[,.。!?;、]")


@dataclass(frozen=True)
class Carrier:
    text: str
    """With its names in brackets."""
    questions: tuple[str | None, ...]
    """What it may answer; None: nothing was asked."""

    @property
    def names_somebody(self) -> bool:
        return bool(_PART.search(self.text))


@dataclass(frozen=True)
class Marked:
    """A sentence and the names in it: begin, end, and which of the three kinds."""

    text: str
    asked: str | None
    spans: tuple[tuple[int, int, str], ...] = ()


def read_carriers(folder: Path) -> list[Carrier]:
    """All of the files in a fixed order."""
    return [carrier for file in sorted(folder.glob("*.txt")) for carrier in _of_file(file)]


def _of_file(file: Path) -> Iterator[Carrier]:
    questions: tuple[str | None, ...] = (None,)
    for line in file.read_text("utf-8").splitlines():
        line = line.strip()
        if line.startswith("@"):
            named = [question.strip() for question in line[1:].split(",")]
            questions = tuple(None if question == "-" else question for question in named)
        elif line and not line.startswith("#"):
            yield Carrier(line, questions)


def fill(carrier: Carrier, asked: str | None, names: Names, random: Random) -> Marked:
    """The carrier with drawn names; half of the Chinese ones as a recogniser writes: without marks, or in small letters."""
    found = list(_PART.finditer(carrier.text))
    written = [_inside(part) for part in found if not part["told"]]
    drawn = names.draw(written, random)
    text, spans, end = "", [], 0
    for part in found:
        text += carrier.text[end : part.start()]
        end = part.end()
        if part["told"]:
            sign = drawn.signs.get(part["told"], part["told"])
            text += names.explained(sign, random)
            continue
        said = drawn.names[_inside(part)]
        spans.append((len(text), len(text) + len(said), _MARKS[part[0][0]]))
        text += said
    return as_heard(text + carrier.text[end:], asked, spans, random)


def _inside(part: re.Match[str]) -> str:
    return part["w"] or part["r"] or part["m"]


def as_heard(text: str, asked: str | None, spans: Sequence[tuple[int, int, str]], random: Random) -> Marked:
    """In plain form; some without marks and capitals, as they are when they were spoken."""
    spoken = random.random() < 0.4
    gap = "" if _HAN.search(text) else " "
    parts, marked, last = [], [], 0
    for start, end, label in spans:
        parts += [text[last:start], text[start:end]]
        marked.append(label)
        last = end
    parts.append(text[last:])
    plain, places = "", []
    for at, part in enumerate(parts):
        said = normalise_part(part)
        if spoken:
            said = _NO_MARKS.sub(gap, said) if at % 2 == 0 else said
            said = said.lower()
        if at % 2:
            places.append((len(plain), len(plain) + len(said), marked[at // 2]))
        plain += said
    return Marked(plain, asked, tuple(places))


def normalise_part(part: str) -> str:
    """As `normalise`, and the blanks at its ends stay."""
    lead, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return (lead + normalise(part) + tail) if part.strip() else part
