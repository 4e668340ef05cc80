"""Rasa component: which goal a sentence has, and which service or category it names.

Two linear classifiers vote: one on counted n-grams (always), one on sentence vectors (when an encoder is
there). Details such as `service` come from the intent-level metadata of the training data and are
predicted the same way, so that 「我妈走不动,想洗个澡」 is a `bathing` without the word.
Nothing is pickled: a model file can hold numbers and text only.
"""

import json
import os
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.language.encoder import SentenceEncoder
from bot.nlu.features import grams, normalise

NONE = "-"
"""The detail of a sentence that names none."""
INTENT_RANKING = "intent_ranking"


class Linear:
    """Weights of one softmax classifier: labels, one row of weights per label, one bias per label."""

    def __init__(self, labels: List[str], weights: np.ndarray, bias: np.ndarray) -> None:
        self.labels, self.weights, self.bias = labels, weights, bias

    @classmethod
    def fit(cls, features: Any, labels: Sequence[str], strength: float) -> "Linear":
        """`strength` is sklearn's C: higher trusts the examples more."""
        model = LogisticRegression(C=strength, max_iter=300, tol=1e-3, solver="lbfgs", random_state=0)
        model.fit(features, labels)
        weights, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        return cls([str(c) for c in model.classes_], weights.astype(np.float32), bias.astype(np.float32))

    def scores(self, features: Any) -> np.ndarray:
        """Probabilities, one per label, that sum to 1."""
        raw = np.asarray(features @ self.weights.T).ravel() + self.bias
        raw = np.exp(raw - raw.max())
        return raw / raw.sum()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent):
    """Sets `intent`, `intent_ranking`, and one entity per detail."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "gram_strength": 30.0,
            "vector_strength": 30.0,
            "vector_share": 0.5,
            "details": ["service", "category", "language"],
            "detail_at_least": 0.4,
        }

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        self.config = config
        self.storage, self.resource = storage, resource
        self.vocabulary: Dict[str, int] = {}
        self.weight_of: np.ndarray = np.zeros(0, dtype=np.float32)
        self.models: Dict[str, Linear] = {}
        self.encoder = open_encoder()

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "SentenceClassifier":
        return cls(config, model_storage, resource)

    # Training

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent, then persist."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts = [m.get(TEXT) for m in examples]
        vectorizer = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=1, dtype=np.float32)
        counted = vectorizer.fit_transform(texts)
        self.vocabulary = {gram: int(at) for gram, at in vectorizer.vocabulary_.items()}
        self.weight_of = vectorizer.idf_.astype(np.float32)
        vectors = self.encoder.encode([normalise(t) for t in texts]) if self.encoder else None
        for name, labels in self._labels(examples).items():
            self.models[f"{name}.grams"] = Linear.fit(counted, labels, self.config["gram_strength"])
            if vectors is not None:
                self.models[f"{name}.vectors"] = Linear.fit(vectors, labels, self.config["vector_strength"])
        self.persist()
        return self.resource

    def _labels(self, examples: List[Message]) -> Dict[str, List[str]]:
        """For the intent and each detail that occurs, one label per example."""
        labels = {INTENT: [m.get(INTENT) for m in examples]}
        for detail in self.config["details"]:
            column = [((m.get(METADATA) or {}).get(METADATA_INTENT) or {}).get(detail, NONE) for m in examples]
            if len(set(column)) > 1:
                labels[detail] = column
        return labels

    # Use

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text or message.get(INTENT):
                continue
            features = self._features(text)
            ranking = self._ranking(INTENT, features)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING, ranking, add_to_output=True)
            message.set(ENTITIES, message.get(ENTITIES, []) + self._details(text, features), add_to_output=True)
        return messages

    def _features(self, text: str) -> Dict[str, Any]:
        found: Dict[int, int] = {}
        for gram in grams(text):
            at = self.vocabulary.get(gram)
            if at is not None:
                found[at] = found.get(at, 0) + 1
        columns = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
        values = (1 + np.log(np.fromiter(found.values(), dtype=np.float32, count=len(found)))) * self.weight_of[columns]
        length = np.linalg.norm(values)
        row = csr_matrix(
            (values / length if length else values, (np.zeros_like(columns), columns)),
            shape=(1, len(self.weight_of)),
        )
        features: Dict[str, Any] = {"grams": row}
        if self.encoder and f"{INTENT}.vectors" in self.models:
            features["vectors"] = self.encoder.encode([normalise(text)])
        return features

    def _scores(self, name: str, features: Dict[str, Any]) -> Tuple[List[str], np.ndarray]:
        model = self.models[f"{name}.grams"]
        scores = model.scores(features["grams"])
        if "vectors" in features:
            share = self.config["vector_share"]
            scores = (1 - share) * scores + share * self.models[f"{name}.vectors"].scores(features["vectors"])
        return model.labels, scores

    def _ranking(self, name: str, features: Dict[str, Any]) -> List[Dict[Text, Any]]:
        labels, scores = self._scores(name, features)
        return [{"name": labels[i], "confidence": float(scores[i])} for i in np.argsort(-scores)]

    def _details(self, text: str, features: Dict[str, Any]) -> List[Dict[Text, Any]]:
        """An entity over the whole sentence for each detail that is likelier than none."""
        entities = []
        for detail in self.config["details"]:
            if f"{detail}.grams" not in self.models:
                continue
            best = self._ranking(detail, features)[0]
            if best["name"] != NONE and best["confidence"] >= self.config["detail_at_least"]:
                entities.append(
                    {
                        "entity": detail,
                        "value": best["name"],
                        "confidence_entity": best["confidence"],
                        "start": 0,
                        "end": len(text),
                        "extractor": type(self).__name__,
                    }
                )
        return entities

    # Storage

    def persist(self) -> None:
        with self.storage.write_to(self.resource) as folder:
            arrays = {"weight_of": self.weight_of}
            for name, model in self.models.items():
                arrays[f"{name}.weights"], arrays[f"{name}.bias"] = model.weights, model.bias
            np.savez_compressed(folder / "weights.npz", **arrays)
            words = {"vocabulary": self.vocabulary, "labels": {n: m.labels for n, m in self.models.items()}}
            (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SentenceClassifier":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / "words.json").read_text("utf-8"))
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                component.vocabulary, component.weight_of = words["vocabulary"], arrays["weight_of"]
                for name, labels in words["labels"].items():
                    component.models[name] = Linear(labels, arrays[f"{name}.weights"], arrays[f"{name}.bias"])
        return component

    @staticmethod
    def required_components() -> List[Type]:
        return []

    @staticmethod
    def required_packages() -> List[Text]:
        return ["sklearn", "tokenizers", "pypinyin"]

    @staticmethod
    def supported_languages() -> Optional[List[Text]]:
        return None

    @staticmethod
    def not_supported_languages() -> Optional[List[Text]]:
        return None


def open_encoder() -> Optional[SentenceEncoder]:
    """The encoder in the folder that LINYU_ENCODER_DIR names; None when it names none."""
    folder = os.environ.get("LINYU_ENCODER_DIR", "")
    return SentenceEncoder(Path(folder)) if folder else None
