"""Looking through conversations: found by words and by how they went, read masked, labelled, noted."""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import jieba

from bot.errors import BadInput, NotFound
from bot.language.masking import mask
from bot.language.text import normalise
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.permissions import Actor
from bot.services.kernel.turn_json import heard_from_dict, reply_from_dict
from bot.services.learning import learning, reader_examples
from bot.store import records
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Conversation, Turn
from bot.store.conversations.understanding import is_misunderstood
from bot.store.handover import queries as handover_queries
from bot.store.learning import flow_queries, review_queries
from bot.store.learning.review_queries import Found, Wanted
from bot.store.learning.tables import ConversationNote, TurnLabel
from bot.store.store import Store, UnitOfWork
from bot.turns import CATEGORIES, GOALS, SERVICES

__all__ = ["CHANNELS", "VERDICTS", "Found", "Wanted", "outcomes"]

VERDICTS = ("right", "wrong_goal", "wrong_answer", "should_have_known", "not_ours")
"""The last: nothing that Linyu is there for; it is learnt as out of scope."""
CHANNELS = ("web", "phone")
DETAILS = (*SERVICES, *CATEGORIES)
LONGEST_NOTE = 1000
_NO_WORDS = set("的了吗呢是有在我你您他她它们这那就都也和与及或,。?!、 ")
_LABEL = re.compile("〔[^〔〕]{1,6}〕")


def outcomes() -> tuple[str, ...]:
    """What a conversation may have led to: a record of any kind, or none."""
    return (*records.kinds(), "none")


@dataclass(frozen=True)
class Label:
    verdict: str
    goal: str | None
    detail: str | None
    page: str | None
    danger: str | None
    act: str | None
    note: str | None
    by: str
    at: datetime


@dataclass(frozen=True)
class TurnView:
    id: str
    seq: int
    said: str
    """Masked."""
    heard: str | None
    """Masked; None where it was typed."""
    heard_confidence: float | None
    goal: str | None
    confidence: float | None
    misunderstood: bool
    replies: tuple[str, ...]
    """Masked."""
    sections: tuple[str, ...]
    """Of the plan, behind the answer."""
    awaiting: str | None
    asked: str | None
    """The question of ours that it came after."""
    received: datetime
    milliseconds: int | None
    """How long the answer took; None while there is none."""
    recorded: bool
    left_to: str | None
    """person or nobody, where the assistant was silent and understood nothing."""
    label: Label | None
    helped: bool | None
    """What the resident thought of the answer, where they said so."""


@dataclass(frozen=True)
class Told:
    """What the resident was told without a turn of theirs: by a person who took over, or by the assistant."""

    at: datetime
    by: str
    """Account of the person; empty for the assistant."""
    text: str
    """Masked."""


@dataclass(frozen=True)
class Note:
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Transcript:
    id: str
    channel: str
    language: str | None
    opened: datetime
    last_seen: datetime
    turns: tuple[TurnView, ...]
    told: tuple[Told, ...]
    notes: tuple[Note, ...]
    ratings: tuple[tuple[int, str], ...]
    """Score and masked comment."""
    outcomes: tuple[tuple[str, str], ...]
    """Kind and number of the records made in it."""
    calls: tuple[tuple[str, str, int | None], ...]
    """Direction, who ended it, seconds."""

    @property
    def lines(self) -> list[TurnView | Told]:
        """Everything that was said, in order."""
        return sorted((*self.turns, *self.told), key=lambda one: one.received if isinstance(one, TurnView) else one.at)


def search_words(text: str) -> tuple[str, ...]:
    """The words to look for: cut as Chinese is read, in the plain form in which transcripts are kept."""
    cut = (word.strip() for word in jieba.cut(normalise(text)))
    return tuple(dict.fromkeys(word for word in cut if word and word not in _NO_WORDS and re.search(r"\w", word)))


def search(
    store: Store, actor: Actor, wanted: Wanted, *, sort: str, descending: bool, offset: int, limit: int
) -> tuple[list[Found], int]:
    """One page, and how many there are in all."""
    actor.must("conversations.read")
    with store.reading() as unit:
        wanted = replace(wanted, but_not=disclosure.hidden_conversations(unit, actor))
        return review_queries.search(unit, wanted, sort=sort, descending=descending, offset=offset, limit=limit)


