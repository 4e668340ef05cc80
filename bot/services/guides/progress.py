"""How far somebody has come in a guide, kept with their conversation."""

import json
from dataclasses import dataclass
from datetime import datetime

from bot.store.guides import queries
from bot.store.guides.tables import GuideProgress
from bot.store.store import Store


@dataclass(frozen=True)
class Progress:
    guide: str
    case: dict[str, str]
    step: int
    """Counts from 0 within the steps of the case."""


def keep(store: Store, conversation_id: str, progress: Progress, now: datetime) -> None:
    """In place of what was kept before: one guide a conversation."""
    case = json.dumps(progress.case, ensure_ascii=False)
    with store.unit() as unit:
        row = queries.of_conversation(unit, conversation_id)
        if row is None:
            row = GuideProgress(conversation_id=conversation_id)
            unit.add(row)
        row.guide, row.answers, row.step, row.at = progress.guide, case, progress.step, now
        unit.commit()


def kept(store: Store, conversation_id: str) -> Progress | None:
    with store.reading() as unit:
        row = queries.of_conversation(unit, conversation_id)
        return Progress(row.guide, json.loads(row.answers), row.step) if row else None
