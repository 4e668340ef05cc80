"""Conversations and their turns: opened, said, answered, shown again, rated, erased."""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from bot.errors import NotFound
from bot.services.kernel import topics
from bot.services.kernel.notices import notify_in
from bot.services.kernel.record_numbers import SECURE_RANDOM
from bot.services.kernel.turn_json import heard_from_dict, heard_to_dict, reply_from_dict, reply_to_row
from bot.store.bookings import queries as booking_queries
from bot.store.cases import queries as case_queries
from bot.store.conversations import queries as conversation_queries
from bot.store.conversations.tables import Conversation, Notice, Rating
from bot.store.conversations.tables import Turn as TurnRow
from bot.store.store import Store, UnitOfWork
from bot.turns import Language, Reply, State, Turn


@dataclass(frozen=True)
class OpenedConversation:
    id: str
    token: str
    """Opens this conversation and no other; we keep only its hash."""


@dataclass(frozen=True)
class ConversationView:
    id: str
    channel: str
    language: str | None
    """None until the resident has said something."""
    topic: str | None
    episode: int
    rate: float | None = None
    """How fast to speak, 1 is usual; None until somebody asked for another."""
    volume: float | None = None
    voice: str | None = None
    """"female" or "male"; None is the office's choice."""
    slow_utterances: int = 0
    """How many times in a row the resident spoke slowly."""
    elder: bool = False
    """The page was in elder mode."""
    origin: str | None = None
    """Keyed hash of the client address that wrote last."""
    told: Mapping[str, int] = field(default_factory=dict)
    """How often each wording was used in the matters that are done."""


@dataclass(frozen=True)
class Received:
    turn_id: str
    done: Turn | None
    """The finished turn, when this message was answered before."""


def open_conversation(
    store: Store,
    *,
    channel: str,
    language: str | None,
    now: datetime,
    elder: bool = False,
    address: str | None = None,
    random: Random = SECURE_RANDOM,
) -> OpenedConversation:
    """`address` is the client's; None for a call."""
    opened = OpenedConversation(id=random.randbytes(16).hex(), token=random.randbytes(32).hex())
    with store.unit() as unit:
        row = Conversation(
            id=opened.id,
            token_hash=_hash(opened.token),
            channel=channel,
            language=language,
            topic=None,
            episode=0,
            slow_utterances=0,
            elder=elder,
            origin=unit.keys.keyed_hash(address) if address else None,
            opened=now,
            last_seen=now,
        )
        unit.add(row)
        unit.commit()
    return opened


def authorise(store: Store, conversation_id: str, token: str) -> ConversationView:
    """Raises NotFound: no such conversation, or not theirs; both look the same and take the same time."""
    with store.reading() as unit:
        row = conversation_queries.conversation(unit, conversation_id)
        expected = row.token_hash if row is not None else _hash("")
        if not hmac.compare_digest(_hash(token), expected) or row is None:
            raise NotFound
        return _view_of(row)


def view(store: Store, conversation_id: str) -> ConversationView:
    """As it is now. Raises NotFound."""
    with store.reading() as unit:
        return view_in(unit, conversation_id)


def view_in(unit: UnitOfWork, conversation_id: str) -> ConversationView:
    """The same in the caller's unit of work. Raises NotFound."""
    row = conversation_queries.conversation(unit, conversation_id)
    if row is None:
        raise NotFound
    return _view_of(row)


def set_manner(
    store: Store,
    conversation_id: str,
    *,
    rate: float | None = None,
    volume: float | None = None,
    voice: str | None = None,
) -> ConversationView:
    """How to speak in this conversation from now on; None leaves it as it is. Raises NotFound."""
    with store.unit() as unit:
        row = conversation_queries.lock_conversation(unit, conversation_id)
        if row is None:
            raise NotFound
        row.rate = row.rate if rate is None else rate
        row.volume = row.volume if volume is None else volume
        row.voice = row.voice if voice is None else voice
        unit.commit()
        return _view_of(row)


