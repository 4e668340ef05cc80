"""Questions that the assistant could not answer, grouped by meaning, so that one page answers fifty of them."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotFound
from bot.language.text import normalise
from bot.services.audit import audit
from bot.services.kernel import tasks
from bot.services.kernel.permissions import Actor
from bot.services.kernel.turn_json import reply_from_dict
from bot.services.pages.live_pages import live_pages
from bot.store.cases import queries as case_queries
from bot.store.conversations.tables import Turn
from bot.store.learning import queries as learning_queries
from bot.store.learning.tables import QuestionGroup
from bot.store.store import Store

SEARCHED = timedelta(days=90)
MOST = 2000
"""Turns that are looked at."""
SMALLEST = 2
SHORTEST = 3
"""Characters; shorter words ask nothing."""
_SAYS_NOTHING = re.compile("〔[^〕]*〕|[嗯呃哦啊唉喂]+|\\b(?:u[hm]+|er+m?|hm+)\\b|[\\W_]+", re.IGNORECASE)
"""What is masked, and sounds: 「〔电话〕」 and 「嗯……」 are no questions."""

Grouper = Callable[[Sequence[str]], list[list[int]]]
"""From sentences to groups of their places."""


@dataclass(frozen=True)
class Group:
    id: int
    size: int
    sentences: tuple[str, ...]
    """Masked; the most typical first."""


def ask(store: Store, actor: Actor, now: datetime) -> None:
    """The worker groups them; a few seconds for a thousand."""
    actor.must("learning.train")
    with store.unit() as unit:
        tasks.schedule(unit, "group_questions", now, {})
        audit.write(unit, actor, "learning.group", "table", "questions", now)
        unit.commit()


def find(store: Store, _task: tasks.Task, now: datetime, *, grouper: Grouper) -> None:
    """Does the task of `ask`: the groups of last time are replaced."""
    with store.reading() as unit:
        about_staff = case_queries.conversations_about_staff(unit)
        unanswered = learning_queries.unanswered_turns(unit, now - SEARCHED, MOST)
        turns = [turn for turn in unanswered if turn.conversation_id not in about_staff]
        wanted = learning_queries.wanted(unit, [turn.id for turn in turns])
        useless = learning_queries.useless(unit, [turn.id for turn in turns])
        told = {
            normalise(question)
            for page in live_pages(unit)
            if page.answers_it
            for questions in page.questions.values()
            for question in questions
        }
        asked = [
            (turn.id, turn.masked_text)
            for turn in turns
            if turn.id in wanted | useless or (_unanswered(turn) and normalise(turn.masked_text) not in told)
        ]
    groups = grouper([text for _, text in asked]) if asked else []
    with store.unit() as unit:
        learning_queries.delete_groups(unit)
        for places in groups:
            # What somebody says we should have known waits for a page even when it was asked once.
            if len(places) >= SMALLEST or any(asked[place][0] in wanted for place in places):
                unit.add(QuestionGroup(found=now, turn_ids=json.dumps([asked[place][0] for place in places])))
        unit.commit()


def groups(store: Store, actor: Actor) -> list[Group]:
    """Largest first, without what somebody has settled since."""
    actor.must("learning.read")
    with store.reading() as unit:
        rows = [(row.id, json.loads(row.turn_ids)) for row in learning_queries.groups(unit)]
        ids = [turn_id for _, turn_ids in rows for turn_id in turn_ids]
        turns, settled = learning_queries.turns_by_id(unit, ids), learning_queries.settled(unit, ids)
        found = [
            (row_id, tuple(turns[one].masked_text for one in turn_ids if one in turns and one not in settled))
            for row_id, turn_ids in rows
        ]
    return sorted((Group(row_id, len(said), said) for row_id, said in found if said), key=lambda one: -one.size)


def group(store: Store, actor: Actor, group_id: int) -> Group:
    """Raises NotFound."""
    found = next((one for one in groups(store, actor) if one.id == group_id), None)
    if found is None:
        raise NotFound
    return found


def _unanswered(turn: Turn) -> bool:
    if len(_SAYS_NOTHING.sub("", turn.masked_text)) < SHORTEST:
        return False
    replies = [reply_from_dict(reply) for reply in json.loads(turn.replies or "[]")]
    return not any(reply.sources for reply in replies)
