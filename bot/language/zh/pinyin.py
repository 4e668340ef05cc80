"""Words by their sound: how alike two sound, and misheard domain words put right."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin

from bot.language.text import CHINESE
from bot.language.zh.lexicon import frequency

COMMON = 3
"""A stretch that stands more often in jieba's word list is a real word and stays."""
CROSSING = 50
"""So often must a word stand there to hold a stretch together across the border of what would be replaced."""

_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿幺半几")
_LITTLE_WORDS = frozenset(
    "的是了在不没我你您他她它这那有好去到要就也都着过吗呢吧啊之以被把给和与或跟从向对很太又再还已未可能会想说请谁啥么"
)
"""Hardly ever misheard for a part of another word."""
_FILE = Path(__file__).with_name("domain_words.txt")


@cache
def _domain() -> dict[str, tuple[str, ...]]:
    """Domain words, each with its mishearings that are words themselves."""
    lines = (line.split() for line in _FILE.read_text("utf-8").splitlines() if line and line[0] != "#")
    return {word: tuple(misheard) for word, *misheard in lines}


DOMAIN_WORDS = tuple(_domain())
"""The words of domain_words.txt."""


def syllables(text: str) -> list[str]:
    """Toneless pinyin of the Chinese characters; everything else is left out."""
    return list(lazy_pinyin(text, style=Style.NORMAL, errors="ignore"))


@cache
def _folded(syllable: str) -> str:
    """One spelling for sounds that are not told apart in Hubei."""
    syllable = re.sub("^(z|c|s)h", r"\1", syllable)
    syllable = re.sub("^n", "l", syllable)
    syllable = re.sub("^hui$", "fei", re.sub("^hun$", "fen", re.sub("^hu(?=a|o)", "f", re.sub("^hu$", "fu", syllable))))
    return re.sub("(?<=[ie])ng$", "n", syllable)


def _apart(one: str, other: str) -> float:
    return 0.0 if one == other else 0.5 if _folded(one) == _folded(other) else 1.0


def sounds_like(a: str, b: str) -> float:
    """1 when both sound alike (tones aside), 0 when nothing does; sounds that Hubei mixes up count half."""
    first, second = syllables(a), syllables(b)
    if not first or not second:
        return 0.0
    row = [float(n) for n in range(len(second) + 1)]
    for i, one in enumerate(first, 1):
        above, row = row, [float(i)]
        for j, other in enumerate(second, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + _apart(one, other)))
    return 1 - row[-1] / max(len(first), len(second))


def _sounds(text: str) -> list[str]:
    """One syllable for each character; empty for what is no Chinese character."""
    blanks: Any = lambda other: [""] * len(other)  # noqa: E731 (a list keeps one place a character)
    sounds = lazy_pinyin(text, style=Style.NORMAL, errors=blanks)
    return [sound if re.match(f"[{CHINESE}]", character) else "" for character, sound in zip(text, sounds, strict=True)]


@lru_cache(maxsize=8)
def _by_sound(words: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Longest words first, so that 大冶街道 is tried before 大冶."""
    return tuple((word, tuple(syllables(word))) for word in sorted(words, key=len, reverse=True) if len(word) > 1)


def repair(text: str, words: Sequence[str], *, at_least: float = 0.85) -> str:
    """The text with stretches that sound like one of the words replaced by it; numbers and real words stay."""
    heard = _sounds(text)
    for word, sounds in _by_sound(tuple(words)):
        may_differ = (1 - at_least) * len(word) + 1e-9
        for start in range(len(text) - len(word) + 1):
            if _apart(heard[start], sounds[0]) > may_differ:
                continue
            end = start + len(word)
            distance = sum(map(_apart, heard[start:end], sounds))
            stretch = text[start:end]
            if stretch == word or distance > may_differ:
                continue
            listed = stretch in _domain().get(word, ())
            if _may_go(text, start, word, words, exact=distance == 0, listed=listed):
                text = text[:start] + word + text[end:]
                heard[start:end] = sounds
    return text


def _may_go(text: str, start: int, word: str, words: Sequence[str], *, exact: bool, listed: bool) -> bool:
    """False when a real word would be harmed: one that holds a changed character, or one that crosses the border."""
    end = start + len(word)
    changed = {start + i for i, character in enumerate(word) if text[start + i] != character}
    if not listed and any(text[i] in _NUMERALS | _LITTLE_WORDS for i in changed):
        return False
    inside_may_go = listed or (exact and len(word) >= 4)
    for a in range(max(0, start - 3), end):
        for b in range(max(a + 2, start + 1), min(len(text), a + 4, end + 3) + 1):
            part = text[a:b]
            inside = start <= a and b <= end
            touched = bool(changed & set(range(a, b)))
            if (inside and (inside_may_go or not touched)) or (inside_may_go and not touched):
                continue
            if part in words and part != word and not inside:
                return False
            if frequency(part) >= (COMMON if inside else CROSSING):
                return False
    return True
