"""Arrays on disk that can be computed again: a reader finds the old file or the new one, and a broken file is none."""

import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def read(file: Path) -> dict[str, npt.NDArray[Any]] | None:
    """By their names; None when the file is missing or broken."""
    try:
        with np.load(file, allow_pickle=False) as saved:
            return dict(saved)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


def write(file: Path, **arrays: Any) -> None:
    """Raises OSError when the disk is full."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as out:
        np.savez(out, **arrays)
    part.replace(file)
