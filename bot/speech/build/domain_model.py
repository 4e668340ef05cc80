"""The Mandarin recogniser with our own language model: Vosk's small model, its word statistics mixed with ours.

Vosk's words of everyday news stay; words of ours (大冶 is a million times rarer there than 我) become likely. Acoustics are
untouched. The folder is made once by `python -m bot.speech.build.domain_model`, again when its inputs change.
"""

import hashlib
import math
import os
import random
import re
from collections.abc import Iterable
from pathlib import Path

from bot.speech.build.fst_file import END, read_graph, write_graph
from bot.speech.build.ngrams import count, mix
from bot.speech.build.spoken_sentences import DIGITS, chinese_sentences

ROOT = Path(__file__).resolve().parent.parent.parent.parent
NAME = "zh-daye"
SHARE = 0.8
"""How much our sentences say, 0 to 1, beside the model's own; docs/adr/0013-hearing.md has the figures."""
SEED = 1
LONGEST_WORD = 6
RAREST = -11.0
"""Log chance below which words count alike when a sentence is cut: 大冶 is rare in the news and still one word."""
_NUMBER = re.compile(f"[幺{DIGITS}]{{3,}}")
LEARNT_FROM = (
    "bot/speech/build/*_sentences.py",
    "bot/speech/build/ngrams.py",
    "bot/speech/build/fst_file.py",
    "bot/speech/build/domain_model.py",
    "bot/language/zh/domain_words.txt",
    "data/nlu/zh/*.yml",
    "data/knowledge/*.md",
    "data/policy/communities.csv",
    "models/CHECKSUMS",
)
"""Files below the root. The model is made anew when one of them changes."""


def folder_for(models: Path, language: str) -> Path:
    """The folder of the model that hears this language: ours for Mandarin when it has been made."""
    ours = models / NAME
    return ours if language == "zh" and (ours / "fingerprint").exists() else models / language


def ensure(models: Path, root: Path = ROOT) -> bool:
    """Make models/vosk/zh-daye unless it fits its inputs. True when it was made. Takes half a minute."""
    folder, general = models / NAME, models / "zh"
    mark = folder / "fingerprint"
    wanted = fingerprint(root)
    if mark.exists() and mark.read_text() == wanted:
        return False
    mark.unlink(missing_ok=True)
    (folder / "graph").mkdir(parents=True, exist_ok=True)
    graph = read_graph(general / "graph" / "Gr.fst")
    cutter = Cutter({word: float(graph.ngrams.one[label]) for word, label in graph.words.items()})
    rows = []
    for sentence, weight in chinese_sentences(root / "data", random.Random(SEED)):  # noqa: S311
        if words := cutter.cut(sentence):
            rows.append(([graph.words[word] for word in words], weight))
    special = count(rows, graph.ngrams.size, graph.words[END])
    write_graph(folder / "graph" / "Gr.fst", graph, mix(graph.ngrams, special, SHARE))
    _link(general, folder, (path.name for path in general.iterdir() if path.name not in ("graph", "README")))
    _link(general / "graph", folder / "graph", (p.name for p in (general / "graph").iterdir() if p.name != "Gr.fst"))
    mark.write_text(wanted)
    return True


def fingerprint(root: Path) -> str:
    """Changes when anything the model is made of does."""
    digest = hashlib.sha256()
    for pattern in LEARNT_FROM:
        for path in sorted(root.glob(pattern)):
            digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _link(source: Path, target: Path, names: Iterable[str]) -> None:
    for name in names:
        (target / name).unlink(missing_ok=True)
        (target / name).symlink_to(os.path.relpath(source / name, target))


class Cutter:
    """Cuts sentences into words that the recogniser knows."""

    def __init__(self, chances: dict[str, float]) -> None:
        self.costs = {word: -max(math.log(chance), RAREST) for word, chance in chances.items() if chance > 0}

    def cut(self, sentence: str) -> list[str]:
        """The likeliest words; digits of a number each by itself. Empty when there is a character nobody can hear."""
        numbers = {at for match in _NUMBER.finditer(sentence) for at in range(*match.span())}
        best: list[tuple[float, list[str]] | None] = [(0.0, []), *([None] * len(sentence))]
        for start in range(len(sentence)):
            if (here := best[start]) is None:
                continue
            for end in range(start + 1, min(len(sentence), start + (1 if start in numbers else LONGEST_WORD)) + 1):
                word = sentence[start:end]
                if word not in self.costs or (len(word) > 1 and numbers & set(range(start, end))):
                    continue
                cost = here[0] + self.costs[word]
                if (there := best[end]) is None or cost < there[0]:
                    best[end] = cost, [*here[1], word]
        whole = best[-1]
        return whole[1] if whole else []


if __name__ == "__main__":
    if ensure(ROOT / "models" / "vosk"):
        print("made the recogniser's own language model", flush=True)
