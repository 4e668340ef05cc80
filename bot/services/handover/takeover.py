"""A person writes in a resident's web chat: the assistant is silent until they hand back, or have left."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.errors import BadInput, NotFound, WrongState
from bot.language.masking import mask
from bot.services.audit import audit
from bot.services.kernel import disclosure
from bot.services.kernel.notices import notify_in, person_came, person_left, person_writes
from bot.services.kernel.permissions import SYSTEM, Actor
from bot.services.kernel.turn_json import reply_from_dict
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Conversation
from bot.store.handover import queries as handover_queries
from bot.store.handover.states import HandoverState
from bot.store.handover.tables import Takeover
from bot.store.learning.tables import ConversationNote
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork
from bot.turns import Reply

SILENT_FOR = timedelta(minutes=10)
"""A person who writes nothing for so long has left; the assistant answers again."""
GONE_AFTER = timedelta(minutes=3)
"""A person who has had no page open for so long has left too. The page of a chat asks every few seconds."""
LIVE_FOR = timedelta(minutes=15)
"""A conversation is live for so long after its last words."""
LOOKS_FOR = timedelta(seconds=20)
"""Who asked for a conversation so lately is looking at it."""
LONGEST_TEXT = 2000
LONGEST_SUMMARY = 1000

Answerer = Literal["assistant", "person", "nobody"]


@dataclass(frozen=True)
class LiveLine:
    """One conversation that runs at this moment."""

    id: str
    channel: str
    language: str
    opened: datetime
    last_seen: datetime
    turns: int
    goal: str
    """Of the last turn; empty before the first."""
    waits: bool
    """The resident asked for a person."""
    taken_by: str
    """Login; empty while the assistant answers."""
    onlookers: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    at: datetime
    who: Literal["resident", "assistant", "person"]
    text: str
    """Masked, except for the person who took over."""


@dataclass(frozen=True)
class LiveView:
    line: LiveLine
    said: tuple[Said, ...]
    mine: bool
    may_take: bool
    """It is a web chat, and nobody else writes in it."""


def live(store: Store, actor: Actor, now: datetime) -> list[LiveLine]:
    """Last heard of first."""
    actor.must("conversations.read")
    with store.reading() as unit:
        hidden = disclosure.hidden_conversations(unit, actor)
        rows = [row for row in handover_queries.live_conversations(unit, now - LIVE_FOR) if row.id not in hidden]
        return _lines(unit, rows, now)


def look(store: Store, actor: Actor, conversation_id: str, now: datetime, *, opening: bool = False) -> LiveView:
    """What is said in it, masked for all but the person who took over. Colleagues see who looks; opening it is in the audit. Raises NotFound."""
    actor.must("conversations.read")
    with store.unit() as unit:
        row = _seen(unit, actor, conversation_id)
        handover_queries.look(unit, conversation_id, actor.id, now)
        if opening:
            audit.write(unit, actor, "conversation.watch", "conversation", conversation_id, now)
        [line] = _lines(unit, [row], now)
        running = _running(unit, conversation_id, now)
        mine = running is not None and running.account_id == actor.id
        view = LiveView(
            line,
            tuple(_said(unit, actor, conversation_id, in_full=mine)),
            mine=mine,
            may_take=row.channel == "web" and running is None and actor.may("conversations.takeover"),
        )
        unit.commit()
        return view


def take(store: Store, actor: Actor, conversation_id: str, now: datetime) -> None:
    """From now on the actor answers. Raises WrongState when a colleague does, or it is no web chat; NotFound."""
    actor.must("conversations.takeover")
    with store.unit() as unit:
        row = _seen(unit, actor, conversation_id)
        _end_if_left(unit, row, now)
        if row.channel != "web" or not handover_queries.begin_takeover(unit, conversation_id, actor.id, now):
            raise WrongState
        for waiting in handover_queries.open_handovers(unit, conversation_id):
            if waiting.state == HandoverState.OPEN:
                waiting.state, waiting.claimed_by, waiting.claimed = HandoverState.CLAIMED, actor.id, now
        notify_in(unit, conversation_id, "human_agent", person_came(row.language, _label(unit, actor)), now)
        # Whoever answers a resident reads what the resident writes: said once, here.
        details = {"words": "in full"}
        audit.write(unit, actor, "conversation.takeover", "conversation", conversation_id, now, details=details)
        unit.commit()


def write(store: Store, actor: Actor, conversation_id: str, text: str, now: datetime) -> None:
    """The resident reads it in their chat, with a person's label. Raises BadInput, WrongState, NotFound."""
    actor.must("conversations.takeover")
    text = text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise BadInput("message")
    with store.unit() as unit:
        row = _conversation(unit, conversation_id)
        running = _mine(unit, actor, conversation_id, now)
        running.last_active = row.last_seen = now
        notify_in(unit, conversation_id, "human_agent", person_writes(text, row.language, _label(unit, actor)), now)
        audit.write(unit, actor, "conversation.write", "conversation", conversation_id, now)
        unit.commit()