def count_slow_utterances(store: Store, conversation_id: str, count: int) -> None:
    """Remember how many times in a row the resident spoke slowly. Raises NotFound."""
    with store.unit() as unit:
        row = conversation_queries.lock_conversation(unit, conversation_id)
        if row is None:
            raise NotFound
        row.slow_utterances = count
        unit.commit()


def note_origin(store: Store, conversation: ConversationView, address: str) -> None:
    """From which client address it is written now; only its keyed hash is kept, and for a day."""
    if store.keys.keyed_hash(address) == conversation.origin:
        return
    with store.unit() as unit:
        row = conversation_queries.lock_conversation(unit, conversation.id)
        if row is not None:
            row.origin = unit.keys.keyed_hash(address)
            unit.commit()


def note_elder_mode(store: Store, conversation_id: str) -> None:
    """The page is in elder mode; only counted. Raises NotFound."""
    with store.unit() as unit:
        row = conversation_queries.lock_conversation(unit, conversation_id)
        if row is None:
            raise NotFound
        row.elder = True
        unit.commit()


def set_language(store: Store, conversation_id: str, language: Language) -> ConversationView:
    """The language that the resident chose. Raises NotFound."""
    with store.unit() as unit:
        row = conversation_queries.lock_conversation(unit, conversation_id)
        if row is None:
            raise NotFound
        row.language = language
        unit.commit()
    return view(store, conversation_id)


def receive(
    store: Store,
    conversation_id: str,
    client_message_id: str,
    text: str,
    masked: str,
    now: datetime,
    *,
    turn_id: str | None = None,
    random: Random = SECURE_RANDOM,
) -> Received:
    """Keep what was said before anything else happens. The same client message again finds its turn.

    Raises NotFound.
    """
    with store.unit() as unit:
        conversation = conversation_queries.lock_conversation(unit, conversation_id)
        if conversation is None:
            raise NotFound
        before = conversation_queries.turn_of_message(unit, conversation_id, client_message_id)
        if before is not None:
            return Received(before.id, _turn_of(before) if before.answered is not None else None)
        row = TurnRow(
            id=turn_id or random.randbytes(16).hex(),
            conversation_id=conversation_id,
            client_message_id=client_message_id,
            seq=conversation_queries.next_seq(unit, conversation_id),
            text=text,
            masked_text=masked,
            received=now,
        )
        unit.add(row)
        conversation.last_seen = now
        unit.commit()
        return Received(row.id, None)


def complete(
    store: Store,
    turn: Turn,
    conversation_id: str,
    *,
    language: str | None,
    topic: str | None,
    episode: int,
    masked: str,
    milliseconds: int,
    now: datetime,
    left_to: str | None = None,
    told: Mapping[str, int] | None = None,
) -> None:
    """Keep the answer, once: a turn that has its answer does not change. Raises NotFound.

    `told` says how often each wording was used in the matter that ends with this turn.
    """
    with store.unit() as unit:
        conversation = conversation_queries.lock_conversation(unit, conversation_id)
        row = conversation_queries.turn(unit, turn.turn_id)
        if conversation is None or row is None or row.conversation_id != conversation_id:
            raise NotFound
        if row.answered is not None:
            return
        row.goal, row.confidence = turn.goal, turn.confidence
        row.replies = json.dumps([reply_to_row(reply) for reply in turn.replies], ensure_ascii=False)
        row.heard = json.dumps(heard_to_dict(turn.heard), ensure_ascii=False) if turn.heard else None
        row.form, row.awaiting, row.asked = turn.state.form, turn.state.awaiting, turn.state.asked
        row.masked_text, row.milliseconds, row.answered = masked, milliseconds, now
        row.left_to = left_to
        conversation.language, conversation.topic, conversation.episode = language, topic, episode
        conversation.last_seen = now
        if told:
            conversation.told = json.dumps(Counter(json.loads(conversation.told or "{}")) + Counter(told))
        unit.commit()


