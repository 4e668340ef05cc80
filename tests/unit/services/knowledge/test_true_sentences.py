"""What was once said and was not true is said nowhere any more: to the eye, to the ear, in either language."""

import re
from collections.abc import Iterator

import pytest

from bot.settings import ROOT

pytestmark = pytest.mark.unit

UNTRUE = {
    "您不是一个人": "may be heard as 'you are not human'",
    "you are not alone. you": "the same",
    "刚才说的没有保存": "what was said is kept for the days that the page names",
    "nothing of it was saved": "the same",
    "点“附照片”": "the button says 添加照片",
    "按您的要求处理": "staff decide, after making sure who asks",
    "不念内容": "the reply of staff is read aloud",
    "自动提醒上级": "it is told to the dispatchers",
    "这件事我还不能直接办": "proposals are taken",
    "改革规划": "the plan is called 方案",
    "按照规划": "the same",
    "规划里写": "the same",
    "规划没有写": "the same",
}


def said() -> Iterator[tuple[str, str]]:
    """Everything that residents read or hear: words, Rasa's replies, and what pages answer (not how people ask)."""
    for path in [*ROOT.glob("data/words/*/*.ftl"), *ROOT.glob("data/domain/*.yml"), ROOT / "domain.yml"]:
        yield str(path.relative_to(ROOT)), path.read_text("utf-8")
    for path in ROOT.glob("data/knowledge/*.md"):
        yield str(path.relative_to(ROOT)), re.split(r"^## (?:问法|Questions)", path.read_text("utf-8"), flags=re.M)[0]


@pytest.mark.parametrize("words", UNTRUE)
def test_what_was_found_untrue_is_said_nowhere(words: str) -> None:
    assert [name for name, text in said() if words.lower() in text.lower()] == []


def test_there_is_enough_to_be_looked_at() -> None:
    places = [name for name, _ in said()]
    assert len(places) > 300
    assert "domain.yml" in places


def test_the_page_names_the_button_that_it_speaks_of() -> None:
    button = re.search(r"^page-photo_add = (.+)$", (ROOT / "data/words/zh/page.ftl").read_text("utf-8"), re.M)
    assert button
    assert f"点“{button[1].strip()}”" in (ROOT / "data/knowledge/linyu_photo.md").read_text("utf-8")
