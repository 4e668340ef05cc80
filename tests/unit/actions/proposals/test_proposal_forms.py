"""What a sentence fills in the forms of proposals, and what is written in the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.core import asking, drafts, read_back
from actions.core.turn import Said
from actions.points import volunteering
from actions.proposals import draft, records, support
from actions.proposals.proposals import ActionStartProposal, ActionSubmitProposal
from actions.proposals.support import ActionStartSupport, ActionSupportProposal
from bot import wiring
from bot.services.proposals import demo, proposals
from bot.store.store import Store

pytestmark = pytest.mark.unit

Make = Callable[..., Said]


@pytest.fixture
def street(office: Store, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Store:
    """With the example proposals, and without an encoder."""
    monkeypatch.setattr(wiring, "encoder", lambda: None)
    demo.load(office, now)
    return office


def tracker(form: str, slots: dict[str, Any], now: datetime, *, read: bool = True) -> Tracker:
    """After a yes to the summary."""
    if read:
        slots = slots | {read_back.SLOT: read_back.fingerprint(slots, drafts.slots_of(form))}
    about = {"now": now.isoformat(), "conversation_id": "talk-a", "client_message_id": "m1"}
    message = {"text": "确认", "intent": {"name": "affirm"}, "metadata": about}
    return Tracker("talk-a-0", slots, message, [], False, None, {}, "action_listen")


def told(dispatcher: CollectingDispatcher) -> list[str]:
    return [str(message["response"]) for message in dispatcher.messages]


def test_the_bare_wish_is_no_proposal(street: Store, said: Make, dispatcher: CollectingDispatcher) -> None:
    for words in ("我想提个建议", "我有个主意", "帮我递个建议上去", "我要交提案"):
        assert draft.take(said(words, "submit_proposal"), {}, dispatcher) == {}
    for words in ("I have a suggestion", "I'd like to submit a proposal"):
        assert draft.take(said(words, "submit_proposal", language="en"), {}, dispatcher) == {}


def test_a_proposal_said_at_once_is_taken_and_no_similar_one_is_asked_about(
    street: Store, said: Make, dispatcher: CollectingDispatcher
) -> None:
    words = "我建议在河边修一个凉亭"
    found = draft.take(said(words, "submit_proposal"), {}, dispatcher)
    assert found == {"description": words, "similar": draft.NONE_ALIKE}


def test_similar_ones_are_shown_and_one_can_be_supported_instead(
    street: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    found = draft.take(said("我建议活动室周末也开门", "submit_proposal"), {}, dispatcher)
    assert found["similar"] is None
    slots = {"description": "我建议活动室周末也开门"}
    asking.ask("submit_proposal_form", "similar", dispatcher, tracker("submit_proposal_form", slots, now, read=False))
    assert "活动室周末也开门（示例），12人支持" in dispatcher.messages[-1]["choices"]
    for words, more in (("好的", {"act": "yes"}), ("支持提案79000005", {"intent": "support_proposal"})):
        chosen = draft.take(said(words, awaiting="similar", **more), slots, dispatcher)
        assert chosen["similar"] == "79000005"
    own = draft.take(said("不是", awaiting="similar", act="no"), slots, dispatcher)
    assert own == {"similar": draft.NONE_ALIKE}


def test_it_is_submitted_once_it_was_read_back(street: Store, dispatcher: CollectingDispatcher, now: datetime) -> None:
    slots = {"description": "修凉亭", "similar": "-", "phone": "-", "confirmation": "yes", "changing": None}
    ActionSubmitProposal().run(dispatcher, tracker("submit_proposal_form", slots, now, read=False), {})
    assert proposals.of_conversation(street, "talk-a") == []
    asking.ask(
        "submit_proposal_form", "confirmation", dispatcher, tracker("submit_proposal_form", slots, now, read=False)
    )
    assert told(dispatcher) == ["utter_confirm_proposal_anonymous"]
    ActionSubmitProposal().run(dispatcher, tracker("submit_proposal_form", slots, now), {})
    assert told(dispatcher)[-1] == "utter_proposal_submitted_anonymously"
    assert len(proposals.of_conversation(street, "talk-a")) == 1


def test_a_support_needs_a_phone_and_counts_once(
    street: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime
) -> None:
    first = support.take(said("我支持提案79000001", "support_proposal"), {}, dispatcher)
    assert first == {"record": "79000001"}
    refused = support.take(said("不想留", awaiting="phone", act="no"), first, dispatcher)
    assert refused == {"phone": None}
    slots = {**first, "phone": "13900001234", "confirmation": "yes", "changing": None}
    ActionSupportProposal().run(dispatcher, tracker("support_proposal_form", slots, now), {})
    found = proposals.public_one(street, "79000001")
    assert found is not None
    assert found.supports == 24


def test_a_proposal_that_is_answered_is_no_more_to_be_supported(
    street: Store, said: Make, dispatcher: CollectingDispatcher
) -> None:
    assert support.take(said("我支持提案79000003", "support_proposal"), {}, dispatcher) == {"record": None}
    assert told(dispatcher) == ["utter_no_such_open_proposal"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_public_proposal_is_told_with_stage_support_and_answer(
    street: Store, said: Make, dispatcher: CollectingDispatcher, now: datetime, language: str
) -> None:
    found = proposals.public_one(street, "79000003")
    assert found is not None
    records.show([found], said("怎么样了", "check_proposal", language=language), dispatcher, tracker("", {}, now))
    words = dispatcher.messages[-1]
    assert words["stage_words"] == ("公开反馈，已采纳" if language == "zh" else "answered: adopted")
    assert "从下月起" in words["answer_words"]
    assert words["custom"]["card"]["kind"] == "proposal"


@pytest.mark.parametrize("start", [ActionStartProposal, ActionStartSupport])
def test_slots_of_another_form_are_no_beginning_of_this_one(
    street: Store, dispatcher: CollectingDispatcher, now: datetime, start: type[Action]
) -> None:
    left = {"record": "12345678", "description": "路灯又坏了", "similar": None, "phone": "-", "confirmation": "yes"}
    events = start().run(dispatcher, tracker("", left, now, read=False), {})
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert set(slots.values()) == {None}
    assert slots.keys() & {"record", "description"}


def test_what_was_begun_in_this_form_stays(street: Store, dispatcher: CollectingDispatcher, now: datetime) -> None:
    asked = tracker("", {"record": "79000001", "phone": None, "requested_slot": "phone"}, now, read=False)
    asked.active_loop = {"name": "support_proposal_form"}
    events = ActionStartSupport().run(dispatcher, asked, {})
    assert {"event": "slot", "timestamp": None, "name": "record", "value": "79000001"} in events


@pytest.mark.parametrize("take", [draft.take, support.take, volunteering.take])
def test_a_phone_may_be_said_in_parts(
    street: Store, said: Make, dispatcher: CollectingDispatcher, take: Callable[..., dict[str, Any]]
) -> None:
    slots: dict[str, Any] = {"record": "79000001"}
    for part in ("139", "0000", "5678"):
        slots |= take(said(part, awaiting="phone"), slots, dispatcher)
    assert (slots["phone"], slots["digits"]) == ("13900005678", None)
    assert told(dispatcher) == []
    slots |= take(said("13900001", awaiting="phone"), slots, dispatcher)
    assert (slots["record"], slots["digits"]) == ("79000001", "13900001")
