"""When is a speaker's turn over, and when has nobody spoken for too long? Arithmetic on seconds; no audio, no clock.

Waiting longer than a person would is meant: many callers are old and pause in mid-sentence, and being cut off is worse than
waiting a second.
"""

import math
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class WaitingTimes:
    """Seconds of silence after which a turn is over."""

    usual: float = 1.0
    yes_or_no: float = 0.7
    open_question: float = 2.0
    """After a question that makes people think."""
    digits: float = 2.5
    """While digits are being read out: people look at a card and breathe between groups."""
    digits_complete: float = 0.6
    unfinished: float = 2.0
    """When the last word was a hesitation or announces more."""
    longest_turn: float = 30.0
    """Seconds of a whole turn; then it is over, whatever is heard."""
    still_there: float = 8.0
    """Seconds without a word before we ask whether anyone is there; after as many again we say goodbye."""


PUSH_TO_TALK = WaitingTimes(
    usual=math.inf,
    yes_or_no=math.inf,
    open_question=math.inf,
    digits=math.inf,
    digits_complete=math.inf,
    unfinished=math.inf,
    still_there=math.inf,
)
"""The speaker says when the turn is over, by letting the button go; only its length is bounded."""

YES_OR_NO = frozenset({"confirmation", "keep_draft", "resume_draft"})
OPEN_QUESTIONS = frozenset({"description", "reason", "comment"})
DIGITS = {"phone": 11, "number": 8, "tail": 4, "code": 6, "contact": 11}
"""What is given in digits, and how many there are when it is complete."""
# fmt: off
UNFINISHED = (
    "嗯", "呃", "额", "哦", "那个", "这个", "然后", "就是", "还有", "因为", "所以", "但是", "而且", "或者", "如果", "要是", "和", "跟", "我想", "我要", "我", "那", "就",
    "um", "uh", "er", "and", "or", "but", "because", "so", "if", "the", "a", "my", "to", "i",
)
# fmt: on
DIGIT_CHARACTERS = frozenset("0123456789零〇洞幺一二两三四五六七八九拐勾")
DIGIT_WORDS = frozenset(("zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))

SPOKE_ON_SECONDS = 1.2
"""Whoever speaks again so soon after their turn was over had only paused."""
OF_OWN_PAUSE = 1.5
"""So many times as long as a speaker's own pause is waited for them."""
FORGOTTEN = 0.8
"""What is left of the longest pause with each further turn."""

Verdict = Literal["waiting", "speaking", "over"]


class OwnPauses:
    """How long one speaker is silent within a sentence, learnt from the silences after which they spoke on."""

    def __init__(self) -> None:
        self._longest = 0.0

    def spoke_on(self, silence: float) -> None:
        self._longest = max(self._longest, silence)

    def next_turn(self) -> None:
        self._longest *= FORGOTTEN

    @property
    def patience(self) -> float:
        """Seconds of silence that this speaker needs."""
        return OF_OWN_PAUSE * self._longest


class TurnEnd:
    """One turn: seconds in, "is it over?" out."""

    def __init__(
        self, awaiting: str | None = None, times: WaitingTimes | None = None, own: OwnPauses | None = None
    ) -> None:
        """`own` outlives the turn: the speaker's pauses in those before."""
        self._awaiting = awaiting
        self._times = times or WaitingTimes()
        self._own = own or OwnPauses()
        self.silence = 0.0
        """Seconds since the last speech of this turn."""
        self.seconds = 0.0
        """How long this turn has lasted."""
        self.spoken = 0.0
        """Seconds of speech in this turn."""

    def add(self, seconds: float, *, is_speech: bool, text: str = "") -> Verdict:
        """`text` is what has been understood in this turn so far. "waiting" means that nobody has begun to speak."""
        if is_speech:
            if self.spoken and self._awaiting not in DIGITS:  # between groups of digits people look at a card
                self._own.spoke_on(self.silence)
            self.spoken += seconds
            self.silence = 0.0
        elif self.spoken:
            self.silence += seconds
        if not self.spoken:
            return "waiting"
        self.seconds += seconds
        if self.seconds >= self._times.longest_turn:
            return "over"
        # A hair's breadth, since pieces of 0.1 s do not add up to exactly one second.
        return "over" if self.silence >= self.patience(text) - 1e-6 else "speaking"

    def patience(self, text: str) -> float:
        """Seconds of silence that end the turn, after these words."""
        times = self._times
        if self._awaiting in DIGITS:
            return times.digits_complete if count_digits(text) >= DIGITS[self._awaiting] else times.digits
        if self._awaiting in OPEN_QUESTIONS:
            return times.open_question
        if is_unfinished(text):
            return times.unfinished
        if self._awaiting in YES_OR_NO:
            return max(times.yes_or_no, min(self._own.patience, times.usual))
        return max(times.usual, min(self._own.patience, times.unfinished))


class Patience:
    """How long nobody has said a word that we understood."""

    def __init__(self, times: WaitingTimes | None = None) -> None:
        self._limit = (times or WaitingTimes()).still_there
        self._silence = 0.0
        self._asked = False

    def understood(self) -> None:
        """Somebody is there."""
        self._silence, self._asked = 0.0, False

    def rest(self) -> None:
        """We have just spoken ourselves: count from here, but remember whether we asked already."""
        self._silence = 0.0

    def add(self, seconds: float) -> Literal["still_there", "gave_up"] | None:
        """After so many more seconds without a word: first "still_there", later "gave_up", in turn."""
        self._silence += seconds
        if self._silence < self._limit:
            return None
        self._silence, self._asked = 0.0, not self._asked
        return "still_there" if self._asked else "gave_up"


def count_digits(text: str) -> int:
    """How many digits were read out, in either language."""
    return sum(c in DIGIT_CHARACTERS for c in text) + sum(word in DIGIT_WORDS for word in text.lower().split())


def is_unfinished(text: str) -> bool:
    """Whether the last word hesitates or announces more."""
    text = text.lower().rstrip()
    return any(text == end or text.endswith(end if not end.isascii() else f" {end}") for end in UNFINISHED)
