"""What the tagger of names sees of each sign or word of a sentence."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language.zh.lexicon import frequency, kind
from bot.language.zh.surnames import COMMON, DOUBLE, KIN, SURNAMES, TITLE

_L = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_TOKEN = re.compile(
    rf"[㐀-鿿]|[{_L}]+?(?=n['’]t\b)|n['’]t\b|[{_L}]+(?:['’-](?!s\b)[{_L}]+)*|['’]s\b|[0-9]+|[^\s]", re.I
)
_HAN = re.compile(r"[㐀-鿿]")
_ENDS = frozenset(",，.。;；!！?？:：、/()")
_DOUBLE = frozenset(DOUBLE.split("|"))
_TITLES = frozenset(TITLE.split("|"))
_KIN = frozenset(KIN.replace("儿?", "").replace("妇?", "").replace("女?", "").split("|"))
_LONGEST_WORD = 4
_FAR = 5


@dataclass(frozen=True)
class Token:
    """One Chinese sign, one word, one number or one mark, and where it stands."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    return [Token(found[0], *found.span()) for found in _TOKEN.finditer(text)]


def features_of(tokens: Sequence[Token], asked: str | None, known_words: Collection[str]) -> list[list[str]]:
    """A list for each token. `known_words` are English words that are no names, in small letters."""
    words = [_plain(token.text) for token in tokens]
    han = [bool(_HAN.match(word)) for word in words]
    pieces = _pieces(words)
    capitals = any(token.text[:1].isupper() for token in tokens[1:])
    dictionary = _dictionary(words, han)
    doubled = _said_twice(words)
    return [
        _at(at, tokens[at].text, words, pieces, asked or "none", capitals)
        + (_of_sign(at, words, dictionary) if han[at] else _of_word(at, words, known_words))
        + (["twice"] if at in doubled else [])
        for at in range(len(tokens))
    ]


def _plain(word: str) -> str:
    if word.isdigit():
        return "0" if len(word) < 7 else "0000000"  # of a telephone
    return word.lower()


def _pieces(words: Sequence[str]) -> list[tuple[int, int]]:
    """For each token, where the words between two marks begin and end in which it stands."""
    spans: list[tuple[int, int]] = []
    start = 0
    for at, word in enumerate((*words, ",")):
        if word in _ENDS:
            spans += [(start, at)] * (at - start) + [(at, at + 1)]
            start = at + 1
    return spans[: len(words)]


def _at(
    at: int, written: str, words: Sequence[str], pieces: Sequence[tuple[int, int]], asked: str, capitals: bool
) -> list[str]:
    """The words around it, its place, and what had been asked."""

    def word(step: int) -> str:
        return words[at + step] if 0 <= at + step < len(words) else "^" if at + step < 0 else "$"

    start, end = pieces[at]
    last_start, last_end = pieces[start - 2] if start > 1 else (0, 0)
    before, behind, long = min(at - start, _FAR), min(end - at - 1, _FAR), min(end - start, _FAR + 1)
    alone = start == 0 and end == len(words)
    shape = ("cap" if written[:1].isupper() else "low") if capitals else "flat"
    return [
        "b", f"asked={asked}",
        f"w={word(0)}", f"w-1={word(-1)}", f"w-2={word(-2)}", f"w-3={word(-3)}", f"w+1={word(1)}", f"w+2={word(2)}",
        f"w-1w={word(-1)}{word(0)}", f"ww+1={word(0)}{word(1)}", f"w-2-1={word(-2)}{word(-1)}",
        f"w+1+2={word(1)}{word(2)}", f"w-3-1={word(-3)}{word(-2)}{word(-1)}", f"w+1+3={word(1)}{word(2)}{word(3)}",
        f"before={before}", f"behind={behind}", f"long={long}|{before}|{asked}", f"alone={alone}|{long}|{before}|{asked}",
        f"first={asked}|{words[start]}|{before}", f"piece={''.join(words[start:start + 2])}",
        f"last={''.join(words[last_start : min(last_start + 2, last_end)])}", f"next={''.join(words[end + 1 : end + 3])}", f"shape={shape}|{written[1:2].isupper()}",
    ]  # fmt: skip


def _of_sign(at: int, words: Sequence[str], dictionary: Sequence[list[str]]) -> list[str]:
    """Is it a surname, what words of the dictionary does it begin and end, is a title or kin beside it."""
    found = list(dictionary[at])
    found += [f"+1:{one}" for one in dictionary[at + 1] if at + 1 < len(words)] if at + 1 < len(words) else []
    for step in (-2, -1, 0, 1):
        if 0 <= at + step < len(words):
            sign = words[at + step]
            rank = "common" if sign in COMMON else "rare" if sign in SURNAMES else "no"
            found.append(f"surname{step}={rank}")
    rest = "".join(words[at : at + 4])
    if rest[:2] in _DOUBLE:
        found.append("double")
    found += [f"title+{step}" for step in (0, 1, 2) if rest[step : step + 2] in _TITLES]
    before = "".join(words[max(0, at - 4) : at])
    found += [f"kin-{gap}" for gap in (0, 1) if _ends_with_kin(before[: len(before) - gap])]
    return found


def _ends_with_kin(text: str) -> bool:
    return any(text[-length:] in _KIN for length in (1, 2, 3) if len(text) >= length)


def _dictionary(words: Sequence[str], han: Sequence[bool]) -> list[list[str]]:
    """For each token, the kinds of the dictionary's words that begin, end or hold it."""
    found: list[list[str]] = [[] for _ in words]
    for start in range(len(words)):
        for length in range(2, _LONGEST_WORD + 1):
            if start + length > len(words) or not han[start + length - 1] or not han[start]:
                break
            word = "".join(words[start : start + length])
            if not (of := kind(word)):
                continue
            told = f"{of[:2]}{len(str(frequency(word)))}"
            found[start] += [f"begins{length}={told}", f"begins{length}={of[:2]}"]
            found[start + length - 1] += [f"ends{length}={told}", f"ends{length}={of[:2]}"]
            for inside in range(start + 1, start + length - 1):
                found[inside].append(f"in{length}={of[:2]}")
    return found


def _of_word(at: int, words: Sequence[str], known_words: Collection[str]) -> list[str]:
    """How it is spelled, and whether it and its neighbours are words of every day."""
    word = words[at]
    found = [f"ends={word[-3:]}", f"begins={word[:2]}", f"length={min(len(word), 8)}"]
    marks = [_known(words[at + step], known_words) for step in (-1, 0, 1) if 0 <= at + step < len(words)]
    return [*found, f"known={_known(word, known_words)}", f"around={'|'.join(marks)}"]


def _known(word: str, known_words: Collection[str]) -> str:
    return "yes" if word in known_words else "no" if word[:1].isalpha() else "mark"


def _said_twice(words: Sequence[str]) -> set[int]:
    """Tokens in two neighbouring signs that come again: 娄望山,望山."""
    seen: dict[tuple[str, str], int] = {}
    found: set[int] = set()
    for at, pair in enumerate(pairwise(words)):
        if pair in seen:
            found |= {at, at + 1, seen[pair], seen[pair] + 1}
        seen.setdefault(pair, at)
    return found
