"""Word statistics add up, before and after mixing, and survive being written."""

import struct
from pathlib import Path

import numpy as np
import pytest

from bot.speech.build.domain_model import Cutter
from bot.speech.build.fst_file import END, WordGraph, write_graph
from bot.speech.build.ngrams import Ngrams, count, mix
from bot.speech.build.spoken_sentences import spoken

pytestmark = pytest.mark.unit

SIZE, THE_END = 8, 7
NEWS = [([1, 2, 3], 1.0), ([1, 2, 4], 1.0), ([5, 6], 1.0), ([4, 3], 1.0)]
OURS = [([1, 2, 5], 3.0), ([5, 1, 2, 5], 1.0)]


def after(ngrams: Ngrams, *history: int) -> np.ndarray:
    words = np.arange(SIZE)
    if not history:
        return ngrams.one
    if len(history) == 1:
        return ngrams.after_one(history[0] * SIZE + words)
    return ngrams.after_two((history[0] * SIZE + history[1]) * SIZE + words)


@pytest.mark.parametrize("history", [(), (1,), (2,), (5,), (0, 1), (1, 2), (5, 1), (4, 3)])
def test_the_chances_of_what_follows_add_up_to_one(history: tuple[int, ...]) -> None:
    news, ours = count(NEWS, SIZE, THE_END), count(OURS, SIZE, THE_END)
    for ngrams in (news, mix(news, ours, 0.8)):
        assert after(ngrams, *history).sum() == pytest.approx(1.0, abs=1e-6)


def test_a_mixture_lies_between_both() -> None:
    news, ours = count(NEWS, SIZE, THE_END), count(OURS, SIZE, THE_END)
    mixed = after(mix(news, ours, 0.5), 1, 2)[5]
    assert after(news, 1, 2)[5] < mixed < after(ours, 1, 2)[5]
    assert mixed == pytest.approx((after(news, 1, 2)[5] + after(ours, 1, 2)[5]) / 2)


def test_a_written_graph_has_a_state_for_each_history(tmp_path: Path) -> None:
    words = {"<eps>": 0, END: THE_END, **{f"w{label}": label for label in range(1, 7)}}
    ngrams = count(NEWS, SIZE, THE_END)
    write_graph(tmp_path / "Gr.fst", WordGraph(words, ngrams, b""), ngrams)
    raw = (tmp_path / "Gr.fst").read_bytes()
    at = 4 + 4 + len("const") + 4 + len("standard")
    _, _, _, start, states, arcs = struct.unpack_from("<iiQqqq", raw, at)
    table = np.frombuffer(raw, np.dtype("<f4, <u4, <u4, <u4, <u4"), states, at + 40)
    assert 0 < start < states
    assert table["f2"].sum() == arcs
    assert len(raw) == at + 40 + 20 * states + 16 * arcs


def test_a_sentence_is_cut_into_known_words_and_numbers_into_digits() -> None:
    cutter = Cutter({"我": 0.1, "要": 0.1, "我要": 0.05, "助": 0.01, "餐": 0.01, "三": 0.1, "八": 0.1, "三八": 0.1})
    assert cutter.cut("我要助餐") == ["我要", "助", "餐"]
    assert cutter.cut("三八三") == ["三", "八", "三"]
    assert cutter.cut("三八") == ["三八"]
    assert cutter.cut("我要浴") == []


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")])
def test_numbers_in_patterns_are_said_as_people_say_them(number: int, words: str) -> None:
    assert spoken(number) == words
