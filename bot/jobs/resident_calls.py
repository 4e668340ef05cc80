"""The due task "call_resident": ring somebody, in the hours in which people are called, a few times at most."""

import contextlib
import re
from collections import deque
from datetime import datetime, timedelta

from bot import state_folder
from bot.errors import TelephoneUnavailable
from bot.outbound.ari import Ari
from bot.services.conversations import calls, outbound_calls
from bot.services.conversations.outbound_calls import CallingRules
from bot.services.kernel import tasks
from bot.settings import Settings

SAME_MATTER = timedelta(days=1)
"""Whoever took our call since then is not called about the same matter again."""
NUMBER = re.compile(r"\+?\d{5,20}")


class ResidentCalls:
    """`line` is where we dial: "trunk", or "local" for a softphone on this machine."""

    def __init__(self, ari: Ari, rules: CallingRules, *, line: str, our_number: str, places: int) -> None:
        """`places`: how many calls there may be at once for us to place one more; the others are kept for callers."""
        self._ari, self._rules, self._line, self._our_number = ari, rules, line, our_number
        self._places = places
        self._placed: deque[datetime] = deque()
        """When the latest calls were placed."""

    def call(self, store: tasks.Store, task: tasks.Task, now: datetime) -> None:
        """A handler of due tasks. A next try is planned at once; a call that was taken takes it off."""
        about = f"{task.payload['kind']} {task.payload['number']}"
        found = outbound_calls.find_call(store, about, now)
        if (
            found is None
            or not NUMBER.fullmatch(found.phone)
            or outbound_calls.was_answered(store, about, now - SAME_MATTER)
        ):
            return
        if outbound_calls.is_quiet(self._rules, now):
            self._again(store, {**task.payload, "tried": int(task.payload["tried"]) - 1}, now)
            return
        if not self._place_is_free(store, now):
            with store.unit() as unit:
                outbound_calls.put_back(unit, task.payload, now)
                unit.commit()
            return
        self._placed.append(now)
        variables = {"__LINYU_CALLER": found.phone, "__LINYU_TASK": about}
        with contextlib.suppress(TelephoneUnavailable):  # such as a line that is busy: a later try is planned anyway
            self._ari.place_call(f"PJSIP/{found.phone}@{self._line}", self._our_number, variables)
        self._again(store, task.payload, now)

    def _place_is_free(self, store: tasks.Store, now: datetime) -> bool:
        """Calls that ring need a place as soon as somebody picks up."""
        while self._placed and self._placed[0] <= now - outbound_calls.STILL_RINGING:
            self._placed.popleft()
        return calls.open_calls(store) + len(self._placed) < self._places

    def _again(self, store: tasks.Store, payload: dict[str, object], now: datetime) -> None:
        with store.unit() as unit:
            outbound_calls.try_again(unit, payload, self._rules, now)
            unit.commit()


def call_handlers(settings: Settings) -> tasks.Handlers:
    """None where there is no telephone, or the office calls nobody; such tasks then wait and are cleaned away."""
    if not settings.outbound_calls or settings.telephone == "off":
        return {}
    rules = outbound_calls.rules_of(settings.quiet_hours, settings.call_attempts, settings.call_retry_minutes)
    ari = Ari(settings.ari_port, state_folder.telephone_secret(settings))
    places = max(1, settings.calls_served - settings.places_for_callers)
    line = "trunk" if settings.sip_trunk else "local"
    return {
        "call_resident": ResidentCalls(
            ari, rules, line=line, our_number=settings.sip_trunk_user or "linyu", places=places
        ).call
    }
