"""Questions that mean the same: `python -m bot.nlu.group_questions < sentences > groups`, both JSON.

Groups are lists of places in the list of sentences, the most typical first, the largest group first. Sentence vectors
when there is an encoder, counted characters and sounds otherwise.
"""

import json
import os
import sys
from typing import List, Tuple

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.language.readers.encoders import open_encoder
from bot.language.readers.grams import grams, normalise

FARTHEST = {"vectors": 0.24, "grams": 0.82}
"""Mean cosine distance inside which sentences are one group; chosen by looking at groups of page questions."""


def group(sentences: List[str]) -> List[List[int]]:
    if len(sentences) < 2:
        return [[at] for at in range(len(sentences))]
    vectors, farthest = vectors_of(sentences)
    distances = np.clip(1 - vectors @ vectors.T, 0, 2)
    model = AgglomerativeClustering(
        n_clusters=None, affinity="precomputed", linkage="average", distance_threshold=farthest
    )
    labels = model.fit_predict(distances)
    groups = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    ordered = [rows[np.argsort(distances[np.ix_(rows, rows)].mean(axis=1), kind="stable")] for rows in groups]
    return sorted(([int(at) for at in rows] for rows in ordered), key=lambda rows: (-len(rows), rows[0]))


def vectors_of(sentences: List[str]) -> Tuple[np.ndarray, float]:
    """Unit vectors, and the distance that belongs to their kind."""
    if encoder := open_encoder(os.environ.get("LINYU_ENCODER_NAME", "")):
        return encoder.encode([normalise(sentence) for sentence in sentences]), FARTHEST["vectors"]
    counted = TfidfVectorizer(analyzer=grams, sublinear_tf=True).fit_transform(sentences)
    return counted.toarray(), FARTHEST["grams"]


if __name__ == "__main__":
    print(json.dumps(group(json.load(sys.stdin))))
