"""Names that are drawn for those written in a carrier: of the same kind, from the lists in `data/names/drawn`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.language.zh.surnames import DOUBLE, TITLE

_HAN = re.compile(r"[㐀-鿿]")
_TITLED = re.compile(rf"(?P<surname>(?:{DOUBLE})|.)(?P<title>{TITLE})")
_BY_AGE = re.compile(r"(?P<age>[老小])(?P<surname>.)")
_DOUBLE = re.compile(DOUBLE)
KEPT = "="
"""Before a name that stays as it is written."""


@dataclass
class Drawn:
    names: dict[str, str] = field(default_factory=dict)
    """For each written name the one that stands in its place."""
    signs: dict[str, str] = field(default_factory=dict)
    """The same for single signs."""


class Names:
    """The lists, or a `share` of them: names of the one part never meet those of the other."""

    def __init__(self, folder: Path, explaining: dict[str, list[str]], part: range = range(10)) -> None:
        """`part` are the tenths of each list that are drawn from; `explaining` tells words that hold a sign."""
        self.explaining = explaining
        surnames = _lines(folder / "surnames.zh.txt")
        self.usual, self.rare = (_share(list(line), part) for line in surnames[:2])
        self.double = _share(surnames[2].removeprefix("double:").split(), part)
        given = _lines(folder / "given.zh.txt")
        begin = given.index("whole:")
        self.given = [signs for line in given[:begin] if (signs := _share(list(line), part))]
        self.whole = _share([name for line in given[begin + 1 :] for name in line.split()], part)
        self.others = _share([name for line in _lines(folder / "others.zh.txt") for name in line.split()], part)
        self.any_signs = _share(sorted({sign for word in explaining for sign in word}), part)
        people = [line.split(": ", 1) for line in _lines(folder / "people.en.txt")]
        self.english = {
            kind: [_share(names.split("|" if kind == "with" else None), part if kind != "with" else range(10)) for of, names in people if of == kind]
            for kind in ("given", "family", "Chinese", "Asian", "with")
        }  # fmt: skip

    def draw(self, written: Sequence[str], random: Random) -> Drawn:
        """A name for each; what is shared between them (王丽 and 王莉, 娄望山 and 望山) stays shared."""
        drawn = Drawn()
        for name in sorted(set(written), key=lambda one: (-len(one), one)):
            whole = next((other for other in drawn.names if other != name and other.endswith(name)), None)
            begun = next((other for other in drawn.names if other != name and other.startswith(name)), None)
            if name.startswith(KEPT):
                drawn.names[name] = name.removeprefix(KEPT)
            elif not _HAN.search(name):
                drawn.names[name] = self._english(name, drawn, random)
            elif whole and len(whole) > len(name):
                drawn.names[name] = drawn.names[whole][-min(len(name), len(drawn.names[whole]) - 1) :]
            elif begun:
                drawn.names[name] = drawn.names[begun][: len(name) if not _DOUBLE.match(drawn.names[begun]) else 2]
            else:
                drawn.names[name] = self._chinese(name, drawn, random)
            if _HAN.match(name) and not name.startswith(KEPT):
                self._note_signs(name, drawn)
        return drawn

    def explained(self, sign: str, random: Random) -> str:
        """石头的石."""
        words = self.explaining.get(sign)
        return f"{random.choice(words)}的{sign}" if words else f"{sign}字"

    def _note_signs(self, name: str, drawn: Drawn) -> None:
        new = drawn.names[name]
        surname = 2 if _DOUBLE.match(new) else 1
        drawn.signs.setdefault(name[0], new[surname - 1])
        for at, sign in enumerate(name[1:]):
            drawn.signs.setdefault(sign, new[min(surname + at, len(new) - 1)])

    def _surname(self, random: Random) -> str:
        chance = random.random()
        return random.choice(self.usual if chance < 0.55 else self.rare if chance < 0.93 else self.double)

    def _given(self, random: Random) -> str:
        chance = random.random()
        if chance < 0.2:
            return random.choice(self.whole)
        if chance < 0.35:
            return "".join(random.choices(self.any_signs, k=random.choice((1, 2, 2))))
        if chance < 0.7:
            return "".join(random.choices(random.choice(self.given), k=random.choice((1, 2, 2))))
        return "".join(random.choice(random.choice(self.given)) for _ in range(random.choice((1, 2, 2))))

    def _chinese(self, name: str, drawn: Drawn, random: Random) -> str:
        shared = next((drawn.signs[name[0]] for other in drawn.names if other[:1] == name[:1]), None)
        surname = shared if shared and random.random() < 0.8 else self._surname(random)
        if "·" in name or (name.startswith("阿") and len(name) > 3):
            return random.choice(self.others)
        if titled := _TITLED.fullmatch(name):
            return surname + random.choice((titled["title"], random.choice(TITLE.split("|"))))
        if aged := _BY_AGE.fullmatch(name):
            return aged["age"] + random.choice(self.usual)
        if len(name) == 1:
            return surname
        if len(name) == 2 and name in self.whole:
            return random.choice(self.whole)
        if random.random() < 0.03:
            return random.choice(self.others)
        return surname + self._given(random)

    def _english(self, name: str, drawn: Drawn, random: Random) -> str:
        words = name.split()
        if len(words) == 1:
            of_another = [
                part for other in drawn.names if name in other.split() for part in [_part_of(other, name, drawn)]
            ]
            if of_another:
                return of_another[0]
            return _changed(random.choice(random.choice(self.english["given"] + self.english["family"])), random)
        chance = random.random()
        if chance < 0.2:
            ours = random.choice((self.english["Chinese"][0], self.english["Asian"][0]))
            return " ".join(random.sample(ours, k=random.choice((2, 2, 3))))
        given = [
            _changed(random.choice(random.choice(self.english["given"])), random)
            for _ in range(2 if chance > 0.85 else 1)
        ]
        family = [_changed(random.choice(random.choice(self.english["family"])), random)]
        between = [random.choice(self.english["with"][0])] if chance < 0.3 else []
        return " ".join([*given, *between, *family])


def _part_of(whole: str, part: str, drawn: Drawn) -> str:
    """Rosa of Rosa Almeida: the first or the last word of the drawn name."""
    words = drawn.names[whole].split()
    return words[0] if whole.split()[0] == part else words[-1]


def _changed(name: str, random: Random) -> str:
    """One name in four with other vowels: nobody has a list of all names."""
    if random.random() < 0.75:
        return name
    other = {vowel: random.choice("aeiou") for vowel in "aeiou"}
    return (name[0] + "".join(other.get(letter, letter) for letter in name[1:])).capitalize()


def _share(names: list[str], part: range) -> list[str]:
    return [name for at, name in enumerate(names) if at % 10 in part]


def _lines(file: Path) -> list[str]:
    lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]
