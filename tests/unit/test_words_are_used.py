"""Every code that the program names has its words, every word has a place where it is said, and pairs stand nowhere else."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.language import words
from bot.language.readers.answer_acts import ACTS
from bot.services.learning.reader_examples import DANGERS
from bot.settings import ROOT
from bot.store.bookings.states import BookingState
from bot.store.cases.states import CaseState
from bot.turns import CATEGORIES, GOALS, SERVICES

pytestmark = pytest.mark.unit
SAYERS = {"text", "spoken", "payload", "has", "codes_below", "say", "_say", "name_of", "_reply"}
"""Functions whose first argument is a code."""
IN_TEMPLATE = re.compile(r"""\bsay\(\s*["']([\w.-]+)["']( ~| \+)?""")
READS = (
    "bot/language/",
    "bot/nlu/",
    "bot/speech/",
    "bot/operation/ordinary_turns.py",
    "bot/services/knowledge/knowledge.py",
    "bot/services/knowledge/narrow_questions.py",
)
"""Here Chinese and English stand beside each other as what is heard or read, not as what is said."""
CHINESE = re.compile("[\u4e00-\u9fff]")


def name(code: str) -> str:
    return code.replace(".", "-")


@cache
def nodes() -> dict[str, list[ast.AST]]:
    """Everything that stands in each module."""
    paths = [path for top in ("actions", "api", "bot") for path in sorted((ROOT / top).rglob("*.py"))]
    return {
        str(path.relative_to(ROOT)): [*ast.walk(ast.parse(path.read_text("utf-8")))]
        for path in paths
        if ".venv" not in path.parts and "migrations" not in path.parts
    }


@cache
def templates() -> dict[str, str]:
    folder = ROOT / "api/console/templates"
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in sorted(folder.rglob("*.html"))}


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Call):  # _say(request)("…")
        return called(node.func)
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def start_of(node: ast.expr) -> tuple[str, bool] | None:
    """The constant beginning of a text, and whether it is all of it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, True
    if isinstance(node, ast.JoinedStr) and node.values and (first := start_of(node.values[0])):
        return first[0], False
    if isinstance(node, ast.BinOp) and (first := start_of(node.left)):
        return first[0], False
    return None


def said() -> Iterator[tuple[str, str, bool]]:
    """Where, the code or its beginning, and whether it is all of it."""
    for path, below in nodes().items():
        for node in below:
            if isinstance(node, ast.Call) and node.args and called(node) in SAYERS:
                choices = [node.args[0]]
                if isinstance(choices[0], ast.IfExp):
                    choices = [choices[0].body, choices[0].orelse]
                for found in filter(None, map(start_of, choices)):
                    if re.fullmatch(r"[a-z][a-z_]*\.[\w.-]*", found[0]):
                        yield path, *found
            if isinstance(node, ast.Call) and called(node) == "Column" and (title := start_of(node.args[1])):
                yield path, *title
    for path, source in templates().items():
        for code, goes_on in IN_TEMPLATE.findall(source):
            yield path, code, not goes_on


def test_every_code_that_is_said_has_words() -> None:
    every = words.catalogue().variables
    assert len(list(said())) > 500
    missing = [
        f"{path}: {code}"
        for path, code, whole in said()
        if not (
            any(one.startswith(name(code)) for one in every) if code.endswith(".") or not whole else words.has(code)
        )
    ]
    assert missing == []


class _Named(Visitor):
    def __init__(self) -> None:
        self.codes: set[str] = set()

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:
        self.codes.add(node.id.name)


def named_by_other_words() -> set[str]:
    found = _Named()
    for file in words.FOLDER.rglob("*.ftl"):
        found.visit(FluentParser().parse(file.read_text("utf-8")))
    return found.codes


def test_all_words_are_used() -> None:
    used, beginnings = named_by_other_words(), set[str]()
    for below in nodes().values():
        for node in below:
            if isinstance(node, ast.expr) and (found := start_of(node)) and "." in found[0]:
                used.add(name(found[0]))
                if found[0].endswith(".") or not found[1]:
                    beginnings.add(name(found[0]))
    for source in templates().values():
        quoted = re.findall(r"""["']([\w.-]+)["']""", source)
        used |= {name(code) for code in quoted}
        beginnings |= {name(code) for code in quoted if code.endswith(".")}
    for path in (ROOT / "api/webchat/static").iterdir():
        if path.suffix in (".js", ".html"):
            source = path.read_text("utf-8")
            used |= {f"page-{key}" for key in re.findall(r'"(\w+)"', source)}
            beginnings |= {f"page-{key}" for key in re.findall(r"`(\w+_)\$\{", source)}
    beginnings = {one for one in beginnings if re.fullmatch(r"[a-z]\w*-[\w-]*", one)}
    unused = [
        code
        for code in words.catalogue().variables
        if code not in used and not any(code.startswith(one) for one in beginnings)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("bookings.state.", [*BookingState]),
        ("bookings.service.", SERVICES),
        ("cases.state.", [*CaseState]),
        ("cases.category.", CATEGORIES),
        ("goal.", GOALS),
        ("detail.", (*SERVICES, *CATEGORIES)),
        ("conversations.danger.", DANGERS),
        ("conversations.act.", ACTS),
    ],
)
def test_what_is_named_by_a_code_has_its_words(prefix: str, codes: list[str]) -> None:
    assert [code for code in codes if not words.has(f"{prefix}{code}")] == []
    assert sorted(words.codes_below(prefix)) == sorted(codes)


def test_no_pair_of_chinese_and_english_stands_in_the_code() -> None:
    pairs = []
    for path, below in nodes().items():
        if path.startswith(READS):
            continue
        for node in below:
            two: list[ast.expr] = []
            if isinstance(node, ast.IfExp):
                two = [node.body, node.orelse]
            elif isinstance(node, ast.Tuple) and len(node.elts) >= 2:
                two = node.elts[:2]
            elif isinstance(node, ast.Dict) and len(node.values) >= 2:
                two = node.values[:2]
            texts = [_text_in(one) for one in two]
            if len(texts) == 2 and {_language(one) for one in texts} == {"zh", "en"}:
                pairs.append(f"{path}:{node.lineno} {texts}")
    assert pairs == []


def _language(text: str) -> str | None:
    if CHINESE.search(text):
        return "zh"
    return "en" if re.search("[A-Za-z]{2}", text) else None


def _text_in(node: ast.expr) -> str:
    """All constant text below."""
    return "".join(one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_the_folder_holds_a_file_for_both_languages() -> None:
    def files(language: str) -> list[str]:
        return sorted(path.name for path in (Path(words.FOLDER) / language).iterdir())

    assert files("zh") == files("en")
