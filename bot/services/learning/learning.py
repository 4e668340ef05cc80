"""The training set that grows out of labelled turns: proposed by a label, reviewed by a person, exported for Rasa."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import AlreadyMeasured, BadInput, NotFound, SamePerson
from bot.language.masking import mask
from bot.language.text import language_of
from bot.services.audit import audit
from bot.services.kernel.permissions import Actor
from bot.services.learning import reader_examples
from bot.services.pages.fixed_cases import is_fixed_case
from bot.store.conversations.tables import Turn
from bot.store.conversations.understanding import NOTHING_OF_OURS
from bot.store.learning import queries as learning_queries
from bot.store.learning.tables import TrainingExample, TurnLabel
from bot.store.store import Store, UnitOfWork
from bot.turns import CATEGORIES, GOALS, SERVICES

WORTH_CONFIRMING_BELOW = 0.8
"""A turn that went right teaches something only where the assistant was not sure."""
SHORTEST = 2
LONGEST = 200
"""Characters of a sentence worth learning."""
NOT_LEARNT = frozenset({"inform"})
"""Answers to our own questions: names, places, times."""
NOT_RASAS = frozenset({"", "emergency"})
"""Danger is read without Rasa."""
_BLANKED = re.compile("〔[^〔〕]{1,6}〕")
STAND_INS = {
    "〔电话〕": "13800000000",
    "〔姓名〕": "王女士",
    "〔地址〕": "三栋二单元",
    "〔号码〕": "1234",
    "〔证件〕": "420281",
}
"""What the model reads where something personal stood; the shape of a sentence is learnt, not who said it."""


@dataclass(frozen=True)
class Example:
    id: int
    text: str
    """Masked."""
    language: str
    goal: str
    detail: str | None
    page: str | None
    danger: str | None
    act: str | None
    asked: str | None
    state: str
    conversation_id: str | None
    made_by: str
    made: datetime
    reviewed_by: str | None


def propose(
    unit: UnitOfWork,
    actor: Actor,
    turn: Turn,
    label: TurnLabel,
    language: str | None,
    now: datetime,
    *,
    asked: str | None,
) -> str:
    """`asked` is what the turn answered. Part of the caller's unit of work. Returns "proposed", "fixed-case" or "noted"; a new label replaces the old one."""
    old = learning_queries.example_of_turn(unit, turn.id)
    goal, text = _goal(turn, label), _one_line(turn.masked_text)
    measured = is_fixed_case(text) or is_fixed_case(turn.text)
    teaches = bool(goal or label.danger or label.act)
    if not teaches or measured or not len(_BLANKED.sub("", text)) >= SHORTEST or len(text) > LONGEST:
        if old is not None:
            unit.delete(old)
        return "fixed-case" if teaches and measured else "noted"
    row = old or TrainingExample(turn_id=turn.id, conversation_id=turn.conversation_id)
    if old is None:
        unit.add(row)
    row.text, row.goal, row.detail, row.page = text, goal or "", label.detail, label.page
    row.danger, row.act, row.asked = label.danger, label.act, asked if label.act else None
    row.language = language_of(text) or ("en" if language == "en" else "zh")
    row.state, row.made_by, row.made = "proposed", actor.id, now
    row.reviewed_by = row.reviewed = None
    return "proposed"


def examples(store: Store, actor: Actor, state: str = "") -> list[Example]:
    actor.must("learning.read")
    with store.reading() as unit:
        return [_view(row) for row in learning_queries.examples(unit, state)]


def counts(store: Store) -> dict[str, int]:
    """By state."""
    with store.reading() as unit:
        return learning_queries.count_examples(unit)


