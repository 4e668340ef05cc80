"""Brings every topic's tables into the one metadata: migrations, rotation and foreign keys need all of them."""

import importlib
from pathlib import Path

FOLDER = Path(__file__).parent


def load() -> None:
    """Import each `<topic>/tables.py` of this folder; once is enough, again does nothing."""
    for path in sorted(FOLDER.glob("*/tables.py")):
        importlib.import_module(f"bot.store.{path.parent.name}.tables")
