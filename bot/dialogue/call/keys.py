"""Keys of a telephone as arithmetic: keys and seconds in, wishes out. No clock, no sound.

Keys help, they are never needed. While somebody talks: 0 person, 1 again, 2 the other language, * slower, # end. While
digits are awaited all ten keys are digits. A number that is keyed in unasked is not taken for wishes. In a menu or a
rating 0 is a person and * says it again; 9 tells the other half of the menu.
"""

from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["greeting", "talk", "digits", "menu", "choices", "rating"]
Wish = Literal["person", "again", "slower", "end", "other_language", "other_choices"]

DIGITS_AWAITED = frozenset({"phone", "number", "tail", "code", "contact"})
"""What is asked for that may be given by key."""
READ_BACK_SECONDS = 5.0
"""Without a key, before the digits so far are read back."""
TWICE_SECONDS = 1.0
"""Two * within this are **."""
MENU_CHOICES = 6
OTHER_CHOICES = "9"
"""Tells the other half of the menu: three choices stay in mind when they are only heard. All six keys work in either half."""
ROW_CHOICES = 9
"""So many of what a reply offers can be chosen by key."""
BEST_SCORE = 5
MOST_DIGITS = 20
TYPING_SECONDS = 2.0
"""Between two digits of one number."""
FEWEST_DIGITS = 4
"""Of a number that nobody asked for."""
TALK_KEYS: dict[str, Wish] = {"0": "person", "1": "again", "2": "other_language", "*": "slower", "#": "end"}


@dataclass(frozen=True)
class Wanted:
    """A key that means something by itself."""

    wish: Wish


@dataclass(frozen=True)
class DigitsGiven:
    """All digits, finished with #."""

    digits: str


@dataclass(frozen=True)
class DigitsPaused:
    """No key for a while: say what we have."""

    digits: str


@dataclass(frozen=True)
class Chosen:
    """A choice of the menu, 1 to 6, or of what the last reply offered, 1 to 9."""

    choice: int


@dataclass(frozen=True)
class Rated:
    score: int


KeyEvent = Wanted | DigitsGiven | DigitsPaused | Chosen | Rated


@dataclass
class CallKeys:
    """The keys of one call."""

    mode: Mode = "greeting"
    digits: str = ""
    """Pressed so far."""
    _since_key: float = field(default=0.0, init=False)
    _star_before: bool = field(default=False, init=False)
    _read_back: bool = field(default=False, init=False)

    def switch(self, mode: Mode) -> None:
        """What is awaited now; a change forgets digits that were begun."""
        if mode != self.mode:
            self.mode, self.digits = mode, ""
            self._star_before = self._read_back = False

    def press(self, key: str) -> KeyEvent | None:
        """What this key brings about; None when nothing yet."""
        twice = key == "*" and self._star_before and self._since_key <= TWICE_SECONDS
        soon = self._since_key <= TYPING_SECONDS
        self._star_before, self._since_key, self._read_back = key == "*", 0.0, False
        if self.mode == "digits":
            return self._digit(key, twice)
        if self.mode in ("menu", "choices"):
            return self._choice(key)
        if self.mode == "rating":
            return self._score(key)
        return self._unasked(key, soon=soon)

    def wait(self, seconds: float) -> KeyEvent | None:
        """So much time passes without a key."""
        self._since_key += seconds
        if self.mode == "digits" and self.digits and not self._read_back and self._since_key >= READ_BACK_SECONDS:
            self._read_back = True
            return DigitsPaused(self.digits)
        if self.mode in ("greeting", "talk") and self.digits and self._since_key > TYPING_SECONDS:
            given, self.digits = self.digits, ""
            if len(given) == 2 and given[-1] == "0":  # two keys, not a number
                return Wanted("person")
        return None

    def forget_digits(self) -> None:
        """They were spoken instead."""
        self.digits, self._read_back = "", False

    def _unasked(self, key: str, *, soon: bool) -> KeyEvent | None:
        """A key by itself is a wish; digits that follow each other soon are a number, and its 0 is no wish for a person."""
        typing = soon and bool(self.digits)
        if key.isdigit():
            self.digits = (self.digits + key)[:MOST_DIGITS] if typing else key
            if typing:
                return None
        else:
            given, self.digits = self.digits, ""
            if typing and len(given) >= 2:
                return DigitsGiven(given) if key == "#" and len(given) >= FEWEST_DIGITS else None
        wish = TALK_KEYS.get(key)
        return Wanted(wish) if wish else None

    def _digit(self, key: str, twice: bool) -> KeyEvent | None:
        if twice:
            return Wanted("person")
        if key == "*":
            self.digits = self.digits[:-1]
        elif key == "#":
            given, self.digits = self.digits, ""
            return DigitsGiven(given) if given else None
        elif key.isdigit():
            self.digits = (self.digits + key)[:MOST_DIGITS]
        return None

    def _choice(self, key: str) -> KeyEvent | None:
        if key.isdigit() and 1 <= int(key) <= (MENU_CHOICES if self.mode == "menu" else ROW_CHOICES):
            return Chosen(int(key))
        if key == OTHER_CHOICES and self.mode == "menu":
            return Wanted("other_choices")
        return self._person_or_again(key)

    def _score(self, key: str) -> KeyEvent | None:
        if key.isdigit() and 1 <= int(key) <= BEST_SCORE:
            return Rated(int(key))
        return self._person_or_again(key)

    def _person_or_again(self, key: str) -> KeyEvent | None:
        if key == "0":
            return Wanted("person")
        return Wanted("again") if key == "*" else None
