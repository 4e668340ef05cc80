"""A form that is refused gives back what was typed, without a script too."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.store.store import Store
from tests.api.conftest import Conversation
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


def file(store: Store) -> str:
    request = ComplaintRequest(
        category="noise", place="东风社区3栋", text="半夜唱歌", anonymous=True, name=None, phone=None,
        conversation_id="talk", client_message_id="m", language="zh", channel="web",
    )  # fmt: skip
    return cases.file_case(store, request, wiring.now(), targets=Targets()).number


def test_an_answer_to_a_case_that_cannot_be_answered_now_is_shown_again(store: Store, a: Ask) -> None:
    number = file(store)
    answer = a("dispatcher").post(f"/staff/cases/{number}/answer", {"answer": "已请物业劝说。"})
    assert answer.status_code == 422
    assert '<p class="unsent">已请物业劝说。</p>' in answer.text


def test_a_note_that_is_too_long_is_shown_again(store: Store, a: Ask) -> None:
    number = file(store)
    answer = a("dispatcher").post(f"/staff/cases/{number}/note", {"note": "长" * 2001})
    assert answer.status_code == 422
    assert "长" * 2001 + "</textarea>" in answer.text


def test_a_dispatch_without_a_receiver_keeps_what_was_filled_in(store: Store, a: Ask) -> None:
    number = file(store)
    answer = a("dispatcher").post(f"/staff/cases/{number}/dispatch", {"community": "新街社区", "grid": "新街-01"})
    assert answer.status_code == 422
    assert 'value="新街社区"' in answer.text
    assert 'value="新街-01"' in answer.text


def test_hours_that_cannot_be_read_stay_in_their_field(a: Ask) -> None:
    answer = a("admin").post("/staff/office/hours", {"hours": "周一至周五 上午"})
    assert answer.status_code == 422
    assert 'value="周一至周五 上午"' in answer.text


def test_a_label_without_a_goal_stays_open_as_it_was_filled_in(a: Ask, conversation: Conversation) -> None:
    conversation.say("路灯坏了", "m1")
    editor, talk = a("editor"), conversation.opened["conversation_id"]
    turn = editor.get(f"/api/v1/staff/conversations/{talk}").json()["turns"][0]["id"]
    form = {"verdict": "wrong_goal", "goal": "", "note": "是投诉", "right_page": ""}
    answer = editor.post(f"/staff/conversations/{talk}/turns/{turn}/label", form)
    assert answer.status_code == 422
    assert "<details open>" in answer.text
    assert 'value="wrong_goal" required checked' in answer.text
    assert 'value="是投诉"' in answer.text


def test_a_message_to_somebody_whom_a_colleague_took_is_not_lost(a: Ask, conversation: Conversation) -> None:
    path = f"/staff/live/{conversation.opened['conversation_id']}"
    answer = a("dispatcher").post(f"{path}/write", {"text": "我来帮您登记"})
    assert answer.status_code == 409
    assert "我来帮您登记" in answer.text


def test_a_password_is_never_given_back(a: Ask) -> None:
    form = {"old": "wrong copper lantern 77", "password": "tall copper lantern 78", "again": "tall copper lantern 78"}
    answer = a("dispatcher").post("/staff/account/password", form)
    assert answer.status_code >= 400
    assert "copper lantern" not in answer.text
