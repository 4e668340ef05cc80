"""A small reader of sentences, taught with a handful of them."""

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from bot.language.readers.encoders import Encoder
from bot.language.readers.sentence_model import Example, SentenceModel

pytestmark = pytest.mark.unit

LAMP = ["路灯坏了", "门口路灯不亮", "楼下的灯坏了", "the lamp is broken", "my lamp is broken", "路灯不亮了", "灯坏了"]
MEAL = [
    "我想订个饭",
    "帮我订一份助餐",
    "给我妈订饭",
    "I want a meal",
    "I want to book a meal",
    "订两份饭",
    "中午要一份助餐",
]
EXAMPLES = [Example(text, "lamp") for text in LAMP] + [Example(text, "meal") for text in MEAL]
ASKED = [
    Example(text, label, asked)
    for asked, label in (("keep_draft", "drop"), ("read_back", "end"))
    for text in ("不要了", "不要", "算了不要了", "no", "no thanks")
] + [Example(text, "yes", asked) for asked in ("keep_draft", "read_back") for text in ("好", "好的", "行", "yes", "要")]


class LetterEncoder:
    """Sentence vectors that count characters: alike sentences get alike vectors."""

    chinese_only = False

    def __init__(self, fingerprint: str = "letters") -> None:
        self.fingerprint = fingerprint

    def encode(self, sentences: list[str]) -> Any:
        vectors = np.zeros((len(sentences), 64), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            for letter in sentence:
                vectors[row, ord(letter) % 64] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def encoder(fingerprint: str = "letters") -> Encoder:
    return cast(Encoder, LetterEncoder(fingerprint))


@pytest.fixture(params=["with an encoder", "without one"])
def model(request: pytest.FixtureRequest) -> SentenceModel:
    return SentenceModel.fit(EXAMPLES, encoder() if request.param == "with an encoder" else None)


def test_it_knows_what_it_was_shown_and_what_is_like_it(model: SentenceModel) -> None:
    assert model.labels == ("lamp", "meal")
    assert [model.rank(text)[0][0] for text in LAMP + MEAL] == ["lamp"] * 7 + ["meal"] * 7
    assert model.rank("我家门口的路灯坏了")[0][0] == "lamp"


def test_what_the_recogniser_misheard_is_still_read(model: SentenceModel) -> None:
    assert model.rank("帮我钉一份住参")[0][0] == "meal"


def test_it_gives_probabilities_best_first(model: SentenceModel) -> None:
    for ranking in model.rank_all(["路灯坏了", "完全没见过", "", "?"]):
        shares = [share for _, share in ranking]
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        assert shares == sorted(shares, reverse=True)


def test_many_at_once_are_read_as_one_by_one(model: SentenceModel) -> None:
    texts = LAMP + MEAL
    one_by_one = [model.rank(text) for text in texts]
    for together, alone in zip(model.rank_all(texts), one_by_one, strict=True):
        assert together == [(label, pytest.approx(share, abs=1e-4)) for label, share in alone]
    assert model.rank_all([]) == []


@pytest.mark.parametrize("meanings", [None, encoder()], ids=["without an encoder", "with one"])
def test_the_same_words_mean_what_the_question_makes_of_them(meanings: Encoder | None) -> None:
    model = SentenceModel.fit(ASKED, meanings)
    assert model.rank("不要了", "keep_draft")[0][0] == "drop"
    assert model.rank("不要了", "read_back")[0][0] == "end"
    assert model.rank("好的", "keep_draft")[0][0] == model.rank("好的", "never_asked")[0][0] == "yes"


def test_a_saved_model_reads_the_same(model: SentenceModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = SentenceModel.load(tmp_path, encoder() if model.encoder else None)
    for text in LAMP + MEAL + ["没见过"]:
        assert again.rank(text) == [(label, pytest.approx(share, abs=1e-5)) for label, share in model.rank(text)]


def test_a_model_file_holds_numbers_and_text_only(model: SentenceModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["weights.npz", "words.json"]
    assert json.loads((tmp_path / "words.json").read_text("utf-8"))["labels"] == ["lamp", "meal"]
    with np.load(tmp_path / "weights.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype == np.float32 for name in arrays)


@pytest.mark.parametrize("other", [None, encoder("another")], ids=["no encoder", "another encoder"])
def test_without_its_own_encoder_it_reads_by_words_alone(other: Encoder | None, tmp_path: Path) -> None:
    SentenceModel.fit(EXAMPLES, encoder()).save(tmp_path)
    again = SentenceModel.load(tmp_path, other)
    assert again.encoder is None
    assert again.rank("路灯坏了")[0][0] == "lamp"
