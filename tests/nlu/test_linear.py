import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.language.readers.linear import GramCounter, Linear, fair_shares
from bot.language.readers.network import Network

POINTS = np.array([[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0.1, 0.9, 0], [0, 0, 1], [0, 0.1, 0.9]], dtype=np.float32)
LABELS = ["a", "a", "b", "b", "c", "c"]


@pytest.mark.parametrize("labels", [LABELS, ["a", "a", "b", "b", "b", "b"]], ids=["three labels", "two labels"])
@pytest.mark.parametrize("kind", ["grams", "vectors"])
def test_it_learns_what_it_was_shown_and_gives_probabilities(kind: str, labels: list) -> None:
    points = csr_matrix(POINTS) if kind == "grams" else POINTS
    model = Linear.fit_grams(points, labels, 30.0) if kind == "grams" else Network.fit(points, labels)
    scores = np.exp(model.log_scores(points))
    assert scores.shape == (6, len(set(labels)))
    assert np.allclose(scores.sum(axis=1), 1, atol=1e-5)
    assert [model.labels[i] for i in scores.argmax(axis=1)] == labels


def test_rare_labels_weigh_more_but_not_all_the_way() -> None:
    shares = fair_shares(["a"] * 90 + ["b"] * 10)
    assert shares["b"] / shares["a"] == pytest.approx(3.0)


def test_only_grams_of_two_examples_are_counted() -> None:
    counter = GramCounter.fit(["red lamp", "red stall"])
    assert "w:red" in counter.vocabulary
    assert "w:lamp" not in counter.vocabulary


def test_a_counter_made_anew_from_its_numbers_counts_the_same() -> None:
    texts = ["我要订饭", "我要洗澡", "red lamp", "red stall"]
    first = GramCounter.fit(texts)
    again = GramCounter(first.vocabulary, first.rarity)
    assert np.array_equal(first.count(texts).toarray(), again.count(texts).toarray())


def test_unknown_words_count_nothing() -> None:
    assert GramCounter.fit(["red lamp", "red stall"]).count(["蓝"]).nnz == 0


def test_what_never_varied_in_the_examples_decides_nothing() -> None:
    told = np.hstack([POINTS, np.zeros((6, 1), dtype=np.float32)])
    network = Network.fit(told, LABELS)
    unseen = np.hstack([POINTS, np.full((6, 1), 0.01, dtype=np.float32)])
    scores = network.log_scores(unseen)
    assert [network.labels[i] for i in scores.argmax(axis=1)] == LABELS
