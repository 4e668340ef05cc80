"""What Rasa remembers is encrypted, whole where it is needed, and no longer than it has to be."""

import asyncio
import json

import pytest
from cryptography.fernet import Fernet
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu.channel import TURNS_OF_AN_ACTION, _answer, _lately
from bot.nlu.encrypted_tracker_store import EncryptedTrackerStore

RANKING = [{"name": f"intent_{number}", "confidence": 0.02} for number in range(40)]


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("LINYU_DATA_KEY", Fernet.generate_key().decode())
    monkeypatch.setenv("LINYU_TRACKER_FILE", str(tmp_path / "trackers.db"))
    return EncryptedTrackerStore(Domain.empty())


def tracker_of(turns: int) -> DialogueStateTracker:
    tracker = DialogueStateTracker("a-0", [])
    for number in range(turns):
        intent = {"name": f"intent_{number}", "confidence": 0.9}
        parsed = {"intent": intent, "entities": [], "intent_ranking": RANKING, "text": f"第{number}句"}
        said = UserUttered(f"第{number}句", intent, [], parsed, message_id=f"m{number}")
        tracker.update(said)
        tracker.update(BotUttered(f"第{number}答", metadata={"utter_action": f"utter_{number}"}))
    return tracker


def test_a_conversation_is_taken_up_as_it_was(store) -> None:
    asyncio.run(store.save(tracker_of(4)))
    found = asyncio.run(store.retrieve("a-0"))
    said = [event for event in found.events if isinstance(event, UserUttered)]
    assert [one.text for one in said] == [f"第{number}句" for number in range(4)]
    assert [one.intent_name for one in said] == [f"intent_{number}" for number in range(4)]
    assert said[-1].parse_data["intent_ranking"] == RANKING
    assert "intent_ranking" not in said[0].parse_data
    assert "第0句".encode() not in store.get("a-0")


def test_the_rankings_of_before_are_not_kept(store) -> None:
    asyncio.run(store.save(tracker_of(1)))
    one = len(store.get("a-0"))
    asyncio.run(store.save(tracker_of(9)))
    assert len(store.get("a-0")) < 5 * one


def test_the_channel_reads_its_answer_from_what_was_saved_once(store) -> None:
    tracker = tracker_of(2)
    asyncio.run(store.save(tracker))
    assert store.just_saved("a-0") is tracker
    assert store.just_saved("a-0") is None, "only since it last asked"
    again = asyncio.run(store.retrieve("a-0"))
    assert _answer(tracker, []) == _answer(again, [])
    asyncio.run(store.save(tracker))
    store.forget("a-0")
    assert store.just_saved("a-0") is None


def test_a_message_is_looked_for_without_running_through_the_conversation(store) -> None:
    asyncio.run(store.save(tracker_of(3)))
    row = store.get("a-0")
    assert store.holds(row, "m2")
    assert not store.holds(row, "m")
    assert not store.holds(row, "m9")


def test_an_action_is_sent_the_last_turns_only() -> None:
    events = [event.as_dict() for event in tracker_of(8).events]
    sent = _lately({"sender_id": "a-0", "slots": {"x": 1}, "events": events})
    said = [event["text"] for event in sent["events"] if event["event"] == "user"]
    assert said == [f"第{number}句" for number in range(8)][-TURNS_OF_AN_ACTION:]
    assert sent["slots"] == {"x": 1}
    first = tracker_of(1)
    first.update(SlotSet("y", 2))
    short = [event.as_dict() for event in first.events]
    assert _lately({"events": short})["events"] == short
    assert json.dumps(_lately({"events": None})) == '{"events": []}'
