"""Review in a flow: the turns worth a look one after the other, each with one decision."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.errors import NotFound, WrongState
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.learning import review
from bot.services.learning.review import Transcript, TurnView
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Turn
from bot.store.learning import flow_queries
from bot.store.learning import queries as learning_queries
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork
from bot.turns import GOALS

LOOKED_BACK = timedelta(days=30)
MOST = 500
"""Turns in the queue at once."""
AROUND = 3
"""Turns before and after, to understand what was meant."""
QUEUES = ("new", "second", "disagreed")
"""What nobody has looked at; what one colleague has; what two said different things of."""


@dataclass(frozen=True)
class Opinion:
    by: str
    """Name."""
    verdict: str
    goal: str | None
    page: str | None
    at: datetime


@dataclass(frozen=True)
class Shown:
    """One turn to decide on."""

    conversation: Transcript
    turn: TurnView
    before: tuple[TurnView, ...]
    after: tuple[TurnView, ...]
    why: str
    """Code; empty for one that is worth no look by itself."""
    opinions: tuple[Opinion, ...]
    disagreed: bool
    ranking: tuple[str, ...]
    """Goals: what was understood instead before, the one understood now left out; then all others."""


@dataclass(frozen=True)
class Progress:
    done_today: int
    left: int


def queue(store: Store, actor: Actor, now: datetime, which: str = "new") -> list[str]:
    """Ids of turns, in the order in which they come."""
    actor.must("conversations.review")
    with store.reading() as unit:
        return [turn.id for turn in _queue(unit, actor, now, which)]


def show(store: Store, actor: Actor, turn_id: str, now: datetime) -> Shown:
    """One turn with what was said around it, masked; the audit keeps who opened its conversation. Raises NotFound."""
    actor.must("conversations.review")
    with store.reading() as unit:
        row = conversation_queries.turn(unit, turn_id)
        if row is None:
            raise NotFound
        conversation_id, goal = row.conversation_id, row.goal or ""
        names = {one.id: one.name for one in staff_queries.accounts(unit)}
        said = flow_queries.opinions(unit, turn_id)
        opinions = tuple(Opinion(names.get(one.by, "—"), one.verdict, one.goal, one.page, one.at) for one in said)
        first = [one for one in flow_queries.goals_instead(unit, goal) if one in GOALS]
        why = flow_queries.why(unit, turn_id)
    transcript = review.transcript(store, actor, conversation_id, now)
    place = next(number for number, one in enumerate(transcript.turns) if one.id == turn_id)
    return Shown(
        transcript,
        transcript.turns[place],
        transcript.turns[max(0, place - AROUND) : place],
        transcript.turns[place + 1 : place + 1 + AROUND],
        why,
        opinions,
        len({(one.verdict, one.goal, one.page) for one in opinions}) > 1,
        tuple(one for one in dict.fromkeys([*first, *GOALS]) if one != goal),
    )


def conversation_of(store: Store, actor: Actor, turn_id: str) -> str:
    """Raises NotFound."""
    actor.must("conversations.review")
    with store.reading() as unit:
        turn = conversation_queries.turn(unit, turn_id)
        if turn is None or turn.conversation_id in disclosure.hidden_conversations(unit, actor):
            raise NotFound
        return turn.conversation_id


def progress(store: Store, actor: Actor, now: datetime, which: str = "new") -> Progress:
    today = datetime.combine(now.date(), time(), now.tzinfo)
    with store.reading() as unit:
        return Progress(flow_queries.count_labelled(unit, actor.id, today), len(_queue(unit, actor, now, which)))


def undo(store: Store, actor: Actor, turn_id: str, now: datetime) -> None:
    """The label that this person gave is taken away again. Raises WrongState where it is not theirs."""
    actor.must("conversations.review")
    with store.unit() as unit:
        turn = conversation_queries.turn(unit, turn_id)
        if turn is None or not flow_queries.remove_label(unit, turn_id, actor.id):
            raise WrongState
        example = learning_queries.example_of_turn(unit, turn_id)
        if example is not None and example.state == "proposed":
            unit.delete(example)
        details = {"turn": turn_id}
        audit.write(unit, actor, "conversation.unlabel", "conversation", turn.conversation_id, now, details=details)
        unit.commit()


def _queue(unit: UnitOfWork, actor: Actor, now: datetime, which: str) -> list[Turn]:
    since = now - LOOKED_BACK
    if which == "second":
        turns = list(flow_queries.second_looks(unit, actor.id, since, MOST))
    elif which == "disagreed":
        turns = list(flow_queries.disagreed(unit, since, MOST))
    else:
        turns = [turn for turn, _ in flow_queries.worth_a_look(unit, since, MOST)]
    hidden = disclosure.hidden_conversations(unit, actor)
    return [turn for turn in turns if turn.conversation_id not in hidden]
