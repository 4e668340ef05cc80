"""What was said on the line: recorded sound back to words."""

from pathlib import Path

import numpy as np
import soundfile

from bot.speech.ears import Ears

CALLERS_VOICE = "zf_xiaobei"
NORMAL_RATE = 200


def words_in(recording: Path, ears: Ears, *, after: float = 0.0) -> str:
    """Everything that is understood in a recording, from `after` seconds on."""
    sound, rate = soundfile.read(recording, dtype="int16")
    session = ears.listen(rate, "zh", None, hands_free=True)
    try:
        samples = np.concatenate([sound[int(after * rate) :], np.zeros(3 * rate, np.int16)])
        events = session.accept(samples.tobytes())
    finally:
        session.close()
    return "".join(event.utterance.text for event in events if hasattr(event, "utterance"))
