"""The audit's memory outside the database: files to which count, hash and signature of every head are added.

Nothing is ever taken away from them, so a database put back to an earlier state is found, and stays found. There are two:
`audit/anchor` beside the database, and the witness, which belongs on another disk or where logs are collected.
"""

import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

LAST_BYTES = 4096
"""More than enough for the last line."""
FIRST_ENTRIES = 100
"""So many may be written at the same moment before the first of them stands in the files."""


@dataclass(frozen=True)
class Anchored:
    count: int
    hash: str
    signature: str

    @property
    def signed_words(self) -> str:
        return f"{self.count} {self.hash}"


def begin(files: Sequence[Path]) -> None:
    """Empty files, before the first entry: from then on a file that is not there was taken away."""
    for file in files:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
        except OSError as error:
            log.error("the audit's anchor was not written: %s", type(error).__name__)


def is_begun(file: Path, count: int) -> bool:
    """Is it still empty because the first entries, `count` of them, are being written just now?"""
    return count <= FIRST_ENTRIES and file.exists() and file.stat().st_size == 0


def last_in(file: Path) -> Anchored | None:
    """The newest line; None when there is no file, or nothing in it that can be read."""
    if not file.exists():
        return None
    with file.open("rb") as lines:
        lines.seek(max(0, lines.seek(0, os.SEEK_END) - LAST_BYTES))
        complete = lines.read().decode("ascii", "replace").split("\n")[:-1]
    return _parsed(complete[-1]) if complete else None


def lines_of(file: Path) -> Iterator[Anchored | None]:
    """Every line, oldest first; None for one that cannot be read."""
    with file.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            yield _parsed(line)


def is_single(file: Path) -> bool:
    """Does it hold no more than one line?"""
    return file.exists() and file.stat().st_size < LAST_BYTES and sum(1 for _ in lines_of(file)) <= 1


def append(files: Sequence[Path], line: Anchored, *, after_a_gap: bool = False) -> None:
    """Add it, unless a thread that committed later was faster: then what it added covers this one.

    The commit has happened: failing to note it must not undo what the person sees, but must be seen in the log.
    """
    for file in files:
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "rb+") as out:
                fcntl.flock(out, fcntl.LOCK_EX)
                last = last_in(file)
                if last == line or (last and last.count > line.count and not after_a_gap):
                    continue
                _drop_torn_line(out.fileno())
                os.write(out.fileno(), f"{line.count} {line.hash} {line.signature}\n".encode("ascii"))
        except OSError as error:
            log.error("the audit's anchor was not written: %s", type(error).__name__)


def _drop_torn_line(descriptor: int) -> None:
    """What a power cut left without its end was never noted."""
    size = os.fstat(descriptor).st_size
    start = max(0, size - LAST_BYTES)
    tail = os.pread(descriptor, LAST_BYTES, start)
    if tail and not tail.endswith(b"\n"):
        os.ftruncate(descriptor, start + tail.rfind(b"\n") + 1)


def _parsed(line: str) -> Anchored | None:
    match line.split():
        case [count, digest, signature] if count.isascii() and count.isdigit():
            return Anchored(int(count), digest, signature)
    return None
