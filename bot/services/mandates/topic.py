"""The topic of mandates: children who act for their parents."""

import re
from datetime import datetime
from typing import Any

from bot.language import words
from bot.language.times import say_day
from bot.services.kernel.topics import Draft, Expiry, Filed, Matter, Step, Topic
from bot.services.mandates import demo
from bot.services.mandates.mandates import LIVE, deed_of, mandate_of
from bot.store.mandates import queries
from bot.store.mandates.tables import Mandate, MandateUse
from bot.store.store import UnitOfWork
from bot.turns import Language


def exported(row: Mandate) -> dict[str, Any]:
    return {
        "number": row.number,
        "state": row.state,
        "powers": row.powers,
        "name": row.name,
        "phone": row.phone,
        "helper": row.helper,
        "helpers": [use.name for use in row.uses],
        "made": row.made.isoformat(),
        "ends": row.ends.isoformat(),
        "acts": _acts(row),
    }


def exported_use(row: MandateUse) -> dict[str, Any]:
    """For the helper: what they did, and for whom as they said it. The phone they acted for is not theirs to take away."""
    return {
        "number": row.mandate.number,
        "name": row.name,
        "phone": row.phone,
        "acts_for": row.mandate.relation,
        "since": row.since.isoformat(),
        "acts": _acts(row.mandate, row.id),
    }


def _acts(row: Mandate, use_id: int | None = None) -> list[dict[str, Any]]:
    return [
        {"at": act.at.isoformat(), "verb": act.verb, "kind": act.kind, "number": act.number}
        for act in row.acts
        if use_id in (None, act.use_id)
    ]


def erase(unit: UnitOfWork, row: Mandate, now: datetime, offer_hours: float) -> None:
    """Nobody acts for them any more, and nothing of it is left; the audit keeps the acts, and no name."""
    unit.delete(row)
    unit.flush()


def erase_use(unit: UnitOfWork, row: MandateUse, now: datetime, offer_hours: float) -> None:
    """The helper is forgotten; that something was done for the other one stays theirs."""
    unit.delete(row)
    unit.flush()


def told(unit: UnitOfWork, row: Mandate, language: Language, now: datetime) -> Matter:
    """For the one it acts for: who may do what until when, and what was done; ended by whoever reads it."""
    mandate = mandate_of(row, now)
    is_open = mandate.state in LIVE
    gap = " " if language == "en" else ""
    return Matter(
        "mandate",
        row.number,
        words.text("mine.kind.mandate", language, helper=_addressed(mandate.helper)),
        words.text(f"mandates.state.{mandate.state}", language),
        row.changed,
        is_open,
        facts=(
            ("powers", words.text(f"mandates.powers.{row.powers}", language)),
            ("until", say_day(row.ends, language)),
        ),
        steps=tuple(
            Step(act.at, f"{_addressed(act.helper)}{gap}{deed_of(act, language)}".strip()) for act in mandate.acts
        ),
        may=frozenset({"end"}) if is_open else frozenset(),
    )


def _addressed(helper: str) -> str:
    """As said to the one who named them: 我女儿 is 您女儿."""
    return re.sub(r"^my\b", "your", re.sub("^我", "您", helper), flags=re.IGNORECASE)


TOPIC = Topic(
    filed=(
        Filed("mandate_uses", MandateUse, exported_use, erase_use),
        Filed("mandates", Mandate, exported, erase, told),
    ),
    erase_conversation=(queries.forget_conversation,),
    expiries=(
        Expiry(
            "mandates",
            lambda keep: keep.booking_days,
            lambda unit, deadline, most, now: queries.delete_before(unit, deadline, most, now.date()),
            "LINYU_BOOKING_DAYS",
        ),
    ),
    demo=demo.load,
    drafts={
        "mandate": Draft(worth_keeping=True, impersonal=frozenset({"helper", "powers", "date"})),
        "act_for_other": Draft(worth_keeping=True, impersonal=frozenset({"code"})),
    },
)
