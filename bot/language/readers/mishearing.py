"""Copies of examples as a speech recogniser would have misheard them: some characters by others that sound alike.

Read by the app (Python 3.12) and by Rasa's environment (3.10), so it keeps to 3.10 syntax.
"""

import random
from collections.abc import Iterable

from pypinyin import lazy_pinyin

from bot.language.readers.grams import HAN

NEARLY_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"), ("hu", "f"))
"""Beginnings of syllables that Hubei speakers, and recognisers, take for each other; so they do -n and -ng."""
MISHEARD_SHARE = 0.25
"""Of the characters in a badly heard sentence."""


class Mishearing:
    """Knows the characters that sound alike among those of the given texts."""

    def __init__(self, texts: Iterable[str], chance: random.Random) -> None:
        self.chance = chance
        sounds = {c: lazy_pinyin(c)[0] for c in sorted({c for text in texts for c in "".join(HAN.findall(text))})}
        self.alike = _others(sounds)
        self.nearly_alike = _others({character: _coarse(sound) for character, sound in sounds.items()})

    def slightly(self, text: str) -> str:
        """One or two characters replaced by same-sounding ones; the text itself when none sounds like another."""
        letters = list(text)
        places = [at for at, letter in enumerate(letters) if self.alike.get(letter)]
        for at in self.chance.sample(places, min(len(places), self.chance.choice((1, 2)))):
            letters[at] = self.chance.choice(self.alike[letters[at]])
        return "".join(letters)

    def badly(self, text: str) -> str:
        """A quarter of the characters replaced by ones that sound nearly alike."""
        letters = list(text)
        for at, letter in enumerate(letters):
            if self.nearly_alike.get(letter) and self.chance.random() < MISHEARD_SHARE:
                letters[at] = self.chance.choice(self.nearly_alike[letter])
        return "".join(letters)


def with_misheard(texts: list[str], seed: int) -> tuple[list[str], list[int]]:
    """The texts, then up to two misheard copies of each that can be misheard; and whose copy each row is."""
    mishearing = Mishearing(texts, random.Random(seed))
    copies = [(mishearing.slightly(text), at) for at, text in enumerate(texts)]
    copies += [(mishearing.badly(text), at) for at, text in enumerate(texts)]
    copies = [(copy, at) for copy, at in copies if copy != texts[at]]
    return texts + [copy for copy, _ in copies], list(range(len(texts))) + [at for _, at in copies]


def _others(sounds: dict[str, str]) -> dict[str, list[str]]:
    """For each character all others of the same sound."""
    by_sound: dict[str, list[str]] = {}
    for character, sound in sounds.items():
        by_sound.setdefault(sound, []).append(character)
    return {c: [other for other in by_sound[sound] if other != c] for c, sound in sounds.items()}


def _coarse(sound: str) -> str:
    for exact, like in NEARLY_ALIKE:
        if sound.startswith(exact):
            sound = like + sound[len(exact) :]
            break
    return sound[:-1] if sound.endswith("ng") else sound
