"""Choices are heard as well as seen: what can be chosen stands in the words, and buttons repeat it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.language import choices as row
from bot.language import words
from bot.turns import Button


def offer(
    dispatcher: CollectingDispatcher,
    response: str,
    choices: Sequence[Button],
    language: str,
    *,
    either: bool = False,
    none: str = "",
    beside: Mapping[str, Any] = MappingProxyType({}),
    **values: Any,
) -> None:
    """Say `response` with the first choices in its {choices}, or `none`, and in {more} whether to go on.

    `beside` is what else goes with the message, such as tiles.

    The resident answers by name, by place in the row or by a button; `bot.dialogue.choosing` reads the answer.
    """
    told = choices[: row.AT_ONCE]
    rest = len(choices) > len(told)
    buttons = [
        *told,
        *([Button(words.text("dialogue.more", language), words.payload("dialogue.more", language))] if rest else []),
    ]
    dispatcher.utter_message(
        response=response,
        choices=row.for_eye([choice.title for choice in told], language, either=either) or none,
        more=words.text("dialogue.go_on", language) if rest else "",
        buttons=[{"title": each.title, "payload": each.payload} for each in buttons],
        json_message={**beside, "choices": [{"title": each.title, "payload": each.payload} for each in choices]},
        **values,
    )


def plainly(titles: Sequence[str]) -> list[Button]:
    """Choices that are answered with their own words."""
    return [Button(title, title) for title in titles]
