"""A table of what voices stumble over, in texts.zh.tsv and texts.en.tsv: written, a tab, as it is spoken."""

import re
from pathlib import Path

import pytest

from bot.language.ear import for_ear

pytestmark = pytest.mark.unit


def table(name: str) -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    return [(row[0], row[1]) for row in rows]


CHINESE, ENGLISH = table("texts.zh.tsv"), table("texts.en.tsv")


@pytest.mark.parametrize(("written", "spoken"), CHINESE)
def test_chinese_is_said_as_a_clerk_says_it(written: str, spoken: str) -> None:
    assert for_ear(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), ENGLISH)
def test_english_is_said_as_a_clerk_says_it(written: str, spoken: str) -> None:
    assert for_ear(written, "en") == spoken


@pytest.mark.parametrize("written", [written for written, _ in CHINESE])
def test_no_digit_and_no_sign_is_left_for_the_voice(written: str) -> None:
    assert not re.search(r"[0-9%+()【】\[\]<>/\\*#@_㎡²³℃°≥≤±×¥$€①-⑳-]", for_ear(written))


@pytest.mark.parametrize("written", [written for written, _ in CHINESE])
def test_saying_it_again_changes_nothing(written: str) -> None:
    assert for_ear(for_ear(written)) == for_ear(written)


def test_the_table_holds_three_hundred_cases() -> None:
    assert len(CHINESE) >= 300
    assert len({written for written, _ in CHINESE}) == len(CHINESE)