def history(store: Store, conversation_id: str) -> list[tuple[str, Turn]]:
    """What was said and answered, in that order whatever the clock did; a notice is a turn with empty words."""
    with store.reading() as unit:
        turns = conversation_queries.answered_turns(unit, conversation_id)
        notices = conversation_queries.notices(unit, conversation_id)
        told = [(row.seq, row.text, _turn_of(row)) for row in turns]
        told += [(row.after_seq, "", _notice_of(row)) for row in notices]
    told.sort(key=lambda one: one[0])  # stable: a turn stands before what was told after it
    return [(text, turn) for _, text, turn in told]


def last_turn(store: Store, conversation_id: str) -> Turn | None:
    """The newest turn that has its answer; None before the first."""
    with store.reading() as unit:
        return last_turn_in(unit, conversation_id)


def last_turn_in(unit: UnitOfWork, conversation_id: str) -> Turn | None:
    """The same in the caller's unit of work."""
    row = conversation_queries.last_answered_turn(unit, conversation_id)
    return _turn_of(row) if row is not None else None


def turn_of_message(store: Store, conversation_id: str, client_message_id: str) -> Turn | None:
    """The finished turn of this client message; None when there is none yet."""
    with store.reading() as unit:
        row = conversation_queries.turn_of_message(unit, conversation_id, client_message_id)
        return _turn_of(row) if row is not None and row.answered is not None else None


def told(store: Store, conversation_id: str, turn_id: str) -> Turn:
    """One turn or notice of this conversation. Raises NotFound."""
    for _, turn in history(store, conversation_id):
        if turn.turn_id == turn_id:
            return turn
    raise NotFound


def notify(store: Store, conversation_id: str, goal: str, reply: Reply, now: datetime) -> None:
    """Tell the resident something when they come back."""
    with store.unit() as unit:
        notify_in(unit, conversation_id, goal, reply, now)
        unit.commit()


def rate(
    store: Store, conversation_id: str, score: int, comment: str | None, now: datetime, *, served: str | None = None
) -> None:
    """Score 1 to 5. `served` is the number of a booking that was asked about; without it the score counts for the
    booking of this conversation that was over last and the case that was answered last. Raises ValueError."""
    if not 1 <= score <= 5:
        raise ValueError("a score is 1 to 5")
    with store.unit() as unit:
        if served is None and (over := booking_queries.latest_over(unit, conversation_id)) is not None:
            served = over.number
        rating = Rating(conversation_id=conversation_id, score=score, number=served, comment=comment, at=now)
        unit.add(rating)
        if (case := case_queries.latest_answered(unit, conversation_id)) is not None:
            case.satisfaction = score
            case_queries.note_event(unit, case, now, "resident", "rated", None)
        unit.commit()


def erase_conversation(store: Store, conversation_id: str) -> None:
    """All that was said in it; bookings and cases made in it stay until they are erased by phone."""
    with store.unit() as unit:
        topics.erase_conversation(unit, conversation_id)
        unit.commit()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()  # a token is 32 random bytes, so this is enough


def _view_of(row: Conversation) -> ConversationView:
    return ConversationView(
        id=row.id,
        channel=row.channel,
        language=row.language,
        topic=row.topic,
        episode=row.episode,
        rate=row.rate,
        volume=row.volume,
        voice=row.voice,
        slow_utterances=row.slow_utterances,
        elder=row.elder,
        origin=row.origin,
        told=json.loads(row.told or "{}"),
    )


def _turn_of(row: TurnRow) -> Turn:
    return Turn(
        turn_id=row.id,
        goal=row.goal or "",
        confidence=row.confidence or 0.0,
        replies=tuple(reply_from_dict(reply) for reply in json.loads(row.replies or "[]")),
        state=State(form=row.form, awaiting=row.awaiting, asked=row.asked),
        heard=heard_from_dict(json.loads(row.heard)) if row.heard else None,
    )


def _notice_of(row: Notice) -> Turn:
    reply = reply_from_dict(json.loads(row.reply))
    return Turn(turn_id=f"notice-{row.id}", goal=row.goal, confidence=1.0, replies=(reply,))
