"""The trained readers of sentences: fitted when what they learn from has changed, and checked before use.

A reader learns from `data/<name>/`: text files that anyone can extend, `<label>.<language>.txt`, one sentence a line.
A line in square brackets names the questions that the sentences below it answer; `#` starts a remark.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.language.names import tagger
from bot.language.readers.encoders import Encoder
from bot.language.readers.sentence_model import WEIGHTS, WORDS, Example, SentenceModel
from bot.language.text import normalise
from bot.operation import answer_examples
from bot.operation.ordinary_turns import ordinary_turns
from bot.settings import ROOT

MODELS = ROOT / "models" / "readers"
KEPT = 3
"""Older models stay for those who still run with them."""
CHECKSUM = "checksum.sha256"
CODE = (
    "bot/language/readers/encoder.py",
    "bot/language/readers/encoders.py",
    "bot/language/readers/grams.py",
    "bot/language/readers/linear.py",
    "bot/language/readers/mishearing.py",
    "bot/language/readers/network.py",
    "bot/language/readers/sentence_model.py",
    "bot/operation/readers.py",
    "requirements.lock",
)


@dataclass(frozen=True)
class Reader:
    folder: str
    """What it learns from, below the program's folder."""
    also: Callable[[], Sequence[Example]] = tuple
    """Further examples that the program itself knows."""
    choose: Callable[[Sequence[Example]], Sequence[Example]] = tuple
    """Which of the examples in the files are learnt from; all of them unless told otherwise."""


READERS: Mapping[str, Reader] = {
    "danger": Reader("data/danger", also=ordinary_turns),
    "answers": Reader(answer_examples.FOLDER, answer_examples.other_wishes, answer_examples.thinned),
}
"""One line for each reader."""


def ensure_all(encoder: Encoder | None, say: Callable[[str], None]) -> None:
    """Train the readers whose data changed."""
    for name in READERS:
        if not is_sound(folder_of(name, encoder)):
            say(f"training the reader “{name}” (seconds) …")
            ensure(name, encoder)
    tagger.ensure()


def ensure(name: str, encoder: Encoder | None) -> SentenceModel:
    """The reader for the present data, trained if need be. The encoder is a deep one."""
    folder = folder_of(name, encoder)
    if not is_sound(folder):
        save(SentenceModel.fit(examples_of(name), encoder), folder)
        for old in sorted(folder.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    return SentenceModel.load(folder, encoder)


def folder_of(name: str, encoder: Encoder | None) -> Path:
    """Where the reader for the present data lies, once it is trained."""
    return MODELS / name / fingerprint(name, encoder)


def fingerprint(name: str, encoder: Encoder | None) -> str:
    """Changes when anything the reader learns from does."""
    digest = hashlib.sha256((encoder.fingerprint if encoder else "none").encode())
    for example in examples_of(name):
        digest.update(f"{example.label}\0{example.asked}\0{example.text}\n".encode())
    for path in CODE:
        digest.update((ROOT / path).read_bytes())
    return digest.hexdigest()[:16]


def train_learnt(name: str, encoder: Encoder | None, learnt: Path, model: Path) -> None:
    """The reader that belongs to a candidate `model` of Rasa, with what staff taught; none when they taught nothing."""
    if list((learnt / name).glob("*.txt")):
        save(SentenceModel.fit(examples_of(name, learnt), encoder), learnt_folder(name, encoder, model))


def in_force(name: str, encoder: Encoder | None, model: Path | None) -> SentenceModel:
    """The reader that belongs to the active `model` of Rasa; that of the files when there is none for this program."""
    if model and is_sound(folder := learnt_folder(name, encoder, model)):
        return SentenceModel.load(folder, encoder)
    return ensure(name, encoder)


def learnt_folder(name: str, encoder: Encoder | None, model: Path) -> Path:
    """Beside the model's file; named after the program's own examples, so that an update does without it."""
    return model.with_name(model.name.removesuffix(".tar.gz") + ".readers") / name / fingerprint(name, encoder)


def examples_of(name: str, learnt: Path | None = None) -> list[Example]:
    """What the files hold, in a fixed order, then what the program adds and no file names, all in plain form.

    `learnt` holds more files, in a folder for each reader; what they say about a sentence goes before.
    """
    taught = _read_folder(learnt / name) if learnt else []
    decided = {(example.text, example.asked) for example in taught}
    of_files = _read_folder(ROOT / READERS[name].folder)
    written = taught + [example for example in of_files if (example.text, example.asked) not in decided]
    told = list(READERS[name].choose(written))
    known = {(example.text, example.asked) for example in told}
    added = [_plain(example) for example in READERS[name].also()]
    return told + [example for example in added if (example.text, example.asked) not in known]


def _read_folder(folder: Path) -> list[Example]:
    return [_plain(example) for file in sorted(folder.glob("*.txt")) for example in read_file(file)]


def _plain(example: Example) -> Example:
    return replace(example, text=normalise(example.text))


def read_file(file: Path) -> Iterator[Example]:
    """Its examples; the label is the file's name up to the first dot."""
    questions: list[str | None] = [None]
    for line in file.read_text("utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            questions = [question.strip() or None for question in line[1:-1].split(",")]
            continue
        yield from (Example(line, file.name.split(".")[0], question) for question in questions)


def save(model: SentenceModel, folder: Path) -> None:
    """The model with its checksum, put in place whole; another process may be doing the same."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
    model.save(work)
    (work / CHECKSUM).write_text(_sum(work))
    if folder.exists() and not is_sound(folder):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        os.rename(work, folder)
    except OSError:  # the other process was first
        shutil.rmtree(work, ignore_errors=True)


def is_sound(folder: Path) -> bool:
    """Is it there, and what our training made?"""
    files = [folder / name for name in (WORDS, WEIGHTS, CHECKSUM)]
    return all(file.exists() for file in files) and (folder / CHECKSUM).read_text() == _sum(folder)


def _sum(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (WORDS, WEIGHTS):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
