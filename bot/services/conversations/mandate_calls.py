"""Calls about mandates: may somebody act for you? And: this was done for you."""

from datetime import datetime

from bot.language import words
from bot.language.times import say_day
from bot.services.audit.behalf import TOLD_BY_CALL
from bot.store.mandates import queries
from bot.store.mandates.states import MandateState
from bot.store.mandates.tables import Mandate
from bot.store.store import UnitOfWork
from bot.turns import Language

ASKED = "mandate_asked"
TOLD = TOLD_BY_CALL
KINDS = (ASKED, TOLD)


def whom(unit: UnitOfWork, kind: str, number: str, now: datetime) -> tuple[str, Language, dict[str, str]] | None:
    """Phone, language and the blanks of what is said first; None when there is nothing to say any more."""
    row = queries.mandate(unit, number)
    if row is None or not row.phone or row.ends < now.date():
        return None
    language: Language = "en" if row.language == "en" else "zh"
    if kind == ASKED:
        return (row.phone, language, _asked(row, language)) if row.state == MandateState.ASKED else None
    waiting = [act for act in queries.untold(unit, row.phone) if act.mandate_id == row.id]
    return (row.phone, language, {}) if waiting else None


def _asked(row: Mandate, language: Language) -> dict[str, str]:
    return {
        "helper": row.helper,
        "powers_words": words.in_sentence(words.text(f"mandates.powers.{row.powers}", language), language),
        "day_words": say_day(row.ends, language),
    }
