"""Which strings are Chinese words, how common, and of what kind: the dictionary that jieba carries."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def _words() -> dict[str, tuple[int, str]]:
    words = {}
    package = find_spec("jieba")  # found, not imported: only its list of words is needed
    assert package is not None
    assert package.origin is not None
    for line in Path(package.origin).with_name("dict.txt").read_text("utf-8").splitlines():
        word, count, kind = line.split(" ")
        words[word] = int(count), kind
    return words


def frequency(word: str) -> int:
    """How often the word stood in jieba's texts; 0 when it is no word."""
    return _words().get(word, (0, ""))[0]


def kind(word: str) -> str:
    """jieba's tag, such as n, v, nr (a person); empty when it is no word."""
    return _words().get(word, (0, ""))[1]


def common_words(length: int, least: int) -> list[str]:
    """Words of so many signs that stood at least so often, persons left out, in the dictionary's order."""
    return [
        word
        for word, (count, of) in _words().items()
        if len(word) == length and count >= least and not of.startswith("nr") and "\u4e00" <= word[0] <= "\u9fff"
    ]
