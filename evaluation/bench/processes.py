"""What all processes of one Linyu take together, as Linux counts it (proc(5))."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def processes_of(state_dir: Path) -> Iterator[Path]:
    """Their folders under /proc, without the measuring ones."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"LINYU_STATE_DIR={state_dir}".encode() not in (folder / "environ").read_bytes().split(b"\0"):
                continue
            if b"evaluation" not in (folder / "cmdline").read_bytes():
                yield folder
        except OSError:
            continue


def memory_mb(state_dir: Path) -> float:
    """Proportional set size."""
    total = 0.0
    for folder in processes_of(state_dir):
        with contextlib.suppress(OSError):
            total += _rollup_mb(folder, "Pss:")
    return round(total, 1)


def own_memory_mb(folder: Path) -> float:
    """What one process holds for itself: of files that others map too, its share changes when they come and go.

    Raises OSError when it has ended.
    """
    return _rollup_mb(folder, "Pss_Anon:")


def _rollup_mb(folder: Path, what: str) -> float:
    lines = (folder / "smaps_rollup").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(what)), 0) / 1024


def cpu_seconds(state_dir: Path) -> float:
    """Of the processors, in user and in system mode, since each process began."""
    ticks = 0
    for folder in processes_of(state_dir):
        try:
            fields = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
