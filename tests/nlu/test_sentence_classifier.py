import json
from pathlib import Path

import numpy as np
import pytest
from conftest import EXAMPLES, FolderStorage, LetterEncoder, classifier, training_data, understood

from bot.nlu.sentence_classifier import SentenceClassifier, open_encoder


def test_what_it_was_shown_it_knows(trained: SentenceClassifier) -> None:
    shown = [(intent, text) for (intent, _), texts in EXAMPLES.items() for text in texts]
    known = [understood(trained, text).get("intent")["name"] == intent for intent, text in shown]
    assert sum(known) >= len(known) - 1


def test_the_ranking_falls_sums_to_one_and_holds_every_intent(trained: SentenceClassifier) -> None:
    ranking = understood(trained, "我妈想订饭").get("intent_ranking")
    scores = [row["confidence"] for row in ranking]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1)
    assert {row["name"] for row in ranking} == {intent for intent, _ in EXAMPLES}


def test_the_named_service_is_an_entity(trained: SentenceClassifier) -> None:
    entities = understood(trained, "帮我约助浴").get("entities")
    assert [(e["entity"], e["value"]) for e in entities] == [("service", "bathing")]


def test_each_piece_of_an_enumeration_names_its_service(trained: SentenceClassifier) -> None:
    entities = {e["entity"]: e["value"] for e in understood(trained, "给我妈订饭、帮我约助浴").get("entities")}
    assert entities["services"] == "meal,bathing"


@pytest.mark.parametrize("words", ["给我妈订饭,明天中午要一份助餐", "帮我约助浴,给我爸约个助浴"])
def test_one_service_told_in_pieces_is_no_enumeration(trained: SentenceClassifier, words: str) -> None:
    assert [e["entity"] for e in understood(trained, words).get("entities")] == ["service"]


def test_other_talk_names_no_service(trained: SentenceClassifier) -> None:
    assert understood(trained, "路灯坏了").get("entities") is None


def test_a_misheard_service_is_still_heard(trained: SentenceClassifier) -> None:
    message = understood(trained, "帮我订一份住参")
    assert message.get("intent")["name"] == "book_service"
    assert message.get("entities")[0]["value"] == "meal"


def test_an_intent_that_was_set_before_is_left_alone(trained: SentenceClassifier) -> None:
    message = training_data().intent_examples[0]
    trained.process([message])
    assert message.get("intent_ranking") is None


def test_empty_words_are_not_read(trained: SentenceClassifier) -> None:
    assert understood(trained, "").get("intent") is None


def test_signs_alone_are_ranked_without_failing(trained: SentenceClassifier) -> None:
    ranking = understood(trained, "？？").get("intent_ranking")
    assert {row["name"] for row in ranking} == {intent for intent, _ in EXAMPLES}


@pytest.mark.parametrize("encoder", [LetterEncoder(), None], ids=["with an encoder", "without one"])
def test_a_stored_model_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: LetterEncoder) -> None:
    first = classifier(tmp_path, encoder)
    first.train(training_data())
    monkeypatch.setattr("bot.nlu.sentence_classifier.open_encoder", lambda: encoder)
    again = SentenceClassifier.load(first.config, FolderStorage(tmp_path), None, None)
    for text in ("我想订饭", "路灯又黑了", "约个助浴", "book a bath"):
        assert understood(again, text).data == understood(first, text).data


def test_a_stored_model_holds_numbers_and_text_only(trained: SentenceClassifier) -> None:
    folder = trained.storage.folder
    assert sorted(file.name for file in folder.iterdir()) == ["weights.npz", "words.json"]
    json.loads((folder / "words.json").read_text("utf-8"))
    with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype == np.float32 for name in arrays)


def test_a_model_trained_with_an_encoder_also_works_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    component = classifier(tmp_path, LetterEncoder())
    component.train(training_data())
    monkeypatch.delenv("LINYU_ENCODER_NAME", raising=False)
    again = SentenceClassifier.load(component.config, FolderStorage(tmp_path), None, None)
    assert again.encoder is None
    assert understood(again, "我想订饭").get("intent")["name"] == "book_service"


def test_both_votes_count(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    component = classifier(tmp_path, encoder)
    component.train(training_data())
    encoder.asked.clear()
    together = understood(component, "我想订饭").get("intent")["confidence"]
    assert encoder.asked == ["我想订饭"]
    component.config["vector_share"] = 0.0
    assert understood(component, "我想订饭").get("intent")["confidence"] != together


def test_training_twice_gives_the_same_model(tmp_path: Path) -> None:
    stored = []
    for _ in range(2):
        classifier(tmp_path, LetterEncoder()).train(training_data())
        with np.load(tmp_path / "weights.npz") as arrays:
            stored.append({name: arrays[name] for name in arrays})
    assert all(np.array_equal(stored[0][name], stored[1][name]) for name in stored[0])


def test_no_name_means_no_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINYU_ENCODER_NAME", "")
    assert open_encoder() is None
