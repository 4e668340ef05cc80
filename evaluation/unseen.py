"""Near copies between what the assistant learns from and what measures it: `python -m evaluation.unseen`.

Prints how many there are by file, never the sentences: who teaches must not learn the cases.
`--accept` writes those that are there now to `dev_sets/ALIKE`, as digests, beside those that `test_sets/ALIKE` froze; the guard refuses
every further one.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from bot.language.text import CHINESE, normalise
from bot.settings import ROOT

NEAR = 0.7
"""Share of three-letter pieces in common, 0 to 1, from which two sentences are near copies."""
SHORTEST = {"zh": 6, "en": 15}
"""Characters. Shorter ones, such as 「找人工」, are everybody's words and no copy."""
HERE = Path(__file__).parent
ALIKE = HERE / "test_sets" / "ALIKE"
ALIKE_SINCE = HERE / "dev_sets" / "ALIKE"
"""Of sets that were written later."""
QUESTION_HEADINGS = ("问法", "Questions")
_NOTHING = re.compile(r"[\W_]+")
_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def plain(sentence: str) -> str:
    """Letters and digits only, lower case, traditional characters as simplified ones."""
    return _NOTHING.sub("", normalise(sentence).lower())


def pieces(sentence: str) -> frozenset[str]:
    """Every three neighbouring letters."""
    letters = plain(sentence)
    return frozenset(letters[at : at + 3] for at in range(len(letters) - 2))


def near_copies(taught: Iterable[str], cases: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a taught sentence and a case that are nearly the same, whichever was copied from the other."""
    by_piece = defaultdict(list)
    learnt = [(sentence, pieces(sentence)) for sentence in dict.fromkeys(taught) if _long_enough(sentence)]
    for at, (_, found) in enumerate(learnt):
        for piece in found:
            by_piece[piece].append(at)
    for case in dict.fromkeys(cases):
        if not _long_enough(case):
            continue
        own = pieces(case)
        shared = Counter(at for piece in own for at in by_piece[piece])
        for at, count in shared.items():
            if 2 * count >= NEAR * (len(own) + len(learnt[at][1])):
                yield learnt[at][0], case


def _long_enough(sentence: str) -> bool:
    language = "zh" if re.search(f"[{CHINESE}]", sentence) else "en"
    return len(plain(sentence)) >= SHORTEST[language]


def taught_sentences(data: Path = ROOT / "data") -> Iterator[tuple[str, str]]:
    """File and sentence, for everything that is learnt from or searched in."""
    for file in sorted((data / "nlu").rglob("*.yml")):
        for block in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)["nlu"]:
            for line in block["examples"].splitlines():
                yield file.name, _ENTITY.sub(r"\1", line.removeprefix("- "))
    for folder in ("answers", "danger", "knowledge"):
        for file in sorted((data / folder).glob("*.txt")):
            lines = file.read_text("utf-8").splitlines()
            yield from ((f"{folder}/{file.name}", line) for line in lines if line.strip() and line[0] not in "#[")
    for file in sorted((data / "knowledge").glob("*.md")):
        for part in frontmatter.load(str(file)).content.split("\n## ")[1:]:
            heading, _, body = part.partition("\n")
            if heading.strip() in QUESTION_HEADINGS:
                yield from ((file.name, line[2:]) for line in body.splitlines() if line.startswith("- "))


def case_sentences(folder: Path = HERE) -> Iterator[tuple[str, str]]:
    """File and sentence, for everything that measures."""
    for file in sorted(folder.rglob("*.jsonl")):
        if "results" in file.parts:
            continue
        for line in file.read_text("utf-8").splitlines():
            yield from ((str(file.relative_to(folder)), said) for said in _said(json.loads(line)) if line.strip())


def _said(case: Mapping[str, Any]) -> Iterator[str]:
    if "said" in case:
        yield case["said"]
    if "opening" in case:
        yield case["opening"]
        for replies in case["replies"].values():
            yield from replies


def digest(taught: str, case: str) -> str:
    """Of a pair; nobody can read the case from it."""
    return hashlib.sha256(f"{plain(taught)}\0{plain(case)}".encode()).hexdigest()[:24]


def accepted(*files: Path) -> frozenset[str]:
    """Digests of the pairs that were alike, by chance, when the sets were written."""
    found = files or (ALIKE, ALIKE_SINCE)
    return frozenset(digest for file in found if file.exists() for digest in file.read_text("utf-8").split())


def found() -> dict[str, tuple[str, str]]:
    """All near copies there are: digest to the files of the taught sentence and the case."""
    taught = {sentence: file for file, sentence in taught_sentences()}
    cases = {sentence: file for file, sentence in case_sentences()}
    return {digest(one, case): (taught[one], cases[case]) for one, case in near_copies(taught, cases)}


def near_a_taught_one() -> frozenset[str]:
    """Cases that some taught sentence is nearly the same as."""
    cases = (sentence for _, sentence in case_sentences())
    return frozenset(case for _, case in near_copies((one for _, one in taught_sentences()), cases))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="accept those that are there now")
    pairs = found()
    if parser.parse_args().accept:
        ALIKE_SINCE.write_text("\n".join(sorted(pairs.keys() - accepted(ALIKE))) + "\n", "utf-8")
    for (taught, case), count in Counter(pairs.values()).most_common():
        print(f"{count:5}  {taught}  {case}")
    print(f"{len(pairs)} near copies, {len(pairs.keys() - accepted())} of them new")


if __name__ == "__main__":
    main()
