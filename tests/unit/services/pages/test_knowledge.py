"""The knowledge pages, and the search over them."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.services.pages import knowledge
from bot.services.pages.search import Entry, Index
from bot.services.pages.vectors import vectors_of

pytestmark = pytest.mark.unit
PAGES = Path(__file__).parents[4] / "data" / "knowledge"


class CountingEncoder:
    """Gives every sentence a vector of its letters and remembers what it was asked."""

    fingerprint = "counting"
    size = 8
    chinese_only = True

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked += sentences
        rows = np.array([[1.0 + sum(map(ord, s)) % (7 + i) for i in range(self.size)] for s in sentences])
        units: npt.NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return units


@pytest.fixture(scope="module")
def pages() -> knowledge.Knowledge:
    return knowledge.load(PAGES)


def test_every_page_is_named_after_its_file(pages: knowledge.Knowledge) -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(pages.pages)


def test_every_section_is_one_of_the_plan(pages: knowledge.Knowledge) -> None:
    known = {f"{chapter}.{part}" for chapter, parts in zip(range(1, 8), (4, 4, 4, 4, 3, 4, 3), strict=True)
             for part in range(1, parts + 1)}  # fmt: skip
    assert {section for page in pages.pages.values() for section in page.sections} <= known


def test_spoken_texts_hold_no_digits_and_no_quotation_marks(pages: knowledge.Knowledge) -> None:
    for page in pages.pages.values():
        assert not re.search(r"[0-9%“”《》]", page.spoken["zh"]), page.id


def test_no_question_belongs_to_two_pages(pages: knowledge.Knowledge) -> None:
    for language in ("zh", "en"):
        owners: dict[str, set[str]] = {}
        for page in pages.pages.values():
            for question in page.questions[language]:
                owners.setdefault(question, set()).add(page.id)
        assert {q: ids for q, ids in owners.items() if len(ids) > 1} == {}


def test_a_page_without_a_part_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "meal_gap.md"
    broken.write_text(
        (PAGES / "meal_price_gap.md").read_text("utf-8").replace("## English\n", "## Englisch\n"), "utf-8"
    )
    with pytest.raises(ValueError, match=r"meal_gap\.md lacks 'English'"):
        knowledge.read_page(broken)


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("养老的床现在有几多张", "elderly_beds_now"),
        ("流动的车子来了能给婆婆做些么事", "mobile_bus_what"),
        ("一餐饭要几块钱", "meal_price_gap"),
        ("大厅礼拜天有人冇得", "hall_weekend"),
        ("我眼睛看不清", "linyu_see_badly"),
        ("我想加几张照片", "linyu_photo"),
    ],
)
def test_other_words_still_find_the_page(pages: knowledge.Knowledge, question: str, page: str) -> None:
    assert pages.search(question, "zh")[0][0].id == page


def test_a_misheard_word_is_found_by_its_sound() -> None:
    index = Index(
        [Entry("bath", "助浴", "帮老人洗澡", ("助浴怎么约",)), Entry("hall", "大厅", "办事", ("大厅怎么约",))], "zh"
    )
    assert index.search("主玉")[0].page == "bath"


def test_the_topic_tips_the_scale(pages: knowledge.Knowledge) -> None:
    plain = {page.id: hit.score for page, hit in pages.search("在哪里", "zh")}
    leaning = {page.id: hit.score for page, hit in pages.search("在哪里", "zh", topic="meal_points_count")}
    assert leaning["meal_address_gap"] > plain["meal_address_gap"]
    assert leaning["hall_address"] == plain["hall_address"]


def test_sentences_are_encoded_once_and_read_back(tmp_path: Path) -> None:
    first, second = CountingEncoder(), CountingEncoder()
    fresh = vectors_of(["A", "b"], first, tmp_path)
    again = vectors_of(["b", "a", "c"], second, tmp_path)
    assert first.asked == ["a", "b"]
    assert second.asked == ["c"]
    assert again[:2] == pytest.approx(fresh[::-1], abs=1e-3)


def test_a_broken_cache_is_made_anew(tmp_path: Path) -> None:
    vectors_of(["a"], CountingEncoder(), tmp_path)
    next(tmp_path.glob("*.npz")).write_bytes(b"PK not an archive")
    encoder = CountingEncoder()
    assert vectors_of(["a"], encoder, tmp_path).shape == (1, 8)
    assert encoder.asked == ["a"]


def test_english_is_searched_by_words_even_with_an_encoder(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    few = [knowledge.read_page(PAGES / f"{name}.md") for name in ("meal_price_gap", "hall_weekend")]
    pages = knowledge.Knowledge(few, encoder, tmp_path)
    asked = len(encoder.asked)
    assert pages.search("Is the hall open on Sunday?", "en")[0][0].id == "hall_weekend"
    assert len(encoder.asked) == asked
    assert (pages.searches_by("zh"), pages.searches_by("en")) == ("vectors", "words")
