"""How words sound, written in the letters that the natural voice reads."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

from bot.language.zh import polyphones
from bot.turns import Language

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'’ -]*[A-Za-z0-9]|[A-Za-z]")
_FULL_WIDTH = str.maketrans(",.!?:;", "，。！？：；")
"""The library knows pauses by Chinese signs only."""
_HAN = re.compile("[\u4e00-\u9fff]+")
_SUBSCRIPT = chr(815)
"""A sign of syllables without a vowel, which the voices did not learn."""
_LETTERS = re.compile(r"(?:[A-Z] ?)+")


class Pronunciation:
    def __init__(self, word_cache: Path | None = None) -> None:
        """`word_cache` is a folder in which the list of Chinese words is kept ready for the next start."""
        import jieba
        from misaki.espeak import EspeakG2P

        jieba.setLogLevel(logging.WARNING)
        if word_cache:
            jieba.dt.tmp_dir = str(word_cache)
        jieba.initialize()
        polyphones.teach()
        self._english = {False: EspeakG2P("en-us"), True: EspeakG2P("en-gb")}
        logging.getLogger("phonemizer").setLevel(logging.ERROR)

    def of(self, text: str, language: Language, *, british: bool = False) -> str:
        """Sounds of a text that is already fit for the ear."""
        if language == "en" and not re.search("[\u3400-\u9fff]", text):
            return self._in_english(text, british=british)
        sounds, after = [], 0
        for latin in _LATIN.finditer(text):
            sounds += [self._in_mandarin(text[after : latin.start()]), self._latin(latin[0], british=british)]
            after = latin.end()
        return " ".join(part for part in (*sounds, self._in_mandarin(text[after:])) if part)

    def _in_mandarin(self, text: str) -> str:
        """As the library does it for the voices of Kokoro 1.0, but with our readings of characters that have several."""
        from misaki.zh import ZHG2P

        text = ZHG2P.map_punctuation(text.translate(_FULL_WIDTH))
        return _HAN.sub(lambda han: _sounds(polyphones.pinyin(han[0]), ZHG2P.py2ipa), text).strip()

    def _latin(self, text: str, *, british: bool) -> str:
        """English inside Mandarin; capitals standing alone are letters, not words."""
        if _LETTERS.fullmatch(text):
            return " ".join(self._in_english(letter, british=british) for letter in text if letter != " ")
        return self._in_english(text, british=british)

    def _in_english(self, text: str, *, british: bool) -> str:
        return str(self._english[british](text)[0]).strip()


def _sounds(words: list[list[str]], to_sounds: Callable[[str], str]) -> str:
    return " ".join("".join(to_sounds(syllable) for syllable in word) for word in words).replace(_SUBSCRIPT, "")
