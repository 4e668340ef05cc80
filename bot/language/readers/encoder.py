"""Sentence vectors from a BERT-shaped encoder, in numpy alone.

Read by the app (Python 3.12) and by Rasa's environment (3.10), so it keeps to 3.10 syntax, numpy,
tokenizers and safetensors. A folder holds `config.json`, `tokenizer.json` and `model.safetensors`, as
published for m3e-small or BGE-small-zh; `1_Pooling/config.json` may ask for the CLS vector instead of the mean.
"""

import copy
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Array = npt.NDArray[np.float32]
LONGEST = 96
"""Tokens of a sentence that are read; utterances are far shorter."""
DEEP_LAYERS = 4
"""The last layers whose vectors a deep encoder joins; all of them in a small model."""
BATCH_TOKENS = 4096
"""Tokens that go through the layers together; more takes memory and is no faster."""


class SentenceEncoder:
    """Turns sentences into unit vectors; vectors of similar meaning have a dot product near 1."""

    chinese_only = True
    """Those that a street office can get: m3e-small, BGE-small-zh."""

    def __init__(self, folder: Path, *, deep: bool = False) -> None:
        """Raises OSError when a file of the encoder is missing.

        `deep` joins the vectors of the last layers: four times as long, at no cost in time. A classifier
        reads goals better from them; for nearness in meaning the last layer alone is the right one.
        """
        config = json.loads((folder / "config.json").read_text("utf-8"))
        self.heads: int = config["num_attention_heads"]
        self.layers: int = config["num_hidden_layers"]
        self.size: int = config["hidden_size"]
        self.joined_layers = min(DEEP_LAYERS, self.layers) if deep else 1
        sizes = sorted(f"{file.name} {file.stat().st_size}" for file in folder.iterdir() if file.is_file())
        self.fingerprint = hashlib.sha256("\n".join(sizes).encode()).hexdigest()[:16]
        """Tells one encoder from another by the sizes of its files."""
        self.epsilon: float = config.get("layer_norm_eps", 1e-12)
        pooling = folder / "1_Pooling" / "config.json"
        self.use_cls = pooling.exists() and json.loads(pooling.read_text())["pooling_mode_cls_token"]
        weights = load_file(str(folder / "model.safetensors"))
        self.weights: dict[str, Array] = {
            name.removeprefix("bert."): value.astype(np.float32) for name, value in weights.items()
        }
        self._join_attention_weights()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.no_padding()

    def joining_layers(self) -> "SentenceEncoder":
        """The same encoder in its deep form; the weights are shared, not copied."""
        deep = copy.copy(self)
        deep.joined_layers = min(DEEP_LAYERS, self.layers)
        return deep

    def encode(self, sentences: Sequence[str]) -> Array:
        """One row for each sentence, of length `size` times `joined_layers`."""
        tokens = [encoded.ids for encoded in self.tokenizer.encode_batch(list(sentences))]
        same_length: dict[int, list[int]] = {}
        for at, ids in enumerate(tokens):
            same_length.setdefault(len(ids), []).append(at)
        vectors = np.zeros((len(tokens), self.size * self.joined_layers), dtype=np.float32)
        for length, places in same_length.items():
            step = max(1, BATCH_TOKENS // length)
            for start in range(0, len(places), step):
                batch = places[start : start + step]
                vectors[batch] = self._encode_batch(np.array([tokens[at] for at in batch]))
        return vectors

    def _join_attention_weights(self) -> None:
        """Query, key and value come out of one multiplication."""
        for number in range(self.layers):
            at = f"encoder.layer.{number}.attention.self."
            for kind in ("weight", "bias"):
                parts = [self.weights.pop(f"{at}{part}.{kind}") for part in ("query", "key", "value")]
                self.weights[f"{at}joined.{kind}"] = np.concatenate(parts)

    def _encode_batch(self, ids: npt.NDArray[np.int64]) -> Array:
        """Sentences of one length, so that nothing is padded."""
        hidden = self._embed(ids)
        pooled: list[Array] = []
        for number in range(self.layers):
            hidden = self._layer(hidden, ids.shape, f"encoder.layer.{number}.")
            if number >= self.layers - self.joined_layers:
                pooled.append(self._pool(hidden.reshape(*ids.shape, self.size)))
        vectors: Array = np.concatenate(pooled, axis=1) / np.sqrt(self.joined_layers, dtype=np.float32)
        return vectors

    def _pool(self, hidden: Array) -> Array:
        """One unit vector for each sentence."""
        pooled: Array = hidden[:, 0] if self.use_cls else hidden.mean(axis=1, dtype=np.float32)
        lengths = np.sqrt((pooled * pooled).sum(axis=1, keepdims=True))
        unit: Array = (pooled / np.maximum(lengths, 1e-9)).astype(np.float32)
        return unit

    def _embed(self, ids: npt.NDArray[np.int64]) -> Array:
        """One row for each token of the batch."""
        w = self.weights
        hidden: Array = (
            w["embeddings.word_embeddings.weight"][ids]
            + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        return self._norm(hidden.reshape(-1, self.size), "embeddings.LayerNorm")

    def _layer(self, hidden: Array, shape: tuple[int, ...], at: str) -> Array:
        joined = self._linear(hidden, f"{at}attention.self.joined")
        query, key, value = joined.reshape(*shape, 3, self.heads, -1).transpose(2, 0, 3, 1, 4)
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(query.shape[-1]))
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        context = (scores @ value).transpose(0, 2, 1, 3).reshape(hidden.shape)
        attended = self._linear(context, f"{at}attention.output.dense")
        hidden = self._norm(hidden + attended, f"{at}attention.output.LayerNorm")
        wide = _gelu(self._linear(hidden, f"{at}intermediate.dense"))
        return self._norm(hidden + self._linear(wide, f"{at}output.dense"), f"{at}output.LayerNorm")

    def _linear(self, x: Array, name: str) -> Array:
        result: Array = x @ self.weights[f"{name}.weight"].T
        result += self.weights[f"{name}.bias"]
        return result

    def _norm(self, x: Array, name: str) -> Array:
        centred = x - x.mean(axis=-1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred)[:, None] / np.float32(x.shape[-1])
        centred *= self.weights[f"{name}.weight"] / np.sqrt(variance + np.float32(self.epsilon))
        centred += self.weights[f"{name}.bias"]
        return centred


def _gelu(x: Array) -> Array:
    """Hendrycks and Gimpel, arXiv:1606.08415, their tanh form (differs from the exact one by < 0.001)."""
    inner = np.float32(0.7978845608) * x * (1 + np.float32(0.044715) * (x * x))
    result: Array = np.float32(0.5) * x * (1 + np.tanh(inner))
    return result
