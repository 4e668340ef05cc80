"""The catalogue of words: what residents and staff are told, by code, in Chinese and in English, for the eye and the ear.

The words stand in `data/words/<language>/<topic>.ftl`, written in Project Fluent's format. A code has dots, names in Fluent
have none: the words of "cases.state.filed" are the message `cases-state-filed`. Where the ear needs other words than
the eye they stand in its attribute `.ear`; what a button says stands in `.payload`. Rasa's own replies, with their buttons and conditions, stay in `domain.yml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.runtime.types import fluent_number
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.language.ear import for_ear

FOLDER = Path(__file__).resolve().parents[2] / "data" / "words"
LOCALES = {"zh": "zh-CN", "en": "en"}
EAR = "ear"
PAYLOAD = "payload"


@dataclass(frozen=True)
class Catalogue:
    """All words, read once."""

    bundles: dict[str, FluentBundle]
    """By language."""
    variables: dict[str, frozenset[str]]
    """Which values the words of each code want; the same in every language."""


@cache
def catalogue(folder: Path = FOLDER) -> Catalogue:
    """All words of a folder. Raises ValueError when a file is wrong or the languages differ in codes or variables."""
    bundles, variables = {}, {}
    for language, locale in LOCALES.items():
        messages = dict(_messages(folder / language))
        bundles[language] = FluentBundle([locale], use_isolating=False)
        bundles[language].add_resource(ast.Resource([*messages.values()]))
        variables[language] = {name: _variables(message, messages) for name, message in messages.items()}
    every, *others = variables.values()
    for other in others:
        if lonely := every.keys() ^ other.keys():
            raise ValueError(f"words in one language only: {sorted(lonely)}")
        if differing := [name for name in every if every[name] != other[name]]:
            raise ValueError(f"words whose languages want different values: {differing}")
    return Catalogue(bundles, every)


def text(code: str, language: str | None, /, **values: object) -> str:
    """The words for the eye; any language but English is Chinese. Whole numbers choose a plural; all else goes in as it is.

    Raises KeyError for a code that does not exist and for a value that is missing.
    """
    return _formatted(code, language, None, values)


def spoken(code: str, language: str | None, /, **values: object) -> str:
    """The words for the ear: its own where there are some, else those for the eye as they are said aloud. Raises as `text`."""
    heard = _formatted(code, language, EAR, values)
    return for_ear(heard, "en" if language == "en" else "zh")


def payload(code: str, language: str | None, /, **values: object) -> str:
    """What the button named by the code says for the resident: its attribute `.payload`. Raises as `text`."""
    return _formatted(code, language, PAYLOAD, values)


def has(code: str) -> bool:
    return _name(code) in catalogue().variables


def has_payload(code: str) -> bool:
    """Whether a button can say it for the resident."""
    message = catalogue().bundles["zh"].get_message(_name(code)) if has(code) else None
    return message is not None and PAYLOAD in (message.attributes or {})


def values_of(code: str) -> frozenset[str]:
    """Names of the values that the words want."""
    return catalogue().variables[_name(code)]


def codes_below(prefix: str) -> list[str]:
    """What comes after `prefix` in the codes that begin with it, in the order of the files; dots for all hyphens."""
    start = _name(prefix)
    return [name.removeprefix(start).replace("-", ".") for name in catalogue().variables if name.startswith(start)]


def in_sentence(words: str, language: str) -> str:
    """Words that stand alone elsewhere, such as the name of a state, inside a sentence: English begins them small."""
    return words[:1].lower() + words[1:] if language == "en" else words


def _formatted(code: str, language: str | None, attribute: str | None, values: dict[str, object]) -> str:
    bundle = catalogue().bundles["en" if language == "en" else "zh"]
    message = bundle.get_message(_name(code))
    pattern = (message.attributes or {}).get(attribute) if attribute else None
    pattern = pattern or message.value
    if pattern is None:
        raise KeyError(code)
    shown, errors = bundle.format_pattern(pattern, {name: _value(value) for name, value in values.items()})
    if errors:
        raise KeyError(f"{code}: {errors[0]}")
    return str(shown)


def _value(value: object) -> object:
    """Numbers stay numbers, for the plural, and are written without marks between the thousands."""
    if isinstance(value, int) and not isinstance(value, bool):
        return fluent_number(value, useGrouping=False)
    return str(value)


def _name(code: str) -> str:
    return code.replace(".", "-")


def _messages(folder: Path) -> Iterator[tuple[str, ast.Message]]:
    """Name and message, of every file of one language."""
    met: set[str] = set()
    for file in sorted(folder.glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text("utf-8")).body:
            if isinstance(entry, ast.Junk):
                raise ValueError(f"{folder.name}/{file.name} cannot be read: {(entry.content or '').splitlines()[0]}")
            if isinstance(entry, ast.Message):
                if entry.id.name in met:
                    raise ValueError(f"{folder.name}/{file.name}: {entry.id.name} stands twice")
                met.add(entry.id.name)
                yield entry.id.name, entry


class _References(Visitor):
    """Which values and which other messages one message names."""

    def __init__(self) -> None:
        self.values: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.values.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.messages.add(node.id.name)


def _variables(message: ast.Message, messages: dict[str, ast.Message]) -> frozenset[str]:
    """Of the message, for eye and ear, and of those it names. Raises ValueError when it names one that does not exist."""
    found = _References()
    found.visit(message)
    if unknown := found.messages - messages.keys():
        raise ValueError(f"{message.id.name} names words that do not exist: {sorted(unknown)}")
    return frozenset(found.values.union(*(_variables(messages[name], messages) for name in found.messages)))
