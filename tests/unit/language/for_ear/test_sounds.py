"""A table of characters with several sounds, in sounds.zh.tsv: written, a tab, pinyin with tones as numbers."""

import logging
from pathlib import Path

import jieba
import pytest

from bot.language.zh import polyphones

pytestmark = pytest.mark.unit
TABLE = [line.split("\t") for line in (Path(__file__).parent / "sounds.zh.tsv").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module", autouse=True)
def dictionaries() -> None:
    jieba.setLogLevel(logging.WARNING)
    polyphones.teach()


@pytest.mark.parametrize(("written", "expected"), TABLE)
def test_a_character_sounds_as_it_is_meant(written: str, expected: str) -> None:
    assert [syllable for word in polyphones.pinyin(written) for syllable in word] == expected.split()


def test_signs_and_words_stay_where_they_are() -> None:
    assert polyphones.pinyin("银行,行长") == [["yin2", "hang2"], [","], ["hang2", "zhang3"]]