def transcript(store: Store, actor: Actor, conversation_id: str, now: datetime) -> Transcript:
    """One conversation, masked; the audit keeps who opened it. Raises NotFound."""
    actor.must("conversations.read")
    with store.unit() as unit:
        row = conversation_queries.conversation(unit, conversation_id)
        if row is None or row.id in disclosure.hidden_conversations(unit, actor):
            raise NotFound
        view = _transcript(unit, row)
        audit.write(unit, actor, "conversation.read", "conversation", conversation_id, now)
        unit.commit()
        return view


def recording(store: Store, actor: Actor, conversation_id: str, turn_id: str, now: datetime) -> bytes:
    """FLAC; the audit keeps who listened. Raises NotFound."""
    actor.must("conversations.listen")
    with store.unit() as unit:
        _turn(unit, actor, conversation_id, turn_id)
        kept = conversation_queries.recording(unit, turn_id)
        if kept is None:
            raise NotFound
        sound = kept.content
        audit.write(unit, actor, "conversation.listen", "conversation", conversation_id, now, details={"turn": turn_id})
        unit.commit()
        return sound


def label(
    store: Store,
    actor: Actor,
    conversation_id: str,
    turn_id: str,
    now: datetime,
    *,
    verdict: str,
    goal: str = "",
    detail: str = "",
    page: str = "",
    danger: str = "",
    act: str = "",
    note: str = "",
) -> str:
    """Say whether the turn was right; a second label replaces the first. Raises NotFound, BadInput.

    Returns what became of the sentence: "proposed" for training, "fixed-case" when it measures the assistant and is
    never learnt, or "noted".
    """
    actor.must("conversations.review")
    with store.unit() as unit:
        turn = _turn(unit, actor, conversation_id, turn_id)
        _check_label(verdict, goal or danger or act, goal, detail, note)
        asked = review_queries.asked_before(unit, turn)
        reader_examples.check(danger, act, asked)
        row = unit.session.get(TurnLabel, turn_id)
        if row is None:
            row = TurnLabel(turn_id=turn_id, conversation_id=conversation_id)
            unit.add(row)
        row.verdict, row.goal, row.detail, row.page = verdict, goal or None, detail or None, page or None
        row.danger, row.act = danger or None, act or None
        row.note, row.by, row.at = note or None, actor.id, now
        flow_queries.keep_opinion(unit, turn, actor.id, verdict, goal or None, page or None, now)
        conversation = conversation_queries.conversation(unit, conversation_id)
        language = conversation.language if conversation else None
        became = learning.propose(unit, actor, turn, row, language, now, asked=asked)
        details = {"turn": turn_id, "verdict": verdict, "goal": goal, "detail": detail, "page": page}
        details |= {name: value for name, value in (("danger", danger), ("act", act)) if value}
        audit.write(unit, actor, "conversation.label", "conversation", conversation_id, now, details=details)
        unit.commit()
        return became


def add_note(store: Store, actor: Actor, conversation_id: str, text: str, now: datetime) -> None:
    """Raises NotFound, BadInput."""
    actor.must("conversations.review")
    text = text.strip()
    if not 0 < len(text) <= LONGEST_NOTE:
        raise BadInput("long_note")
    with store.unit() as unit:
        hidden = disclosure.hidden_conversations(unit, actor)
        if conversation_id in hidden or conversation_queries.conversation(unit, conversation_id) is None:
            raise NotFound
        unit.add(ConversationNote(conversation_id=conversation_id, text=mask(text), by=actor.id, at=now))
        audit.write(unit, actor, "conversation.note", "conversation", conversation_id, now)
        unit.commit()


