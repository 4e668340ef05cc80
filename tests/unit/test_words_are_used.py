"""Every code that the program names has its words, every word has a place where it is said, and pairs stand nowhere else."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from jinja2 import Environment
from jinja2 import nodes as jinja

from bot.language import words
from bot.language.readers.answer_acts import ACTS
from bot.services.kernel import topics
from bot.services.learning import review
from bot.services.learning.reader_examples import DANGERS
from bot.settings import ROOT
from bot.store import schema
from bot.store.bookings.states import BookingState
from bot.store.cases.states import CaseState
from bot.store.mandates.states import MandateState, Powers
from bot.store.points.states import TransferKind
from bot.store.proposals.states import Outcome, ProposalState
from bot.store.unmet.states import UnmetKind
from bot.turns import CATEGORIES, GOALS, SERVICES

pytestmark = pytest.mark.unit
SAYERS = {"text", "spoken", "payload", "has", "codes_below", "say", "_say", "name_of", "_reply"}
"""Functions whose first argument is a code."""
NO_VALUES = {"has", "codes_below"}
"""Those of them that only ask for a code."""
READS = (
    "bot/language/",
    "bot/nlu/",
    "bot/speech/",
    "bot/operation/ordinary_turns.py",
    "bot/services/items/staff_items.py",
    "bot/services/jobs/importing.py",
    "bot/services/pages/knowledge.py",
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
    folders = (ROOT / "api/console/templates", ROOT / "api/public/templates")
    return {
        str(path.relative_to(ROOT)): path.read_text("utf-8") for one in folders for path in sorted(one.rglob("*.html"))
    }


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


@dataclass(frozen=True)
class Saying:
    """One place where a code is said."""

    place: str
    code: str
    """Or its beginning, when the end depends on something."""
    whole: bool
    values: frozenset[str] | None = None
    """Which values are given; None when they are handed on from elsewhere."""

    def meant(self) -> list[str]:
        """Names of the messages that can be said here."""
        if self.whole and not self.code.endswith("."):
            return [name(self.code)] if words.has(self.code) else []
        return [one for one in words.catalogue().variables if one.startswith(name(self.code))]


@cache
def sayings() -> list[Saying]:
    return [*_in_python(), *_in_templates()]


def _in_python() -> Iterator[Saying]:
    for path, below in nodes().items():
        for node in below:
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if called(node) == "Column" and (title := start_of(node.args[1])):
                yield Saying(path, *title, frozenset())
            if called(node) not in SAYERS:
                continue
            given = None
            if called(node) not in NO_VALUES and all(one.arg for one in node.keywords):
                given = frozenset(str(one.arg) for one in node.keywords)
            first = node.args[0]
            for choice in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                found = start_of(choice)
                if found and re.fullmatch(r"[a-z][a-z_]*\.[\w.-]*", found[0]):
                    yield Saying(path, *found, given)


def _in_templates() -> Iterator[Saying]:
    for path, source in templates().items():
        for call in Environment(autoescape=True).parse(source).find_all(jinja.Call):
            if not (isinstance(call.node, jinja.Name) and call.node.name == "say"):
                continue
            given = None if call.dyn_kwargs else frozenset(one.key for one in call.kwargs)
            first = call.args[0]
            for choice in (first.expr1, first.expr2) if isinstance(first, jinja.CondExpr) else (first,):
                if isinstance(choice, jinja.Const):
                    yield Saying(path, choice.value, True, given)
                elif isinstance(choice, jinja.Add | jinja.Concat):
                    left = choice.left if isinstance(choice, jinja.Add) else choice.nodes[0]
                    if isinstance(left, jinja.Const):
                        yield Saying(path, left.value, False, given)


def test_every_code_that_is_said_has_words() -> None:
    assert len(sayings()) > 500
    assert [f"{one.place}: {one.code}" for one in sayings() if not one.meant()] == []


def test_every_value_that_words_want_is_given_where_they_are_said() -> None:
    wanted = words.catalogue().variables
    missing = [
        f"{one.place}: {meant} wants {sorted(wanted[meant] - one.values)}"
        for one in sayings()
        if one.values is not None and one.whole
        for meant in one.meant()
        if wanted[meant] - one.values
    ]
    assert missing == []


IN_PAGE = re.compile(r'data-(?:text|label|hint)="(\w+)"|\b(?:text\(|key: |label: |setText\([^"]+?, )"(\w+)"')
"""Where the page names its words by their key."""


def test_every_key_of_the_page_has_words() -> None:
    keys = [
        (path.name, html or script)
        for path in sorted((ROOT / "api/webchat/static").iterdir())
        if path.suffix in (".js", ".html")
        for html, script in IN_PAGE.findall(path.read_text("utf-8"))
    ]
    assert len(keys) > 100
    assert [f"{place}: {key}" for place, key in keys if not words.has(f"page.{key}")] == []


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
        ("proposals.state.", [*ProposalState]),
        ("proposals.outcome.", [*Outcome]),
        ("points.kind.", [*TransferKind]),
        ("unmet.kind.", [*UnmetKind]),
        ("unmet.advice.", [*UnmetKind]),
        ("mandates.powers.", [*Powers]),
        ("mandates.state.", [*MandateState, "expired"]),
        ("mandates.act.", ["booked", "booked_series", "waiting", "changed", "cancelled", "filed", "reopened"]),
        ("goal.", GOALS),
        ("detail.", (*SERVICES, *CATEGORIES)),
        ("conversations.danger.", DANGERS),
        ("conversations.act.", ACTS),
    ],
)
def test_what_is_named_by_a_code_has_its_words(prefix: str, codes: list[str]) -> None:
    assert [code for code in codes if not words.has(f"{prefix}{code}")] == []
    assert sorted(words.codes_below(prefix)) == sorted(codes)


def test_what_a_conversation_may_have_led_to_has_its_words() -> None:
    schema.load()
    assert sorted(words.codes_below("conversations.outcome.")) == sorted(review.outcomes())


def _written_to_the_audit() -> set[str]:
    """Codes of what was done and to what, as they are named where it is written; those that vary are left out."""
    found = set[str]()
    for below in nodes().values():
        for node in below:
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "audit.write":
                continue
            action, kind = node.args[2:4]
            for choice in (action.body, action.orelse) if isinstance(action, ast.IfExp) else (action,):
                if isinstance(choice, ast.Constant):
                    found.add(f"audit.action.{choice.value}")
            if isinstance(kind, ast.Constant):
                found.add(f"audit.kind.{kind.value}")
    return found


def test_all_that_is_written_to_the_audit_has_words() -> None:
    assert len(_written_to_the_audit()) > 60
    assert sorted(code for code in _written_to_the_audit() if not words.has(code)) == []


def test_what_is_found_of_a_resident_is_told_before_it_is_erased() -> None:
    assert {*words.catalogue().variables["privacy-found"]} == {*(one.name for one in topics.filed()), "conversations"}


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
    is_code = re.fullmatch(r"[a-z_]+(\.[\w.-]*)+", text)
    return "en" if re.search("[A-Za-z]{2}", text) and not is_code else None


def _text_in(node: ast.expr) -> str:
    """All constant text below."""
    return "".join(one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_the_folder_holds_a_file_for_both_languages() -> None:
    def files(language: str) -> list[str]:
        return sorted(path.name for path in (Path(words.FOLDER) / language).iterdir())

    assert files("zh") == files("en")