def decide(
    store: Store,
    actor: Actor,
    example_id: int,
    state: str,
    now: datetime,
    *,
    text: str | None = None,
    goal: str | None = None,
) -> Example:
    """Approve or reject, with better words or another goal; approved only by another person than the one who labelled it.

    Raises NotFound, BadInput, AlreadyMeasured, SamePerson.
    """
    actor.must("learning.train")
    if state not in ("approved", "rejected"):
        raise BadInput("state")
    with store.unit() as unit:
        row = learning_queries.example(unit, example_id)
        if row is None:
            raise NotFound
        if state == "approved" and row.made_by == actor.id:
            raise SamePerson
        if text is not None:
            row.text = mask(_one_line(text))
        if goal:
            row.goal = goal
        if not SHORTEST <= len(row.text) <= LONGEST:
            raise BadInput("text")
        if row.goal not in GOALS and not (row.goal == "" and (row.danger or row.act)):
            raise BadInput("goal")
        if state == "approved" and is_fixed_case(row.text):
            raise AlreadyMeasured
        row.state, row.reviewed_by, row.reviewed = state, actor.id, now
        audit.write(unit, actor, f"learning.{state}", "example", str(example_id), now, details={"goal": row.goal})
        unit.commit()
        return _view(row)


def export(store: Store, actor: Actor, now: datetime) -> dict[str, str]:
    """The approved examples as Rasa's YAML, one text for each language ("zh", "en"); the audit keeps it."""
    with store.unit() as unit:
        found = approved(unit)
        audit.write(unit, actor, "learning.export", "table", "training", now, details={"examples": len(found)})
        unit.commit()
    return in_rasa_format(found)


def approved(unit: UnitOfWork) -> list[Example]:
    """Looked at once more: what has become a fixed case since is left out."""
    rows = (_view(row) for row in learning_queries.examples(unit, "approved"))
    return [row for row in rows if not is_fixed_case(row.text)]


def in_rasa_format(found: Iterable[Example], *, stand_ins: bool = False) -> dict[str, str]:
    """By language. Masked parts stay masked, or become something of the same shape for the model to read."""
    by_language: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        if one.goal in NOT_RASAS:
            continue
        text = with_stand_ins(one.text) if stand_ins else one.text
        known = by_language[one.language][(one.goal, _metadata(one.detail))]
        if text not in known:
            known.append(text)
    return {language: _yaml(blocks) for language, blocks in sorted(by_language.items())}


def _yaml(blocks: dict[tuple[str, str], list[str]]) -> str:
    lines = ['version: "3.1"', "nlu:"]
    for (goal, metadata), texts in sorted(blocks.items()):
        lines.append(f"- intent: {goal}")
        if metadata:
            lines.append(f"  metadata: {metadata}")
        lines += ["  examples: |", *(f"    - {text}" for text in texts)]
    return "\n".join(lines) + "\n"


def _metadata(detail: str | None) -> str:
    if detail in SERVICES:
        return f"{{service: {detail}}}"
    return f"{{category: {detail}}}" if detail in CATEGORIES else ""


def for_readers(found: Iterable[Example]) -> dict[str, str]:
    """The examples of danger and of answers, by the path of a file, with stand-ins for what is masked."""
    return reader_examples.in_reader_files(replace(one, text=with_stand_ins(one.text)) for one in found)


def with_stand_ins(text: str) -> str:
    return _BLANKED.sub(lambda found: STAND_INS.get(found[0], ""), text)


def _goal(turn: Turn, label: TurnLabel) -> str | None:
    """What the sentence should be learnt as; None when the label teaches no goal."""
    goal = label.goal or ("ask_policy" if label.page else None)
    if label.verdict == "right":
        unsure = turn.confidence is not None and turn.confidence < WORTH_CONFIRMING_BELOW
        goal = turn.goal if unsure and turn.goal in GOALS else None
    if label.verdict == "not_ours":
        goal = NOTHING_OF_OURS
    return None if goal in NOT_LEARNT else goal


def _one_line(text: str) -> str:
    """Fit for Rasa's format: one line, no square brackets (they would mark an entity), no leading sign of a list."""
    return " ".join(text.replace("[", "［").replace("]", "］").split()).lstrip("-/ ")


def _view(row: TrainingExample) -> Example:
    return Example(
        id=row.id,
        text=row.text,
        language=row.language,
        goal=row.goal,
        detail=row.detail,
        page=row.page,
        danger=row.danger,
        act=row.act,
        asked=row.asked,
        state=row.state,
        conversation_id=row.conversation_id,
        made_by=row.made_by,
        made=row.made,
        reviewed_by=row.reviewed_by,
    )


def questions_for(store: Store, page_id: str) -> Sequence[str]:
    """Approved questions that staff said this page should answer."""
    with store.reading() as unit:
        return [row.text for row in learning_queries.examples(unit, "approved") if row.page == page_id]
