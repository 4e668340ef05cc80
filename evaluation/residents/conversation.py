"""One simulated resident talks to the running assistant until there is nothing more to say."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.services.conversations import conversations
from bot.store.store import Store
from bot.turns import Turn
from evaluation.residents import course, records
from evaluation.residents.given import conversation_of, make_given
from evaluation.residents.judge import judge, look
from evaluation.residents.manners import ASIDES
from evaluation.residents.newer import verdicts
from evaluation.residents.profiles import Profile
from evaluation.residents.resident import Resident
from evaluation.residents.talk import NoAnswer, Over, Talk

MOST_TURNS = 30
CARDS = {
    "bookings": ("booking",), "cases": ("case",), "follow_ups": ("booking", "case"), "handover": ("handover",),
    "proposals": ("proposal",), "points": ("points",), "jobs": ("job",), "guides": ("steps",), "mandates": ("mandate",),
    "profiles": ("profile",), "staff": ("case",),
}  # fmt: skip
"""What a resident takes for "it is done", by topic."""
RATES = frozenset({"rate_service", "inform"})
"""Goals of a turn that may hold a score."""


@dataclass(frozen=True)
class Held:
    """A conversation with its verdict."""

    profile: Profile
    run: int
    success: bool
    wrong: tuple[str, ...]
    false_writes: int
    lost_drafts: int
    asked_too_often: int
    turns: int
    to_a_person: bool
    said: list[dict[str, Any]]
    """Words and answers, for whoever reads the misses."""


class Talking(Protocol):
    """A conversation that is open, by whatever channel."""

    @property
    def id(self) -> str: ...

    def say(self, text: str) -> Turn: ...


def hold(url: str, store: Store, profile: Profile, run: int, now: datetime) -> Held:
    """Over the public API. `run` 0, 1, 2: each with an aside of its own."""
    return hold_by(lambda: Talk(url, store, profile.language), store, profile, run, now)


def hold_by(
    begin: Callable[[], AbstractContextManager[Talking]], store: Store, profile: Profile, run: int, now: datetime
) -> Held:
    """The same by a channel of your own. What `say` raises as NoAnswer ends it without success, Over ends it."""
    number = make_given(store, profile, run, now)
    before = look(store, conversation_of(profile, run, now))
    resident = Resident(profile, ASIDES[run % len(ASIDES)])
    with begin() as talk:
        answered = _speak(talk, resident, number)
        told = conversations.history(store, talk.id)
    turns = [turn for _, turn in told]
    shown = course.shown_numbers(turns)
    if verdicts.judges(profile):
        verdict = verdicts.judge(store, profile, talk.id, number)
    else:
        verdict = judge(store, profile, talk.id, before, shown, now.date())
    return Held(
        profile=profile,
        run=run,
        success=verdict.success and answered,
        wrong=verdict.wrong if answered else (*verdict.wrong, "no answer came"),
        false_writes=verdict.false_writes,
        lost_drafts=course.lost_drafts(turns),
        asked_too_often=course.asked_too_often(turns),
        turns=len(turns),
        to_a_person=bool(records.handovers_of(store, talk.id)),
        said=[_line(words, turn) for words, turn in told],
    )


def _speak(talk: Talking, resident: Resident, number: str) -> bool:
    """Until there is nothing more to say; False when Linyu did not answer."""
    turn: Turn | None = None
    done = False
    for _ in range(MOST_TURNS):
        words = resident.say(turn, done=done)
        if words is None:
            break
        try:
            turn = talk.say(words.replace("{number}", number))
        except NoAnswer:
            return False
        except Over:
            break
        done = done or _is_done(resident.profile, turn)
    return True


def _is_done(profile: Profile, turn: Turn) -> bool:
    if profile.topic == "follow_ups" and turn.state.form:
        return False
    if profile.table == verdicts.ANSWERS:
        return verdicts.told(profile, turn.goal, "\n".join(reply.text for reply in turn.replies))
    if profile.topic == "jobs" and turn.state.form:
        return False  # the card of a posting that is only looked at
    if profile.table == "ratings":
        return turn.goal in RATES and turn.state.awaiting is None
    kinds = ("booking",) if profile.table == "bookings" else CARDS.get(profile.topic, ())
    return any(reply.card and reply.card.get("kind") in kinds for reply in turn.replies)


def _line(words: str, turn: Turn) -> dict[str, Any]:
    return {
        "said": words,
        "goal": turn.goal,
        "form": turn.state.form,
        "awaiting": turn.state.awaiting,
        "asked": turn.state.asked,
        "replies": [reply.text for reply in turn.replies],
    }
