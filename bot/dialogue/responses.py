"""The replies of the domain that must be sayable without Rasa: welcome, danger, please wait, sorry."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.language.ear import for_ear
from bot.turns import Button, Reply

Variations = dict[str, list[dict[str, Any]]]


def variations_of(domain: Path) -> Variations:
    """The variations of every reply, in domain.yml and in the topics' files beside it."""
    topics = sorted((domain.parent / "data" / "domain").glob("*.yml"))
    found: Variations = {}
    for path in (domain, *topics):
        found.update(yaml.safe_load(path.read_text("utf-8")).get("responses", {}))
    return found


def language_of(variation: dict[str, Any]) -> str:
    conditions = variation.get("condition", ())
    return next((c["value"] for c in conditions if c["name"] == "language"), "zh")


class Responses:
    """`path` is domain.yml."""

    def __init__(self, path: Path) -> None:
        self._responses = variations_of(path)

    def reply(self, name: str, language: str) -> Reply:
        """The variation of `name` in that language."""
        variation = next(v for v in self._responses[name] if language_of(v) == language)
        text = variation["text"]
        return Reply(
            text=text,
            spoken=variation.get("custom", {}).get("spoken") or for_ear(text, language),
            buttons=tuple(Button(b["title"], b["payload"]) for b in variation.get("buttons", ())),
        )


@cache
def responses_of(path: Path) -> Responses:
    return Responses(path)
