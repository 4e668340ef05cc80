"""Fakes for Rasa's model storage and for the sentence encoder, and a small assistant to train."""

from contextlib import contextmanager
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.sentence_classifier import SentenceClassifier

EXAMPLES = {
    ("book_service", "meal"): [
        "我想订个饭",
        "帮我订一份助餐",
        "明天中午要一份助餐",
        "给我妈订饭",
        "订两份饭",
        "I want to book a meal",
    ],
    ("book_service", "bathing"): [
        "我想洗个澡",
        "帮我约助浴",
        "给我爸约个助浴",
        "请人来洗澡",
        "约洗澡",
        "I want to book a bath",
    ],
    ("file_complaint", ""): [
        "楼下太吵了",
        "路灯坏了",
        "隔壁半夜太吵",
        "门口路灯不亮",
        "吵死人了",
        "the street lamp is broken",
    ],
    ("out_of_scope", ""): ["今天天气真好", "讲个笑话", "天气怎么样", "你喜欢吃什么", "唱首歌", "tell me a joke"],
    ("inform", ""): ["明天中午", "两个人", "明天三点", "三个人", "后天中午", "tomorrow at noon"],
}


class FolderStorage:
    """A folder in the place of Rasa's model storage."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def write_to(self, resource: Any) -> Iterator[Path]:
        yield self.folder

    @contextmanager
    def read_from(self, resource: Any) -> Iterator[Path]:
        yield self.folder


class LetterEncoder:
    """Sentence vectors that count characters: alike sentences get alike vectors."""

    chinese_only = False

    def __init__(self) -> None:
        self.asked: List[str] = []

    def encode(self, sentences: Sequence[str]) -> np.ndarray:
        self.asked += sentences
        vectors = np.zeros((len(sentences), 64), dtype=np.float32)
        for row, sentence in enumerate(sentences):
            for letter in sentence:
                vectors[row, ord(letter) % 64] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def training_data() -> TrainingData:
    return TrainingData(
        [
            Message.build(text=text, intent=intent, intent_metadata={"service": service} if service else None)
            for (intent, service), texts in EXAMPLES.items()
            for text in texts
        ]
    )


def classifier(folder: Path, encoder: Optional[LetterEncoder]) -> SentenceClassifier:
    config: Dict[str, Any] = SentenceClassifier.get_default_config()
    return SentenceClassifier(config, FolderStorage(folder), None, encoder)


@pytest.fixture(params=["with an encoder", "without one"])
def trained(request: pytest.FixtureRequest, tmp_path: Path) -> SentenceClassifier:
    component = classifier(tmp_path, LetterEncoder() if request.param == "with an encoder" else None)
    component.train(training_data())
    return component


def understood(component: SentenceClassifier, text: str) -> Message:
    message = Message({"text": text})
    component.process([message])
    return message
