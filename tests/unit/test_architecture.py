"""The import rules of tests/architecture_rules.py, kept true."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.architecture_rules import (
    DOCUMENT,
    LIVES_ONLY_IN,
    MAY_IMPORT,
    SHARED_BY_TOPICS,
    document,
)

pytestmark = pytest.mark.unit
MOST_MODULES = 15


def modules_below(top: str) -> Iterator[Path]:
    for folder, below, files in (ROOT / top).walk():
        below[:] = [name for name in below if name not in (".venv", "versions", "__pycache__")]
        yield from (folder / name for name in files if name.endswith(".py"))


@cache
def sources() -> list[tuple[str, ast.Module]]:
    tops = ("actions", "api", "bot", "evaluation")
    paths = sorted(path for top in tops for path in modules_below(top))
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))) for path in paths]


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_below(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(one + ".") for one in allowed)


def test_every_folder_imports_only_what_it_may() -> None:
    wrong = []
    for path, tree in sources():
        folder = next((one for one in MAY_IMPORT if path.startswith(one + "/")), None)
        if folder is None:
            continue
        ours = [name for name in imports(tree) if name.split(".")[0] in ("actions", "api", "bot", "evaluation")]
        wrong += [f"{path} imports {name}" for name in ours if not is_below(name, MAY_IMPORT[folder])]
    assert not wrong, "\n".join(wrong)


def topic_imports() -> Iterator[tuple[str, str, str, str]]:
    """Path, folder of topics, the topic it belongs to, and another topic that it imports."""
    for path, tree in sources():
        folder = next((one for one in SHARED_BY_TOPICS if path.startswith(one + "/")), None)
        if folder is None:
            continue
        own, *below = path.removeprefix(folder + "/").split("/")
        for name in imports(tree) if below else ():
            inside = name.removeprefix(folder.replace("/", ".") + ".")
            other = inside.split(".")[0]
            if inside != name and other != own and (ROOT / folder / other).is_dir():
                yield path, folder, own, other


def test_a_topic_imports_what_all_share_and_itself() -> None:
    wrong = [
        f"{path} imports the topic {other}"
        for path, folder, _, other in topic_imports()
        if other not in SHARED_BY_TOPICS[folder]
    ]
    assert not wrong, "\n".join(wrong)


def test_imports_run_in_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    modules = {path.removesuffix(".py").replace("/", ".") for path, _ in sources()}
    for path, tree in sources():
        found = {name if name in modules else name.rpartition(".")[0] for name in imports(tree)}
        graph[path.removesuffix(".py").replace("/", ".")] = found & modules
    list(TopologicalSorter(graph).static_order())


def test_the_document_shows_these_rules() -> None:
    assert DOCUMENT.read_text("utf-8") == document(), "python -m tests.architecture_rules writes it"


def test_no_folder_is_too_full_to_survey() -> None:
    tops = ("actions", "api", "bot", "evaluation", "tests")
    modules = [path for top in tops for path in modules_below(top) if path.name != "__init__.py"]
    counts = Counter(str(path.parent.relative_to(ROOT)) for path in modules)
    assert not {folder: count for folder, count in counts.items() if count > MOST_MODULES}


def test_outside_libraries_stay_behind_their_border() -> None:
    wrong = []
    for path, tree in sources():
        for name in imports(tree):
            homes = LIVES_ONLY_IN.get(name.split(".")[0])
            if homes is not None and not any(path.startswith(home) for home in homes):
                wrong.append(f"{path} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_package_files_stay_empty() -> None:
    packages = [path for top in ("actions", "api", "bot") for path in modules_below(top) if path.name == "__init__.py"]
    assert not [str(path) for path in packages if path.read_text("utf-8").strip()]


def test_shared_nouns_import_nothing_of_ours() -> None:
    for name in ("turns", "errors", "settings"):
        tree = ast.parse((ROOT / "bot" / f"{name}.py").read_text("utf-8"))
        assert not [one for one in imports(tree) if one.startswith(("bot", "api", "actions"))]


def test_no_file_is_too_long_to_read() -> None:
    long = {}
    for path in (path for top in ("actions", "api", "bot", "evaluation", "tests") for path in modules_below(top)):
        lines = len(path.read_text("utf-8").splitlines())
        if lines > 400:
            long[str(path)] = lines
    assert not long
