"""The import table of docs/architecture.md, kept true."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT

pytestmark = pytest.mark.unit

SHARED = {"bot.turns", "bot.errors", "bot.settings"}
MAY_IMPORT = {
    "api": {
        "bot.dialogue",
        "bot.speech",
        "bot.services",
        "bot.store",
        "bot.language",
        "bot.wiring",
        "bot.state_folder",
        "bot.outbound",
        "bot.operation.trackers",
        "api",
    }
    | SHARED,
    "actions": {"bot.services", "bot.language", "bot.errors", "bot.turns", "bot.wiring", "bot.state_folder", "actions"},
    "bot/dialogue": {
        "bot.dialogue",
        "bot.speech",
        "bot.services",
        "bot.store",
        "bot.language",
        "bot.turns",
        "bot.errors",
    },
    "bot/services": {"bot.services", "bot.store", "bot.language", "bot.errors", "bot.turns"},
    "bot/speech": {"bot.speech", "bot.language", "bot.turns", "bot.errors"},
    "bot/store": {"bot.store", "bot.errors"},
    "bot/language": {"bot.language", "bot.errors"},
    "bot/outbound": {"bot.outbound", "bot.errors", "bot.turns"},
    "bot/jobs": {
        "bot.jobs",
        "bot.services",
        "bot.outbound",
        "bot.errors",
        "bot.settings",
        "bot.state_folder",
        "bot.wiring",
    },
    "bot/operation": {"bot.operation", "bot.language", "bot.settings", "bot.state_folder"},
    "bot/nlu": {
        "bot.nlu",
        "bot.language.readers.encoder",
        "bot.language.readers.grams",
        "bot.language.readers.linear",
        "bot.language.readers.mishearing",
    },
    "evaluation": {
        "bot.dialogue",
        "bot.speech",
        "bot.services",
        "bot.store",
        "bot.language",
        "bot.wiring",
        "bot.operation",
        "bot.settings",
        "bot.turns",
        "bot.errors",
        "evaluation",
    },
}
"""What of ours each folder may import."""

LIVES_ONLY_IN = {
    "fastapi": {"api", "actions/server.py"},
    "rasa_sdk": {"actions"},
    "rasa": {"bot/nlu"},
    "sklearn": {"bot/language", "bot/nlu"},
    "vosk": {"bot/speech"},
    "pyttsx3": {"bot/speech"},
    "onnxruntime": {"bot/speech"},
    "soxr": {"bot/speech"},
    "soundfile": {"bot/speech"},
    "misaki": {"bot/speech"},
    "python_stretch": {"bot/speech"},
    "sqlalchemy": {"bot/store"},
    "alembic": {"bot/store"},
    "jionlp": {"bot/language"},
    "opencc": {"bot/language"},
    "dateparser": {"bot/language"},
    "cn2an": {"bot/language"},
    "pypinyin": {"bot/language", "bot/nlu"},
    "tokenizers": {"bot/language"},
    "supervisor": set(),
    "wyoming": {"bot/speech"},
}
"""Outside libraries and the only places that may know them."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    for top in ("actions", "api", "bot", "evaluation"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if ".venv" not in path.parts and "versions" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8"))


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


def test_outside_libraries_stay_behind_their_border() -> None:
    wrong = []
    for path, tree in sources():
        for name in imports(tree):
            homes = LIVES_ONLY_IN.get(name.split(".")[0])
            if homes is not None and not any(path.startswith(home) for home in homes):
                wrong.append(f"{path} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_package_files_stay_empty() -> None:
    packages = [path for top in ("actions", "api", "bot") for path in (ROOT / top).rglob("__init__.py")]
    full = [str(path) for path in packages if ".venv" not in path.parts and path.read_text().strip()]
    assert not full


def test_shared_nouns_import_nothing_of_ours() -> None:
    for name in ("turns", "errors", "settings"):
        tree = ast.parse((ROOT / "bot" / f"{name}.py").read_text("utf-8"))
        assert not [one for one in imports(tree) if one.startswith(("bot", "api", "actions"))]


def test_no_file_is_too_long_to_read() -> None:
    long = {}
    for path, _ in sources():
        lines = len(Path(ROOT / path).read_text("utf-8").splitlines())
        if lines > 400:
            long[path] = lines
    assert not long