def whole_days(since: datetime | None, until: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Both days are included."""
    return since, until + timedelta(days=1) if until else None


def _check_label(verdict: str, right: str, goal: str, detail: str, note: str) -> None:
    if verdict not in VERDICTS:
        raise BadInput("verdict")
    if (goal and goal not in GOALS) or (verdict == "wrong_goal" and not right):
        raise BadInput("goal")
    if detail and detail not in DETAILS:
        raise BadInput("detail")
    if len(note) > LONGEST_NOTE:
        raise BadInput("long_note")


def _turn(unit: UnitOfWork, actor: Actor, conversation_id: str, turn_id: str) -> Turn:
    turn = conversation_queries.turn(unit, turn_id)
    hidden = disclosure.hidden_conversations(unit, actor)
    if turn is None or turn.conversation_id != conversation_id or conversation_id in hidden:
        raise NotFound
    return turn


def _transcript(unit: UnitOfWork, row: Conversation) -> Transcript:
    rows, labels = review_queries.turns(unit, row.id), review_queries.labels(unit, row.id)
    recorded, opinions = review_queries.recorded(unit, row.id), review_queries.opinions(unit, row.id)
    known = [*records.personal_values(unit, row.id), *(value for turn in rows for value in blanked(turn))]
    return Transcript(
        id=row.id,
        channel=row.channel,
        language=row.language,
        opened=row.opened,
        last_seen=row.last_seen,
        turns=tuple(
            _turn_view(
                turn,
                before.asked if before else None,
                known,
                labels.get(turn.id),
                turn.id in recorded,
                opinions.get(turn.id),
            )
            for before, turn in zip([None, *rows], rows, strict=False)
        ),
        told=tuple(_told(unit, row.id, known)),
        notes=tuple(Note(note.text, note.by, note.at) for note in review_queries.notes(unit, row.id)),
        ratings=tuple(
            (rating.score, mask(rating.comment or "", known=known))
            for rating in conversation_queries.ratings(unit, row.id)
        ),
        outcomes=tuple(records.numbers_of_conversation(unit, row.id)),
        calls=tuple(
            (
                call.direction,
                call.cause or "",
                round((call.ended - call.started).total_seconds()) if call.ended else None,
            )
            for call in review_queries.calls(unit, row.id)
        ),
    )


def _told(unit: UnitOfWork, conversation_id: str, known: list[str]) -> list[Told]:
    takeovers = handover_queries.takeovers_of(unit, conversation_id)
    found = []
    for notice in conversation_queries.notices(unit, conversation_id):
        reply = reply_from_dict(json.loads(notice.reply))
        by_person = reply.card is not None and reply.card.get("kind") == "staff"
        writers = [one.account_id for one in takeovers if by_person and one.since <= notice.at]
        found.append(Told(notice.at, writers[-1] if writers else "", mask(reply.text, known=known)))
    return found


def blanked(turn: Turn) -> list[str]:
    """What masking took out of the resident's words, so that our replies do not say it either."""
    kept = _LABEL.split(turn.masked_text)
    if len(kept) == 1:
        return []
    heard = heard_from_dict(json.loads(turn.heard)) if turn.heard else None
    shape = re.compile("(.+?)".join(re.escape(part) for part in kept), re.DOTALL)
    for words in (turn.text, heard.text if heard else ""):
        if found := shape.fullmatch(normalise(words)):
            return [value for value in found.groups() if len(value) > 1]
    return []


def _turn_view(
    turn: Turn, asked: str | None, known: list[str], label: TurnLabel | None, recorded: bool, helped: bool | None
) -> TurnView:
    replies = [reply_from_dict(reply) for reply in json.loads(turn.replies or "[]")]
    heard: dict[str, Any] | None = json.loads(turn.heard) if turn.heard else None
    return TurnView(
        id=turn.id,
        seq=turn.seq,
        said=turn.masked_text,
        heard=mask(heard["text"], known=known) if heard else None,
        heard_confidence=heard["confidence"] if heard else None,
        goal=None if turn.left_to else turn.goal,
        confidence=None if turn.left_to else turn.confidence,
        misunderstood=is_misunderstood(turn.goal, turn.confidence),
        replies=tuple(mask(reply.text, known=known) for reply in replies),
        sections=tuple(dict.fromkeys(source.section for reply in replies for source in reply.sources)),
        awaiting=turn.awaiting,
        asked=asked,
        received=turn.received,
        milliseconds=turn.milliseconds,
        recorded=recorded,
        left_to=turn.left_to,
        helped=helped,
        label=Label(
            label.verdict, label.goal, label.detail, label.page, label.danger, label.act, label.note, label.by, label.at
        )
        if label
        else None,
    )
