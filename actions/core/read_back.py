"""A yes confirms what was read back last, and nothing else: the values read are kept as a fingerprint."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk.events import EventType, SlotSet

SLOT = "summary"
"""What was read back last and is not changed since; empty after every other question."""
NOT_READ = ("confirmation", "changing", SLOT)


def fingerprint(draft: Mapping[str, Any], names: Sequence[str]) -> str:
    """The values of these slots in short. Personal values cannot be read from it in practice; it is kept encrypted, and no
    longer than the conversation itself."""
    values = {name: draft.get(name) for name in names if name not in NOT_READ}
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def was_read(draft: Mapping[str, Any], names: Sequence[str], summary: str | None) -> bool:
    """Is the draft exactly what the resident heard when we asked whether it is right?"""
    return summary is not None and summary == fingerprint(draft, names)


def read(draft: Mapping[str, Any], names: Sequence[str]) -> list[EventType]:
    """Said together with the summary."""
    return [SlotSet(SLOT, fingerprint(draft, names))]


def not_read() -> list[EventType]:
    """Said together with any other question: a yes to that one confirms nothing."""
    return [SlotSet(SLOT, None)]
