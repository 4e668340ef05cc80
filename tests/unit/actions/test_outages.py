"""An action talks about what is refused; what is only away for a moment goes up, so that the turn is undone and retried."""

from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.bookings import ActionBookService
from actions.bookings.change import ActionCommitChange
from actions.bookings.records import ActionCommitCancellation
from actions.complaints.records import ActionCommitReopening
from actions.core import drafts, read_back
from actions.core.record_flow import ActionFoundRecord
from bot import errors, wiring
from bot.errors import AssistantError, Outage, Refusal, StoreUnavailable
from bot.store.encryption import DataKeys
from bot.store.store import Store
from tests.store_fakes import FragileStore

pytestmark = pytest.mark.unit

BOOKING = {
    "offering": "meal-dongfeng", "service": "meal", "date": "2026-11-25", "time": "11:00", "party": 1, "name": "测试甲",
    "phone": "13900001234", "confirmation": "yes",
}  # fmt: skip
RECORD = {"record": "12345678", "confirmation": "yes", "description": "还是不亮"}


def confirmed(form: str, slots: dict[str, Any]) -> dict[str, Any]:
    """The slots of a draft that was read back as it is."""
    return slots | {read_back.SLOT: read_back.fingerprint(slots, drafts.slots_of(form))}


LOOK_UP = {"number": "12345678", "tail": "1234", "purpose": "check_booking"}


def tracker(slots: dict[str, Any]) -> Tracker:
    about = {"now": "2026-11-23T08:00:00+08:00", "conversation_id": "conversation-a", "client_message_id": "m1"}
    message = {"text": "确认", "intent": {"name": "affirm"}, "metadata": about}
    return Tracker("conversation-a-0", slots, message, [], False, None, {}, "action_listen")


@pytest.mark.parametrize(
    ("action", "slots"),
    [
        (ActionBookService(), confirmed("book_service_form", BOOKING)),
        (ActionCommitCancellation(), confirmed("cancel_booking_form", RECORD)),
        (ActionCommitReopening(), confirmed("reopen_case_form", RECORD)),
        (ActionFoundRecord(), LOOK_UP),
        (ActionFoundRecord(), LOOK_UP | {"purpose": "check_case"}),
    ],
    ids=lambda one: one.name() if isinstance(one, Action) else "",
)
def test_a_database_that_is_away_is_no_answer_to_a_confirmed_wish(
    action: Action, slots: dict[str, Any], office: Store, tmp_path: Path, data_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = FragileStore(f"sqlite:///{tmp_path / 'linyu.db'}", DataKeys([data_key]))
    gone.read_only = True
    monkeypatch.setattr(wiring, "store", lambda: gone)
    dispatcher = CollectingDispatcher()
    with pytest.raises(StoreUnavailable):
        action.run(dispatcher, tracker(slots), {})
    assert dispatcher.messages == []
    gone.close()


def test_a_database_that_cannot_be_read_is_no_answer_to_a_confirmed_change(
    office: Store, tmp_path: Path, data_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = FragileStore(f"sqlite:///{tmp_path / 'linyu.db'}", DataKeys([data_key]))
    gone.down = True
    monkeypatch.setattr(wiring, "store", lambda: gone)
    dispatcher = CollectingDispatcher()
    change = confirmed("change_booking_form", RECORD | {"date": "2026-11-25", "time": "11:00"})
    with pytest.raises(StoreUnavailable):
        ActionCommitChange().run(dispatcher, tracker(change), {})
    assert dispatcher.messages == []
    gone.close()


def test_every_failure_is_either_refused_or_retried() -> None:
    kinds = [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, AssistantError) and one not in (AssistantError, Refusal, Outage)
    ]
    assert [one.__name__ for one in kinds if issubclass(one, Refusal) == issubclass(one, Outage)] == []
    assert {one.__name__ for one in kinds if issubclass(one, Outage)} == {
        "DialogueUnavailable",
        "StoreUnavailable",
        "TelephoneUnavailable",
    }
