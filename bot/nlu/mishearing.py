"""Copies of examples as a speech recogniser would have misheard them: a syllable or two by other characters."""

import random
from typing import Dict, Iterable, List, Tuple

from pypinyin import lazy_pinyin

from bot.nlu.features import HAN


class Mishearing:
    """Knows the characters that sound alike among those of the given texts."""

    def __init__(self, texts: Iterable[str], chance: random.Random) -> None:
        self.chance = chance
        by_sound: Dict[str, List[str]] = {}
        for character in sorted({c for text in texts for c in "".join(HAN.findall(text))}):
            by_sound.setdefault(lazy_pinyin(character)[0], []).append(character)
        self.others: Dict[str, List[str]] = {
            character: [c for c in alike if c != character] for alike in by_sound.values() for character in alike
        }

    def mishear(self, text: str) -> str:
        """One or two characters replaced; the text itself when none sounds like another."""
        letters = list(text)
        places = [at for at, letter in enumerate(letters) if self.others.get(letter)]
        for at in self.chance.sample(places, min(len(places), self.chance.choice((1, 2)))):
            letters[at] = self.chance.choice(self.others[letters[at]])
        return "".join(letters)


def with_misheard(texts: List[str], seed: int) -> Tuple[List[str], List[int]]:
    """The texts followed by one misheard copy of each that can be misheard; and whose copy each row is."""
    mishearing = Mishearing(texts, random.Random(seed))
    copies = [(mishearing.mishear(text), at) for at, text in enumerate(texts)]
    copies = [(copy, at) for copy, at in copies if copy != texts[at]]
    return texts + [copy for copy, _ in copies], list(range(len(texts))) + [at for _, at in copies]
