"""Does the caller speak the other language? Scores in, a change or none out. No sound, no dialogue.

A recogniser hears its own language in everything, often at full confidence, so no score alone changes anything: the words
of the other one must also make sense to the dialogue where ours did not.
"""

from dataclasses import dataclass, field

from bot.turns import Language

OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}
SURE = 0.7
"""Least confidence of the other recogniser."""
BETTER_BY = 0.2
"""So much surer than ours."""
IN_A_ROW = 2
"""So many such utterances change the language; the next one changes it back when it was a mistake."""


@dataclass(frozen=True)
class Reading:
    """One utterance as both recognisers heard it. Where the other one was not asked, its confidence is 0."""

    ours: float
    theirs: float
    understood: bool
    """Our words, by the dialogue."""
    other_makes_sense: bool
    """The other recogniser's words, to the dialogue."""

    @property
    def clearly_other(self) -> bool:
        return (
            self.other_makes_sense
            and not self.understood
            and self.theirs >= SURE
            and self.theirs - self.ours >= BETTER_BY
        )


@dataclass
class SpokenLanguage:
    """Of one call."""

    _other_in_a_row: int = field(default=0, init=False)
    _on_trial: bool = field(default=False, init=False)
    """We have changed by ear alone, and nothing was understood since."""

    def changes(self, reading: Reading) -> bool:
        """True when the call goes on in the other language from this utterance on."""
        if not reading.clearly_other:
            self._other_in_a_row = 0
            if reading.understood:
                self._on_trial = False
            return False
        self._other_in_a_row += 1
        if not self._on_trial and self._other_in_a_row < IN_A_ROW:
            return False
        self._on_trial = not self._on_trial  # back again is no trial: it is what was spoken before
        self._other_in_a_row = 0
        return True

    def chosen(self) -> None:
        """By key or by asking: what was heard before counts no more."""
        self._other_in_a_row, self._on_trial = 0, False
