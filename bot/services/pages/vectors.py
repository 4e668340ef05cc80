"""Vectors of the pages' sentences, kept on disk: encoding them all takes long, reading them back does not."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.services.pages import kept_arrays

Array = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns sentences into unit vectors, as `bot.language.readers.encoder.SentenceEncoder` does."""

    fingerprint: str
    size: int
    chinese_only: bool
    """Other languages are seen by their words."""

    def encode(self, sentences: Sequence[str]) -> Array: ...


def vectors_of(sentences: Sequence[str], encoder: Encoder, cache: Path | None) -> Array:
    """One row for each sentence. Only sentences that are not in the folder `cache` yet are encoded."""
    sentences = [sentence.lower() for sentence in sentences]
    file = cache / f"sentences-{encoder.fingerprint}.npz" if cache else None
    known = _read(file) if file else {}
    fresh = sorted({sentence for sentence in sentences if sentence not in known})
    if fresh:
        known.update(zip(fresh, encoder.encode(fresh), strict=True))
        if file:
            _write(file, {sentence: known[sentence] for sentence in sorted(set(sentences))})
    if not sentences:
        return np.zeros((0, encoder.size), dtype=np.float32)
    return np.stack([known[sentence] for sentence in sentences]).astype(np.float32)


def _read(file: Path) -> dict[str, Array]:
    """Empty when there is nothing to read: then everything is encoded again."""
    saved = kept_arrays.read(file) or {}
    try:
        return dict(zip(saved["sentences"].tolist(), saved["vectors"].astype(np.float32), strict=True))
    except (ValueError, KeyError):
        return {}


def _write(file: Path, vectors: dict[str, Array]) -> None:
    known = np.stack(list(vectors.values())).astype(np.float16)
    kept_arrays.write(file, sentences=np.array(list(vectors)), vectors=known)
