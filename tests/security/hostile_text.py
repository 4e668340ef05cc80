"""Every regular expression of the program, and texts made to exhaust it."""

import ast
import importlib
import pkgutil
import random
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import actions
import api
import bot
from bot.settings import ROOT

LENGTH = 2000
"""Characters, as long as a message may be."""
TAILS = ("龘", "", "!")
"""What spoils a match that went well so far; nothing; and what often ends a sentence."""
COMMON = (" ", "\n", "1", "一", "a", "A", ",", ".", "的")
PIECES = 40
"""Of one expression; a long list of words is sampled."""
PROGRAM = (bot, api, actions)
ELSEWHERE = ("bot.nlu", "bot.store.migrations")
"""Rasa's own environment, and what alembic starts: cannot be imported here; their expressions are read from the source."""


class TooSlowError(Exception):
    """The time for one call is over."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raises TooSlowError after so much processor time of our own; an expression that hangs is interrupted too."""

    def ring(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def program_patterns() -> dict[str, re.Pattern[str]]:
    """Where an expression stands -> the expression: those of modules, classes and containers, and those inside functions."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for name, pattern in [*_of_modules(), *_inside_functions()]:
        found.setdefault((pattern.pattern, pattern.flags), (name, pattern))
    return {f"{name}: {pattern.pattern[:30]}": pattern for name, pattern in found.values()}


def hostile_texts(pattern: re.Pattern[str]) -> Iterator[str]:
    """The expression's own words over and over, behind others of them, with each tail."""
    chance = random.Random(pattern.pattern)  # the same texts every time
    source = re.sub(r"\(\?P?<[^>]*>|\\[a-zA-Z]|\\u[0-9a-f]{4}", " ", pattern.pattern)
    words = re.findall(r"[^\W_]+|[^\w\s]", source)
    pieces = list(dict.fromkeys([*words, *"".join(words), *COMMON]))
    if len(pieces) > PIECES:
        pieces = chance.sample(pieces, PIECES)
    for piece in pieces:
        run = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
        for before in ("", chance.choice(pieces)):
            for tail in TAILS:
                yield before + run + tail


def _modules() -> Iterator[ModuleType]:
    for package in PROGRAM:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(ELSEWHERE):
                yield importlib.import_module(module.name)


def _of_modules() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in _modules():
        for name, value in vars(module).items():
            for pattern in _within_value(value):
                yield f"{module.__name__}.{name}", pattern


def _within_value(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth > 4:
        return
    elif isinstance(value, dict):
        for item in value.items():
            yield from _within_value(item, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _within_value(item, depth + 1)
    elif isinstance(value, type) and value.__module__.split(".")[0] in ("bot", "api", "actions"):
        for item in list(vars(value).values()):
            yield from _within_value(item, depth + 1)


def _inside_functions() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Expressions written into a call such as re.sub("…", …), when they depend on nothing but constants."""
    for package in PROGRAM:
        for file in sorted(Path(package.__path__[0]).rglob("*.py")):
            if ".venv" not in file.parts:
                yield from _in_file(file)


def _in_file(file: Path) -> Iterator[tuple[str, re.Pattern[str]]]:
    where = file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
    known = {} if where.startswith(ELSEWHERE) else vars(importlib.import_module(where.removesuffix(".__init__")))
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args):
            continue
        try:
            source = eval(compile(ast.Expression(node.args[0]), where, "eval"), dict(known))
            flags = re.IGNORECASE if {"re.I", "re.IGNORECASE"} & {ast.unparse(a) for a in node.args} else 0
            if isinstance(source, str):
                yield f"{where}:{node.lineno}", re.compile(source, flags)
        except (NameError, TypeError, re.error):
            continue  # made from a value that only a running function knows
