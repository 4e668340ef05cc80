"""Asks every goal case in a fresh conversation and keeps what came back."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.dialogue.goals import FINER_INTENTS
from evaluation.cases import Case
from evaluation.linyu_client import LinyuClient, RasaChannel

Answer = dict[str, Any]
UNSURE = "unsure"
"""The intent of a sentence that is asked back about."""


def collect(cases: Iterable[Case], linyu: LinyuClient, rasa: RasaChannel) -> Iterator[Answer]:
    """One answer for each case: `goal`, `confidence`, `form` (None: no form opened), `service`, `category`,
    and `unsure`: we asked back instead of acting on it.

    A case that answers a question, and what the public Turn does not show, is read from Rasa's own channel.
    """
    for case in cases:
        answer: Answer = {"form": None}
        if case.awaiting is None:
            turn = linyu.ask(case.said)
            answer = {"goal": turn["goal"], "confidence": turn["confidence"], "form": turn["state"]["form"]}
        decided_before = answer.get("goal") == "emergency" or answer.get("confidence") == 1.0
        if case.awaiting or case.service or case.category or not decided_before:
            read = rasa.read(case.said, case.awaiting)
            best = read["intent_ranking"][0]
            entities = {entity["entity"]: entity["value"] for entity in read["entities"]}
            answer.setdefault("goal", FINER_INTENTS.get(best["name"], best["name"]))
            answer.setdefault("confidence", best["confidence"])
            answer |= {"service": entities.get("service"), "category": entities.get("category")}
            answer["unsure"] = read["intent"]["name"] == UNSURE and not decided_before
        yield answer
