"""Which of Kokoro's voices speaks."""

from bot.speech.interface import Gender
from bot.turns import Language

_VOICES: dict[tuple[Language, Gender], str] = {
    ("zh", "female"): "zf_xiaoxiao",
    ("zh", "male"): "zm_yunxi",
    ("en", "female"): "af_heart",
    ("en", "male"): "am_michael",
}


def natural_voice(language: Language, gender: Gender) -> str:
    return _VOICES[language, gender]
