"""Rasa component: which goal a sentence has, and which service or category it names.

Two classifiers vote: a linear one on counted n-grams (always), a small network on sentence vectors (when an encoder
is there). Details such as `service` come from the intent-level metadata of the training data and are
predicted the same way, so that 「我妈走不动,想洗个澡」 is a `bathing` without the word.
Nothing is pickled: a model file can hold numbers and text only.
"""

import json
import os
import re
from typing import Any, Dict, List, Optional, Sequence, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.readers import encoders
from bot.language.readers.grams import HAN, normalise
from bot.language.readers.linear import GramCounter, Linear
from bot.language.readers.mishearing import with_misheard
from bot.language.readers.network import Network

NONE = "-"
"""The detail of a sentence that names none."""
INTENT_RANKING = "intent_ranking"
SERVICE, SERVICES = "service", "services"
"""A detail, and all values of it that one sentence enumerates."""
ENUMERATION = re.compile(r"[,，、;；]|和|跟|与|还有|以及|还要|\band\b|\bplus\b")
"""What stands between them."""
LONGEST_PIECE, MOST_PIECES = {"zh": 16, "en": 48}, 6
"""Signs of one, and how many; a story is no enumeration."""
NETWORK = ("hidden", "hidden_bias", "weights", "bias")
LINEAR = ("weights", "bias")
"""What is stored of a model, by the names of its arrays."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceClassifier(GraphComponent):
    """Sets `intent`, `intent_ranking`, and one entity per detail."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "gram_strength": 1.0,
            "vector_share": 0.3,
            "vector_share_of_foreign": 0.2,  # for a language that the encoder does not know
            "details": ["service", "category", "language"],
            "detail_at_least": 0.4,
            "detail_intents_at_least": 0.1,
            "piece_at_least": 0.7,
            "mishearing_seed": 1,
        }

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        encoder: Optional[encoders.Encoder],
    ) -> None:
        self.config, self.storage, self.resource, self.encoder = config, storage, resource, encoder
        self.counter: Optional[GramCounter] = None
        self.by_grams: Dict[str, Linear] = {}
        self.by_vectors: Dict[str, Network] = {}
        self.intents_with: Dict[str, List[str]] = {}
        """For each detail, the intents whose examples name it."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SentenceClassifier":
        return cls(config, model_storage, resource, open_encoder())

    # Training

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent, then persist."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        texts = [m.get(TEXT) for m in examples]
        intents = [m.get(INTENT) for m in examples]
        heard, original = with_misheard(texts, self.config["mishearing_seed"])
        self.counter = GramCounter.fit(texts)
        counted = self.counter.count(heard)
        vectors = self._vectors(texts)
        self._fit(INTENT, intents, list(range(len(texts))), counted, original, vectors)
        for detail in self.config["details"]:
            values = [_detail_of(m, detail) for m in examples]
            carriers = sorted({intent for intent, value in zip(intents, values) if value != NONE})
            rows = [at for at, intent in enumerate(intents) if intent in carriers]
            if len({values[at] for at in rows}) > 1:
                self.intents_with[detail] = carriers
                self._fit(detail, values, rows, counted, original, vectors)
        self.persist()
        return self.resource

    def _fit(
        self,
        name: str,
        labels: Sequence[str],
        rows: List[int],
        counted: Any,
        original: List[int],
        vectors: Optional[np.ndarray],
    ) -> None:
        """`rows` are the examples to learn from; `counted` also holds misheard copies of `original` examples."""
        chosen = set(rows)
        heard = [at for at, example in enumerate(original) if example in chosen]
        strength = self.config["gram_strength"]
        self.by_grams[name] = Linear.fit_grams(counted[heard], [labels[original[at]] for at in heard], strength)
        if vectors is not None:
            self.by_vectors[name] = Network.fit(vectors[rows], [labels[at] for at in rows])

    # Use

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text or message.get(INTENT) or self.counter is None:
                continue
            counted = self.counter.count([text])
            vectors = self._vectors([text]) if self.by_vectors else None
            known = self.encoder is None or encoders.knows_language(self.encoder, text)
            share = self.config["vector_share" if known else "vector_share_of_foreign"]
            ranking = self._ranking(INTENT, counted, vectors, share)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING, ranking, add_to_output=True)
            for detail in self.intents_with:
                best = self._ranking(detail, counted, vectors, share)[0]
                if self._is_told(detail, best, ranking):
                    told = [self._entity(detail, best, text)]
                    if detail == SERVICE and len(several := self._enumerated(text, share)) > 1:
                        told.append({**told[0], "entity": SERVICES, "value": ",".join(several)})
                    message.set(ENTITIES, message.get(ENTITIES, []) + told, add_to_output=True)
        return messages

    def _enumerated(self, text: str, share: float) -> List[Text]:
        """The services that the pieces of an enumeration name: 送饭、洗澡和陪着看病.

        Only the first piece may name none, since it tells who wishes: a story in several clauses is no enumeration.
        """
        pieces = [piece.strip() for piece in ENUMERATION.split(text) if piece.strip()]
        longest = LONGEST_PIECE["zh" if HAN.search(text) else "en"]
        if not 1 < len(pieces) <= MOST_PIECES or any(len(piece) > longest for piece in pieces) or self.counter is None:
            return []
        counted = self.counter.count(pieces)
        vectors = self._vectors(pieces) if self.by_vectors else None
        found = []
        for at in range(len(pieces)):
            mine = vectors[at : at + 1] if vectors is not None else None
            best = self._ranking(SERVICE, counted[at : at + 1], mine, share)[0]
            if best["name"] != NONE and best["confidence"] >= self.config["piece_at_least"]:
                found.append(best["name"])
            elif at:
                return []
        return list(dict.fromkeys(found))

    def _vectors(self, texts: List[str]) -> Optional[np.ndarray]:
        return self.encoder.encode([normalise(text) for text in texts]) if self.encoder else None

    def _ranking(self, name: str, counted: Any, vectors: Optional[np.ndarray], share: float) -> List[Dict[Text, Any]]:
        """Both votes averaged as logarithms, the vectors' with this share: a label needs the consent of both."""
        scores = self.by_grams[name].log_scores(counted)[0]
        if vectors is not None and name in self.by_vectors:
            scores = (1 - share) * scores + share * self.by_vectors[name].log_scores(vectors)[0]
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
        labels = self.by_grams[name].labels
        return [{"name": labels[i], "confidence": float(scores[i])} for i in np.argsort(-scores)]

    def _is_told(self, detail: str, best: Dict[Text, Any], ranking: List[Dict[Text, Any]]) -> bool:
        """A detail counts only in a sentence that may have an intent with such a detail."""
        carriers = sum(row["confidence"] for row in ranking if row["name"] in self.intents_with[detail])
        return bool(
            best["name"] != NONE
            and best["confidence"] >= self.config["detail_at_least"]
            and carriers >= self.config["detail_intents_at_least"]
        )

    def _entity(self, detail: str, best: Dict[Text, Any], text: str) -> Dict[Text, Any]:
        """Over the whole sentence: no single word need carry it."""
        return {
            "entity": detail,
            "value": best["name"],
            "confidence_entity": best["confidence"],
            "start": 0,
            "end": len(text),
            "extractor": type(self).__name__,
        }

    # Storage

    def persist(self) -> None:
        """`words.json` and `weights.npz`."""
        assert self.counter is not None, "train first"
        models: Dict[str, Any] = {f"grams.{name}": model for name, model in self.by_grams.items()}
        models.update({f"vectors.{name}": model for name, model in self.by_vectors.items()})
        arrays = {"rarity": self.counter.rarity}
        for name, model in models.items():
            for part in _parts(name):
                arrays[f"{name}.{part}"] = getattr(model, part)
        words = {
            "vocabulary": self.counter.vocabulary,
            "labels": {name: model.labels for name, model in models.items()},
            "intents_with": self.intents_with,
        }
        with self.storage.write_to(self.resource) as folder:
            np.savez_compressed(folder / "weights.npz", **arrays)
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
        component = cls(config, model_storage, resource, open_encoder())
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / "words.json").read_text("utf-8"))
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                component.counter = GramCounter(words["vocabulary"], arrays["rarity"])
                component.intents_with = words["intents_with"]
                for name, labels in words["labels"].items():
                    kind, _, of = name.partition(".")
                    parts = [arrays[f"{name}.{part}"] for part in _parts(name)]
                    if kind == "grams":
                        component.by_grams[of] = Linear(labels, *parts)
                    else:
                        component.by_vectors[of] = Network(labels, *parts)
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


def open_encoder() -> Optional[encoders.Encoder]:
    """The encoder that LINYU_ENCODER_NAME names; None when it names none."""
    return encoders.open_encoder(os.environ.get("LINYU_ENCODER_NAME", ""), deep=True)


def _parts(name: str) -> Sequence[str]:
    """The arrays of a model, by its name: grams.intent, vectors.service."""
    return LINEAR if name.startswith("grams.") else NETWORK


def _detail_of(example: Message, detail: str) -> str:
    """As the training data's metadata gives it."""
    value = ((example.get(METADATA) or {}).get(METADATA_INTENT) or {}).get(detail, NONE)
    return str(value)
