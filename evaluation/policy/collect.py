"""Asks every policy question in a fresh conversation and keeps the replies with their sources."""

from collections.abc import Iterable, Iterator
from typing import Any

from evaluation.cases import Case
from evaluation.linyu_client import LinyuClient


def collect(cases: Iterable[Case], linyu: LinyuClient) -> Iterator[dict[str, Any]]:
    """One answer for each case: `goal`, `text` of all replies, `sections` of all their sources, `form`."""
    for case in cases:
        turn = linyu.ask(case.said)
        yield {
            "goal": turn["goal"],
            "text": "\n".join(reply["text"] for reply in turn["replies"]),
            "sections": [source["section"] for reply in turn["replies"] for source in reply["sources"]],
            "form": turn["state"]["form"],
        }