def hand_back(store: Store, actor: Actor, conversation_id: str, now: datetime, summary: str = "") -> None:
    """The assistant answers again; what the resident waited for is done. `summary` is kept, masked, for colleagues.

    Raises BadInput, WrongState, NotFound.
    """
    actor.must("conversations.takeover")
    summary = summary.strip()
    if len(summary) > LONGEST_SUMMARY:
        raise BadInput("long_note")
    with store.unit() as unit:
        row = _conversation(unit, conversation_id)
        _mine(unit, actor, conversation_id, now).ended = now
        for waiting in handover_queries.open_handovers(unit, conversation_id):
            if waiting.claimed_by == actor.id:
                waiting.state, waiting.outcome, waiting.done = HandoverState.DONE, "answered", now
        if summary:
            unit.add(ConversationNote(conversation_id=conversation_id, text=mask(summary), by=actor.id, at=now))
        notify_in(unit, conversation_id, "human_agent", person_left(row.language), now)
        audit.write(unit, actor, "conversation.hand_back", "conversation", conversation_id, now)
        unit.commit()


def answerer_in(unit: UnitOfWork, conversation_id: str, now: datetime) -> Answerer | None:
    """ "person" during a takeover, "nobody" while the assistant is switched off, as part of the caller's unit of work.

    None where the person has left and the takeover has to be ended (`let_go`).
    """
    running = handover_queries.running_takeover(unit, conversation_id)
    if running is not None:
        return None if _has_left(unit, running, now) else "person"
    return _without_person(unit)


def let_go(store: Store, conversation_id: str, now: datetime) -> Answerer:
    """Ends the takeover of a person who has left; who answers then."""
    with store.unit() as unit:
        _end_if_left(unit, _conversation(unit, conversation_id), now)
        answerer = _without_person(unit)
        unit.commit()
    return answerer


def _without_person(unit: UnitOfWork) -> Answerer:
    off = handover_queries.settings(unit).get("off")
    return "nobody" if off is not None and off.value else "assistant"


def person_for(store: Store, conversation_id: str, now: datetime) -> Literal["here", "asked", "none"]:
    """How soon the resident's page should look for news."""
    with store.reading() as unit:
        if _running(unit, conversation_id, now) is not None:
            return "here"
        return "asked" if handover_queries.open_handovers(unit, conversation_id) else "none"


def _conversation(unit: UnitOfWork, conversation_id: str) -> Conversation:
    row = conversation_queries.conversation(unit, conversation_id)
    if row is None:
        raise NotFound
    return row


def _seen(unit: UnitOfWork, actor: Actor, conversation_id: str) -> Conversation:
    """Raises NotFound also for what the actor may not see."""
    if conversation_id in disclosure.hidden_conversations(unit, actor):
        raise NotFound
    return _conversation(unit, conversation_id)


