"""eSpeak NG 1.52, the small voice, from its wheel: no system package, no root, no sound card.

Debian's 1.51 reads Mandarin's pinyin as English and must not be picked up instead.
"""

import ctypes
import os
from pathlib import Path

from bot.speech.interface import Gender
from bot.turns import Language

ESPEAK_HZ = 22050
NATURAL_RATES: dict[Language, int] = {"zh": 160, "en": 160}
"""Words a minute at which it is understood best."""
_VOICES: dict[tuple[Language, Gender], str] = {
    ("zh", "female"): "sit/cmn+f3",
    ("zh", "male"): "sit/cmn",
    ("en", "female"): "gmw/en-us+f3",
    ("en", "male"): "gmw/en-us",
}


def voice_of(language: Language, gender: Gender) -> str:
    return _VOICES[language, gender]


def prepare(data: Path | None = None) -> None:
    """Before pyttsx3's driver is imported: load the wheel's library, so that asking for it by name finds this one.

    Raises FileNotFoundError when the wheel's library or data are missing: without them eSpeak would end the process.
    """
    import espeakng_loader

    library = Path(espeakng_loader.get_library_path()).with_name("libespeak-ng.so.1")
    data = data or library.with_name("espeak-ng-data")
    for needed in (library, data / "phontab", data / "cmn_dict", data / "en_dict"):
        if not needed.is_file():
            raise FileNotFoundError(needed.name)
    os.environ["ESPEAK_DATA_PATH"] = str(data)
    ctypes.CDLL(str(library))


def settle() -> None:
    """Wait until eSpeak's own thread has done all that was asked of it.

    What is asked of pyttsx3's driver before that may be lost without a word, such as another rate, or be half a file.
    """
    from pyttsx3.drivers import _espeak

    _espeak.Synchronize()
