"""May the caller interrupt us now? By key at once; by voice only when it is really speech. Arithmetic, no sound."""

import re
from dataclasses import dataclass, field
from typing import Literal

LONG_ENOUGH_SECONDS = 0.3
"""Of speech, before a recognised word stops us: a cough or a television does not."""
_HUMS = re.compile(r"(?:[嗯恩哦噢喔啊唔呃诶]|\b(?:m+|hm+|mhm|uh|huh|um|oh|ah)\b|\s)+", re.IGNORECASE)
"""Noises by which people show that they listen. They stop nobody and answer nothing that was not said to its end;
对, 好 and 不 do."""
FALSE_ALARM_SECONDS = 2.0
"""After we stopped: when nothing was understood by then, we go on where we were."""


@dataclass
class BargeIn:
    """One reply being spoken."""

    protected: bool = False
    """An emergency notice is heard to its end."""
    stopped: bool = False
    _since_stop: float = field(default=0.0, init=False)

    def voice(self, speech_seconds: float, words: str) -> bool:
        """True once, when the reply has to stop. `speech_seconds` and `words` are of this utterance, so far."""
        if (
            self.protected
            or self.stopped
            or not words.strip()
            or _HUMS.fullmatch(words)
            or speech_seconds < LONG_ENOUGH_SECONDS
        ):
            return False
        self.stopped, self._since_stop = True, 0.0
        return True

    def key(self) -> bool:
        """True once, when the reply has to stop: any key does it at once."""
        if self.protected or self.stopped:
            return False
        self.stopped, self._since_stop = True, 0.0
        return True

    def wait(self, seconds: float, *, still_speaking: bool) -> Literal["resume"] | None:
        """After stopping, so much time passed without an utterance: "resume" when it was a false alarm."""
        if not self.stopped:
            return None
        self._since_stop = 0.0 if still_speaking else self._since_stop + seconds
        if self._since_stop < FALSE_ALARM_SECONDS:
            return None
        self.stopped = False
        return "resume"
