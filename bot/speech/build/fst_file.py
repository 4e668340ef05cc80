"""OpenFst files as Vosk's small models use them: what `graph/Gr.fst` knows about word sequences, read and written.

Read: the compact "ngram" type. Written: the plain "const" type, which Vosk loads as well.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.speech.build.ngrams import START, Ngrams

_MAGIC, _SYMBOLS_MAGIC = 2125659606, 2125658996
_HEADER = struct.Struct("<iiQqqq")
_HAS_INPUT_SYMBOLS, _HAS_OUTPUT_SYMBOLS = 1, 2
_SORTED_ACCEPTOR = 0x1 | 0x10000 | 0x10000000 | 0x40000000
"""Expanded; input and output labels are equal; sorted by both. Other properties are left unknown."""
_STATE = np.dtype([("final", "<f4"), ("first", "<u4"), ("arcs", "<u4"), ("ieps", "<u4"), ("oeps", "<u4")])
_ARC = np.dtype([("input", "<i4"), ("output", "<i4"), ("cost", "<f4"), ("next", "<i4")])
END = "</s>"


@dataclass(frozen=True)
class WordGraph:
    words: dict[str, int]
    """Every word the model can hear, with its label."""
    ngrams: Ngrams
    symbols: bytes
    """Both symbol tables as they stand in the file."""


def read_graph(path: Path) -> WordGraph:
    """The word statistics in a small model's Gr.fst, at most three words deep. Raises ValueError for any other file."""
    raw = path.read_bytes()
    magic, at = struct.unpack_from("<i", raw)[0], 4
    kind, at = _string(raw, at)
    _arc_kind, at = _string(raw, at)
    if magic != _MAGIC or kind != "ngram":
        raise ValueError("not an ngram FST")
    _version, flags, _properties, _start, _states, _arcs = _HEADER.unpack_from(raw, at)
    at = begin = at + _HEADER.size
    words: dict[str, int] = {}
    for flag in (_HAS_INPUT_SYMBOLS, _HAS_OUTPUT_SYMBOLS):
        if flags & flag:
            words, at = _symbols(raw, at)
    return WordGraph(words, _ngrams(raw, at, max(words.values()) + 1, words[END]), raw[begin:at])


