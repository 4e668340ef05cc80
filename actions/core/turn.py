"""What an action needs to know of the turn it runs in, read once from Rasa's tracker."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from bot import wiring
from bot.language.communities import as_misheard
from bot.language.entities import Entities, find_entities
from bot.language.readers.answer_acts import CONTENT, MORE

MISSED = "missed"
"""The slot that counts how often the open question was missed in a row."""
TELLS_MORE = (None, "file_complaint_form", "reopen_case_form", "find_record_form")
"""Forms, or none, in which telling more is an act of its own."""
DETAILS = ("service", "services", "category", "language")
"""What a sentence as a whole may name."""
TOLD = "wordings"
"""The slot that counts how often each wording of a question was used."""


@dataclass(frozen=True)
class Said:
    """One utterance and its circumstances."""

    text: str
    intent: str
    ranking: list[str]
    """Names of the likeliest intents, best first."""
    entities: Entities
    details: dict[str, str]
    """What the sentence as a whole names: `service`, `category`, `language`."""
    language: str
    channel: str
    conversation_id: str
    client_message_id: str
    now: datetime
    form: str | None
    awaiting: str | None
    topic: str | None
    before: frozenset[str]
    """Names of the responses that the turn before was answered with."""
    shares: dict[str, float] = field(default_factory=dict)
    """How likely each intent is by the words alone, whatever was asked."""
    act: str = CONTENT
    """What the words are as an answer to `asked`, one of bot.language.readers.answer_acts.ACTS."""
    asked: str | None = None
    """The question that the last reply put; one of bot.language.readers.answer_acts.QUESTIONS."""

    told_before: Mapping[str, int] = field(default_factory=dict)
    """How often each wording was used in the matters of this conversation that are done."""

    missed: dict[str, Any] = field(default_factory=dict)
    """Which question was missed, how often in a row, and whether the way out was declined."""

    def missed_of(self, form: str | None, slot: str | None) -> tuple[int, bool]:
        """How often this question was missed in a row, and whether a person was declined since."""
        mine = self.missed if self.missed.get("question") == f"{form}.{slot}" else {}
        return int(mine.get("times", 0)), bool(mine.get("declined"))

    @property
    def english(self) -> bool:
        return self.language == "en"


def read(tracker: Tracker) -> Said:
    """The latest message of the resident."""
    message = tracker.latest_message
    about: dict[str, Any] = message.get("metadata") or {}
    language = about.get("language") or "zh"
    now = datetime.fromisoformat(about["now"]) if about.get("now") else wiring.now()
    awaiting = tracker.get_slot("requested_slot")
    text = message.get("text") or ""
    if about.get("channel") == "phone":
        text = as_misheard(text)
    entities = message.get("entities") or []
    return Said(
        text=text,
        intent=(message.get("intent") or {}).get("name") or "",
        ranking=[row["name"] for row in message.get("intent_ranking") or []],
        entities=find_entities(text, now, awaiting=awaiting, language=language),
        details={e["entity"]: e["value"] for e in entities if e["entity"] in DETAILS},
        language=language,
        channel=about.get("channel") or "web",
        conversation_id=about.get("conversation_id") or tracker.sender_id,
        client_message_id=about.get("client_message_id") or "",
        now=now,
        form=(tracker.active_loop or {}).get("name"),
        awaiting=awaiting,
        topic=about.get("topic"),
        before=_responses_before(tracker),
        shares={row["name"]: row["confidence"] for row in message.get("intent_ranking") or []},
        act=_act(about, (message.get("intent") or {}).get("name"), (tracker.active_loop or {}).get("name")),
        asked=about.get("asked"),
        told_before=about.get("told") or {},
        missed=tracker.get_slot(MISSED) or {},
    )


def only(said: Said, words: str) -> Said:
    """The same turn with nothing but these of its words."""
    entities = find_entities(words, said.now, awaiting=said.awaiting, language=said.language)
    return replace(said, text=words, entities=entities)


def as_said_before(said: Said, wish: Mapping[str, Any]) -> Said:
    """This turn with the words of an earlier one: `wish` holds its text, intent and details, and what act it was."""
    entities = find_entities(wish["text"], said.now, language=said.language)
    return replace(
        said,
        text=wish["text"],
        intent=wish["intent"],
        details=wish["details"],
        entities=entities,
        form=None,
        awaiting=None,
        act=wish.get("act") or said.act,
    )


def _act(about: dict[str, Any], intent: str | None, form: str | None) -> str:
    """As the reader of answers heard it. The intent decides where the reader was not asked, or is not sure of a no."""
    if about.get("act") == MORE and form not in TELLS_MORE:
        return CONTENT
    if about.get("act_sure"):
        return str(about["act"])
    by_intent = {"deny": "no", "stop": "stop"} if "act" in about else {"affirm": "yes", "deny": "no", "stop": "stop"}
    return by_intent.get(intent or "", CONTENT)


def _responses_before(tracker: Tracker) -> frozenset[str]:
    names, turns = set(), 0
    for event in reversed(tracker.events or []):
        turns += event.get("event") == "user"
        if turns == 2:
            break
        if turns == 1 and event.get("event") == "bot":
            names.add((event.get("metadata") or {}).get("utter_action"))
    return frozenset(name for name in names if name)


def message_before(tracker: Tracker) -> dict[str, Any]:
    """What the resident said in the turn before, as Rasa read it; empty where there is none."""
    said = [event for event in tracker.events or [] if event.get("event") == "user"]
    if len(said) < 2:
        return {}
    return {"text": said[-2].get("text"), "entities": (said[-2].get("parse_data") or {}).get("entities")}


def times_in_a_row(tracker: Tracker) -> int:
    """How often in a row the resident has said these very words."""
    said = [event.get("text") for event in tracker.events or [] if event.get("event") == "user"]
    return sum(1 for _ in takewhile(lambda text: text == said[-1], reversed(said)))


def told_now(tracker: Tracker) -> frozenset[str]:
    """Names of the responses that this turn has been answered with so far."""
    names = set()
    for event in reversed(tracker.events or []):
        if event.get("event") == "user":
            break
        if event.get("event") == "bot":
            names.add((event.get("metadata") or {}).get("utter_action"))
    return frozenset(name for name in names if name)


def set_slots(values: dict[str, Any]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in values.items()]


def finished() -> list[EventType]:
    """The service is done: the app starts the next one with a clean memory."""
    return [SlotSet("finished", True)]
