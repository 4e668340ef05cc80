"""Green, yellow, red: how much of a case's time is left. Arithmetic on its dates."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.store.cases.states import AWAITS_OFFICE, AWAITS_RESPONSE

Light = Literal["green", "yellow", "red", "none"]
Target = Literal["response", "settlement", "none"]

YELLOW_BELOW = 0.25
"""Share of the time that is left. The plan asks for lights and names no share; this one is ours."""


@dataclass(frozen=True)
class Remaining:
    light: Light
    target: Target
    """Which of the two targets comes next."""
    due: datetime | None
    left: timedelta | None
    """Negative when it is late."""


def remaining(state: str, start: datetime, respond_by: datetime, settle_by: datetime, now: datetime) -> Remaining:
    """`start` is when the targets began to run: the filing, or the last reopening."""
    if state not in AWAITS_OFFICE:
        return Remaining("none", "none", None, None)
    target: Literal["response", "settlement"] = "response" if state in AWAITS_RESPONSE else "settlement"
    due = respond_by if target == "response" else settle_by
    left = due - now
    if left <= timedelta():
        light: Light = "red"
    else:
        light = "yellow" if left < (due - start) * YELLOW_BELOW else "green"
    return Remaining(light, target, due, left)
