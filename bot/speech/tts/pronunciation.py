"""How words sound, written in the letters that the natural voice reads."""

import logging
import re
from pathlib import Path

from bot.language.zh import polyphones
from bot.turns import Language

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'’ -]*[A-Za-z0-9]|[A-Za-z]")
_FULL_WIDTH = str.maketrans(",.!?:;", "，。！？：；")
"""The library knows pauses by Chinese signs only."""
_LETTERS = re.compile(r"(?:[A-Z] ?)+")


class Pronunciation:
    def __init__(self, word_cache: Path | None = None) -> None:
        """`word_cache` is a folder in which the list of Chinese words is kept ready for the next start."""
        import jieba
        from misaki.espeak import EspeakG2P
        from misaki.zh import ZHG2P

        jieba.setLogLevel(logging.WARNING)
        if word_cache:
            jieba.dt.tmp_dir = str(word_cache)
        jieba.initialize()
        polyphones.teach()
        self._mandarin = ZHG2P()  # without a version: the sounds that the voices of Kokoro 1.0 learned
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
        return str(self._mandarin(text.translate(_FULL_WIDTH))[0]).strip() if text.strip() else ""

    def _latin(self, text: str, *, british: bool) -> str:
        """English inside Mandarin; capitals standing alone are letters, not words."""
        if _LETTERS.fullmatch(text):
            return " ".join(self._in_english(letter, british=british) for letter in text if letter != " ")
        return self._in_english(text, british=british)

    def _in_english(self, text: str, *, british: bool) -> str:
        return str(self._english[british](text)[0]).strip()
