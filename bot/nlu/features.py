"""What a sentence looks like to the classifier: characters, words and sounds, counted."""

import re
import unicodedata
from typing import List

from pypinyin import lazy_pinyin

HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z']+|\d+")


def normalise(text: str) -> str:
    """Full-width to half-width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def grams(text: str) -> List[str]:
    """Features of one sentence.

    Chinese: characters and toneless syllables, each in ones and twos (a recogniser that hears 助参 for
    助餐 keeps the sound). Latin script: words, word pairs, and pieces of words.
    """
    text = normalise(text)
    found: List[str] = []
    for run in HAN.findall(text):
        edged = f"^{run}$"
        found += list(edged) + [edged[i : i + 2] for i in range(len(edged) - 1)]
        sounds = lazy_pinyin(run)
        found += ["~" + sound for sound in sounds]
        found += ["~" + "-".join(pair) for pair in zip(sounds, sounds[1:])]
    words = LATIN.findall(text)
    found += ["w:" + word for word in words]
    found += ["w:" + " ".join(pair) for pair in zip(words, words[1:])]
    for word in words:
        edged = f"<{word}>"
        found += ["p:" + edged[i : i + 4] for i in range(max(1, len(edged) - 3))]
    return found
