"""A sentence that a long pause cut in two: what could not be understood alone is heard together with what follows soon."""

from dataclasses import dataclass, field

LONGEST_PAUSE = 2.5
"""Seconds. Whoever goes on later has begun another sentence."""
LONGEST = 40
"""Characters; more is no beginning."""


@dataclass
class Fragments:
    """Of one caller. `now` is any clock in seconds, at the end of what was heard."""

    _beginning: str = field(default="", init=False)
    _at: float = field(default=0.0, init=False)

    def not_understood(self, text: str, now: float) -> None:
        """It may be the beginning of a sentence."""
        self._beginning, self._at = (text, now) if len(text) <= LONGEST else ("", now)

    def joined(self, text: str, now: float, speech_seconds: float) -> str:
        """The whole sentence, when this is its end; else these words as they are. A beginning is used once."""
        beginning, self._beginning = self._beginning, ""
        pause = now - self._at - speech_seconds
        if not beginning or not text or pause > LONGEST_PAUSE:
            return text
        space = " " if beginning[-1].isascii() and text[0].isascii() else ""
        return beginning + space + text