def _string(raw: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<i", raw, at)
    return raw[at + 4 : at + 4 + length].decode(), at + 4 + length


def _symbols(raw: bytes, at: int) -> tuple[dict[str, int], int]:
    if struct.unpack_from("<i", raw, at)[0] != _SYMBOLS_MAGIC:
        raise ValueError("no symbol table")
    _name, at = _string(raw, at + 4)
    _next_free, size = struct.unpack_from("<qq", raw, at)
    at += 16
    words = {}
    for _ in range(size):
        word, at = _string(raw, at)
        (words[word],) = struct.unpack_from("<q", raw, at)
        at += 8
    return words, at


def _ngrams(raw: bytes, at: int, size: int, end: int) -> Ngrams:
    """The LOUDS tries of OpenFst's NGramFst taken apart.

    A node of the context trie is a history (the newest word at the root); its parent is the shorter history.
    """
    states, futures, finals = struct.unpack_from("<QQQ", raw, at)
    at += 24

    def bits(count: int) -> np.ndarray[Any, Any]:
        nonlocal at
        size = (count + 63) // 64 * 8
        taken = np.unpackbits(np.frombuffer(raw, np.uint8, size, at), bitorder="little")[:count]
        at += size
        return taken

    def numbers(kind: Any, count: int) -> np.ndarray[Any, Any]:
        nonlocal at
        taken = np.frombuffer(raw, kind, count, at)
        at += 4 * count
        return taken

    context, future, final = bits(2 * states + 1), bits(futures + states + 1), bits(states)
    label = numbers(np.int32, states + 1).astype(np.int64)
    word = numbers(np.int32, futures).astype(np.int64)
    backoff, end_cost, cost = numbers(np.float32, states + 1), numbers(np.float32, finals), numbers(np.float32, futures)

    ones = np.flatnonzero(context)
    parent = np.cumsum(context == 0)[ones] - 1  # node i is the i-th one; its parent is told by the zeros before it
    depth = np.zeros(states, np.int64)
    for state in range(1, states):
        depth[state] = depth[parent[state]] + 1
    owner = np.cumsum(future == 0)[np.flatnonzero(future)] - 1
    last = np.where(depth == 2, label[parent], label[:states])
    before = np.where(depth == 2, label[:states], -1)
    has_end = np.flatnonzero(final)
    from_state = np.concatenate([owner, has_end])
    to_word = np.concatenate([word, np.full(len(has_end), end)])
    chance = np.exp(-np.concatenate([cost, end_cost]).astype(np.float64))
    if depth.max() > 2:
        raise ValueError("more than three words deep")
    weight = np.exp(-backoff[:states].astype(np.float64))
    of = depth[from_state]
    return Ngrams.of(
        size,
        one=(to_word[of == 0], chance[of == 0]),
        two=(last[from_state][of == 1], to_word[of == 1], chance[of == 1]),
        three=(before[from_state][of == 2], last[from_state][of == 2], to_word[of == 2], chance[of == 2]),
        backoff_one=(last[depth == 1], weight[depth == 1]),
        backoff_two=(before[depth == 2], last[depth == 2], weight[depth == 2]),
    )


def write_graph(path: Path, graph: WordGraph, ngrams: Ngrams) -> None:
    """A Gr.fst with these statistics over the same words. Every history is a state; state 0 is the empty one."""
    size, end = ngrams.size, graph.words[END]
    heads = np.unique(np.concatenate([ngrams.two[0] // size, [START]]))
    histories = np.unique(ngrams.three[0] // size)
    histories = histories[np.isin(histories // size, heads)]
    state_of_head = np.full(size, 0, np.int64)
    state_of_head[heads] = 1 + np.arange(len(heads))

    def state_after(pairs: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The state of the longest history that ends in these two words."""
        at = np.minimum(np.searchsorted(histories, pairs), len(histories) - 1)
        return np.where(histories[at] == pairs, 1 + len(heads) + at, state_of_head[pairs % size])

    alone = np.flatnonzero(ngrams.one > 0)
    pairs, triples = ngrams.two[0], ngrams.three[0][np.isin(ngrams.three[0] // size, histories)]
    triple_state = 1 + len(heads) + np.searchsorted(histories, triples // size)
    three_chance = ngrams.after_two(triples)
    known_histories = dict(zip(*ngrams.backoff_two, strict=True))
    columns = [
        (np.zeros(len(alone), np.int64), alone, ngrams.one[alone], state_of_head[alone]),
        (state_of_head[pairs // size], pairs % size, ngrams.two[1], state_after(pairs)),
        (triple_state, triples % size, three_chance, state_after(triples % size**2)),
        (
            state_of_head[heads],
            np.zeros(len(heads), np.int64),
            ngrams.backoff_one[heads],
            np.zeros(len(heads), np.int64),
        ),
        (
            1 + len(heads) + np.arange(len(histories)),
            np.zeros(len(histories), np.int64),
            np.array([known_histories[history] for history in histories]),
            state_of_head[histories % size],
        ),
    ]
    source, label, chance, target = (np.concatenate(column) for column in zip(*columns, strict=True))
    states = 1 + len(heads) + len(histories)
    final = np.full(states, np.inf)
    ends = label == end
    final[source[ends]] = -np.log(chance[ends])
    source, label, chance, target = (column[~ends] for column in (source, label, chance, target))
    order = np.lexsort((label, source))
    arcs = np.zeros(len(order), _ARC)
    arcs["input"] = arcs["output"] = label[order]
    arcs["cost"], arcs["next"] = -np.log(chance[order]), target[order]
    table = np.zeros(states, _STATE)
    table["final"] = final
    table["arcs"] = np.bincount(source, minlength=states)
    table["first"] = np.concatenate([[0], np.cumsum(table["arcs"])[:-1]])
    table["ieps"] = table["oeps"] = np.bincount(source[label == 0], minlength=states)
    header = struct.pack("<i", _MAGIC) + _written("const") + _written("standard")
    flags = _HAS_INPUT_SYMBOLS | _HAS_OUTPUT_SYMBOLS
    header += _HEADER.pack(2, flags, _SORTED_ACCEPTOR, int(state_of_head[START]), states, len(arcs))
    path.write_bytes(header + graph.symbols + table.tobytes() + arcs.tobytes())


def _written(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode()
