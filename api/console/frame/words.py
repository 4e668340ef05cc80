"""The console's words, in the language that staff have chosen; they stand in the catalogue (bot/language/words.py)."""

from collections.abc import Callable

from fastapi import Request

from bot.language import words

LANGUAGES = ("zh", "en")
LANGUAGE_COOKIE = "linyu_language"

Say = Callable[..., str]


def has(code: str) -> bool:
    return words.has(code)


def say_in(language: str) -> Say:
    """`say("people.invited", login="…")`. Raises KeyError for words that do not exist."""

    def say(code: str, /, **values: object) -> str:
        return words.text(code, language, **values)

    return say


def language_of(request: Request) -> str:
    """Chosen by a click, kept in a cookie; before that, what the browser asks for."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return "en" if request.headers.get("accept-language", "zh").lower().startswith("en") else "zh"
