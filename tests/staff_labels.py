"""Sentences that staff have labelled, for tests, and the people who do so."""

from bot import wiring
from bot.services.conversations import conversations
from bot.services.kernel.permissions import Actor
from bot.services.learning import learning, review
from bot.store.store import Store
from bot.turns import Reply, State, Turn

LABELLER = Actor("l", "editor")
EDITOR, SECOND, ADMIN = Actor("e", "editor"), Actor("d", "dispatcher"), Actor("a", "admin")


def labelled(store: Store, text: str, goal: str, detail: str = "") -> int:
    """A sentence that waits for review."""
    now = wiring.now()
    opened = conversations.open_conversation(store, channel="web", language="zh", now=now)
    masked = review.mask(text)
    received = conversations.receive(store, opened.id, "m", text, masked, now)
    turn = Turn(received.turn_id, "ask_policy", 0.5, (Reply("不清楚。", "不清楚。"),), State())
    conversations.complete(
        store, turn, opened.id, language="zh", topic=None, episode=0, masked=masked, milliseconds=1, now=now
    )
    if goal:
        review.label(store, LABELLER, opened.id, turn.turn_id, now, verdict="wrong_goal", goal=goal, detail=detail)
    return max([one.id for one in learning.examples(store, EDITOR)], default=0)
