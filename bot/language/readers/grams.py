"""What a sentence looks like to a linear model: characters, words and sounds, counted.

Read by the app (Python 3.12) and by Rasa's environment (3.10), so it keeps to 3.10 syntax.
"""

import re
import unicodedata
from itertools import pairwise

from pypinyin import lazy_pinyin

HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z']+|\d+")


def normalise(text: str) -> str:
    """Full-width to half-width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def grams(text: str) -> list[str]:
    """Features of one sentence.

    Chinese: characters and toneless syllables, each in ones and twos (a recogniser that hears 助参 for
    助餐 keeps the sound). Latin script: words, word pairs, and pieces of words.
    """
    text = normalise(text)
    found: list[str] = []
    for run in HAN.findall(text):
        edged = f"^{run}$"
        found += list(edged) + [edged[i : i + 2] for i in range(len(edged) - 1)]
        sounds = lazy_pinyin(run)
        found += ["~" + sound for sound in sounds]
        found += ["~" + "-".join(pair) for pair in pairwise(sounds)]
    words = LATIN.findall(text)
    found += ["w:" + word for word in words]
    found += ["w:" + " ".join(pair) for pair in pairwise(words)]
    for word in words:
        edged = f"<{word}>"
        found += ["p:" + edged[i : i + 4] for i in range(max(1, len(edged) - 3))]
    return found