def _running(unit: UnitOfWork, conversation_id: str, now: datetime) -> Takeover | None:
    running = handover_queries.running_takeover(unit, conversation_id)
    return running if running is not None and not _has_left(unit, running, now) else None


def _has_left(unit: UnitOfWork, running: Takeover, now: datetime) -> bool:
    return now - running.last_active > SILENT_FOR or running.account_id not in staff_queries.seen_since(
        unit, now - GONE_AFTER
    )


def _mine(unit: UnitOfWork, actor: Actor, conversation_id: str, now: datetime) -> Takeover:
    running = _running(unit, conversation_id, now)
    if running is None or running.account_id != actor.id:
        raise WrongState
    return running


def _end_if_left(unit: UnitOfWork, row: Conversation, now: datetime) -> None:
    running = handover_queries.running_takeover(unit, row.id)
    if running is None or not _has_left(unit, running, now):
        return
    running.ended = now
    unit.flush()
    notify_in(unit, row.id, "human_agent", person_left(row.language), now)
    audit.write(unit, SYSTEM, "conversation.hand_back", "conversation", row.id, now)


def _label(unit: UnitOfWork, actor: Actor) -> str:
    """What residents see of a colleague: the family name."""
    account = staff_queries.account(unit, actor.id)
    name = account.name if account else ""
    return name.split()[0] if name.isascii() and name.strip() else name[:1]


def _lines(unit: UnitOfWork, rows: list[Conversation], now: datetime) -> list[LiveLine]:
    logins = {row.id: row.login for row in staff_queries.accounts(unit)}
    ids = [row.id for row in rows]
    counts = handover_queries.count_turns(unit, ids)
    running = handover_queries.running_takeovers(unit).values()
    taken = {one.conversation_id: one.account_id for one in running if not _has_left(unit, one, now)}
    waits = {row.conversation_id for row in handover_queries.waiting(unit)}
    watched: dict[str, list[str]] = {}
    for conversation_id, account_id in handover_queries.onlookers(unit, now - LOOKS_FOR):
        watched.setdefault(conversation_id, []).append(logins.get(account_id, ""))
    lines = []
    for row in rows:
        last = conversation_queries.last_answered_turn(unit, row.id)
        lines.append(
            LiveLine(
                id=row.id,
                channel=row.channel,
                language=row.language or "",
                opened=row.opened,
                last_seen=row.last_seen,
                turns=counts.get(row.id, 0),
                goal=(last.goal or "") if last else "",
                waits=row.id in waits,
                taken_by=logins.get(taken.get(row.id, ""), ""),
                onlookers=tuple(sorted(watched.get(row.id, []))),
            )
        )
    return lines


def _said(unit: UnitOfWork, actor: Actor, conversation_id: str, *, in_full: bool) -> list[Said]:
    """In the order of the conversation, whatever the clock did."""

    def shown(text: str) -> str:
        return text if in_full else disclosure.words(actor, text)

    said: list[tuple[int, Said]] = []
    for turn in handover_queries.turns(unit, conversation_id):
        said.append((turn.seq, Said(turn.received, "resident", turn.text if in_full else turn.masked_text)))
        at = turn.answered or turn.received
        said += [(turn.seq, Said(at, "assistant", shown(reply.text))) for reply in _replies(turn.replies)]
    for notice in conversation_queries.notices(unit, conversation_id):
        for reply in _replies(f"[{notice.reply}]"):
            who: Literal["assistant", "person"] = (
                "person" if reply.card and reply.card.get("kind") == "staff" else "assistant"
            )
            said.append((notice.after_seq, Said(notice.at, who, shown(reply.text))))
    return [one for _, one in sorted(said, key=lambda one: one[0])]


def _replies(written: str | None) -> list[Reply]:
    return [reply_from_dict(one) for one in json.loads(written or "[]")]
