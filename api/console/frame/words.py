"""The console's words in Chinese and English; each topic has a file in texts/."""

import importlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from fastapi import Request

from bot.language import words

LANGUAGES = ("zh", "en")
LANGUAGE_COOKIE = "linyu_language"
FOLDER = Path(__file__).resolve().parents[1] / "texts"

Say = Callable[..., str]


@cache
def texts() -> dict[str, tuple[str, str]]:
    """Chinese and English by name. Raises ValueError when two topics use one name."""
    every: dict[str, tuple[str, str]] = {}
    for file in sorted(FOLDER.glob("[!_]*.py")):
        topic = importlib.import_module(f"api.console.texts.{file.stem}")
        if twice := every.keys() & topic.TEXTS.keys():
            raise ValueError(f"texts with the same name: {sorted(twice)}")
        every |= topic.TEXTS
    return every


def has(name: str) -> bool:
    return name in texts() or words.has(name)


def say_in(language: str) -> Say:
    """`say("people.invited", login="…")`. Raises KeyError for a text that does not exist."""
    place = LANGUAGES.index(language)

    def say(name: str, /, **values: object) -> str:
        if name not in texts():
            return words.text(name, language, **values)
        text = texts()[name][place]
        return text.format(**values) if values else text

    return say


def language_of(request: Request) -> str:
    """Chosen by a click, kept in a cookie; before that, what the browser asks for."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"
