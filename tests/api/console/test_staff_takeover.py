"""Staff take over a web chat: the assistant is silent, the resident reads a person, and it is handed back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.dialogue.admission.circumstances import circumstances
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.conversations import conversations
from bot.services.handover import takeover
from bot.services.handover.handover import request_person
from bot.store.figures import queries as figure_queries
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
LIVE = "/api/v1/staff/live"


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


@pytest.fixture
def at(conversation: Any) -> str:
    """Where staff find the resident's conversation."""
    return f"{LIVE}/{conversation.opened['conversation_id']}"


def turns(conversation: Any) -> Any:
    return conversation.client.get(f"{conversation.path}/messages", headers=conversation.headers).json()


def test_a_person_writes_and_the_assistant_is_silent_until_it_is_handed_back(
    a: Ask, conversation: Any, rasa: Any, at: str
) -> None:
    staff = a("community_staff", name="王芳")
    conversation.say("你好", "m1")
    assert staff.send(f"{at}/take").status_code == 200
    assert turns(conversation)["person"] == "here"
    silent = conversation.say("路灯坏了怎么办", "m2").json()
    assert (silent["goal"], silent["replies"]) == ("human_agent", [])
    assert staff.send(f"{at}/write", {"text": "我来帮您登记。"}).status_code == 200
    told = turns(conversation)["turns"][-1]["replies"][0]
    assert (told["text"], told["card"]) == ("我来帮您登记。", {"kind": "staff", "title": "王"})
    assert staff.send(f"{at}/hand-back").status_code == 200
    assert conversation.say("谢谢", "m3").json()["replies"]
    assert [asked[2] for asked in rasa.asked] == ["你好", "谢谢"]


def test_danger_is_answered_also_while_a_person_writes(a: Ask, conversation: Any, at: str) -> None:
    a("dispatcher").send(f"{at}/take")
    assert "120" in conversation.say("我胸口痛得厉害", "m1").json()["replies"][0]["text"]


def test_only_one_person_takes_it_and_only_that_one_writes(a: Ask, conversation: Any, at: str) -> None:
    first, second = a("community_staff"), a("dispatcher")
    assert first.send(f"{at}/take").status_code == 200
    assert second.send(f"{at}/take").json()["code"] == "wrong-state"
    assert second.send(f"{at}/write", {"text": "你好"}).status_code == 409
    assert second.send(f"{at}/hand-back").status_code == 409
    assert a("editor").send(f"{at}/take").status_code == 403
    assert a("grid_worker").get(at).status_code == 403
    assert first.send(f"{LIVE}/{'0' * 32}/take").status_code == 404


def test_who_leaves_without_handing_back_does_not_silence_the_assistant_for_ever(
    a: Ask, store: Store, conversation: Any, at: str
) -> None:
    a("dispatcher").send(f"{at}/take")
    number = conversation.opened["conversation_id"]
    later = wiring.now() + takeover.SILENT_FOR + timedelta(seconds=1)
    assert circumstances(store, number, wiring.now())[2] == "person"
    assert circumstances(store, number, later)[2] == "assistant"
    assert turns(conversation)["person"] == "none"
    assert a("dispatcher").send(f"{at}/take").status_code == 200


def test_a_call_is_not_taken_over_in_writing(a: Ask, store: Store) -> None:
    call = conversations.open_conversation(store, channel="phone", language="zh", now=wiring.now())
    assert a("dispatcher").send(f"{LIVE}/{call.id}/take").status_code == 409


def test_the_request_that_led_to_it_is_claimed_and_done(a: Ask, store: Store, conversation: Any, at: str) -> None:
    request_person(
        store, conversation_id=conversation.opened["conversation_id"], reason="asked", phone=None,
        client_message_id="m", channel="web", language="zh", now=wiring.now(),
    )  # fmt: skip
    assert turns(conversation)["person"] == "asked"
    staff = a("dispatcher")
    staff.send(f"{at}/take")
    assert staff.get("/api/v1/staff/queue").json()["waiting"][0]["mine"] is True
    staff.send(f"{at}/hand-back")
    assert staff.get("/api/v1/staff/queue").json()["waiting"] == []


def test_what_is_live_is_shown_masked_with_who_looks(a: Ask, store: Store, conversation: Any, at: str) -> None:
    conversation.say("我叫王小明，电话13812345678<script>alert(1)</script>", "m1")
    staff, other = a("dispatcher"), a("community_staff")
    number = conversation.opened["conversation_id"]
    assert [one["id"] for one in staff.get(LIVE).json()["conversations"]] == [number]
    page = staff.get(f"/staff/live/{number}").text
    assert not [word for word in ("王小明", "13812345678", "<script>alert") if word in page]
    seen = other.get(at).json()
    assert seen["onlookers"] == sorted([staff.get("/api/v1/staff/me").json()["login"], seen_by(other)])
    assert "13812345678" not in str(seen)
    assert [entry.action for entry in audit.found(store, AuditFilter(subject=number))] == ["conversation.watch"] * 2


def test_who_took_over_reads_the_words_in_full_until_handing_back(
    a: Ask, store: Store, conversation: Any, at: str
) -> None:
    staff, other, number = a("community_staff"), a("dispatcher"), conversation.opened["conversation_id"]
    staff.send(f"{at}/take")
    conversation.say("我叫张桂花，电话13900001111", "m1")
    staff.send(f"{at}/write", {"text": "我是社区的周洁，电话13700002222"})
    page = staff.get(f"/staff/live/{number}").text
    assert "我叫张桂花，电话13900001111" in page
    assert "13700002222" in page
    assert "13900001111" not in str(other.get(at).json())
    staff.send(f"{at}/hand-back")
    assert "13900001111" not in staff.get(f"/staff/live/{number}").text
    [taken] = audit.found(store, AuditFilter(action="conversation.takeover"))
    assert taken.details["words"] == "in full"


def test_what_staff_wrote_is_in_the_transcript_and_the_residents_words_have_no_goal(
    a: Ask, store: Store, conversation: Any, at: str
) -> None:
    staff, editor = a("community_staff", name="王芳"), a("editor")
    conversation.say("你好", "m1")
    staff.send(f"{at}/take")
    conversation.say("路灯坏了", "m2")
    staff.send(f"{at}/write", {"text": "明天去修，有事打13700002222"})
    staff.send(f"{at}/hand-back")
    number = conversation.opened["conversation_id"]
    seen = editor.get(f"/api/v1/staff/conversations/{number}").json()
    assert [(one["goal"], one["left_to"]) for one in seen["turns"]] == [("greet", None), (None, "person")]
    [wrote] = [one for one in seen["told"] if "明天去修" in one["text"]]
    assert wrote["by"] == staff.signed.actor.id
    assert "13700002222" not in wrote["text"]
    page = editor.get(f"/staff/conversations/{number}").text
    assert page.index("路灯坏了") < page.index("明天去修")
    assert "工作人员王芳" in page
    with store.reading() as unit:
        found = figure_queries.turns(unit, wiring.now() - timedelta(hours=1), wiring.now() + timedelta(hours=1))
        assert [row.goal for row in found] == ["greet"]
    listed = editor.get("/api/v1/staff/conversations?goal=human_agent").json()
    assert listed["total"] == 0


def test_the_list_of_what_is_live_speaks_the_language_of_its_reader(a: Ask, conversation: Any, rasa: Any) -> None:
    conversation.say("我胸口痛得厉害", "m1")
    listed = a("dispatcher").get("/staff/live").text
    assert not [code for code in (">web<", ">zh<", ">emergency<") if code in listed]
    assert '<span class="badge bad">紧急情况</span>' in listed


def seen_by(staff: StaffClient) -> str:
    return str(staff.get("/api/v1/staff/me").json()["login"])


def test_the_forms_of_the_page_do_the_same(a: Ask, conversation: Any) -> None:
    staff, path = a("dispatcher"), f"/staff/live/{conversation.opened['conversation_id']}"
    assert staff.post(f"{path}/write", {"text": "你好"}).status_code == 409
    assert staff.post(f"{path}/take").status_code == 303
    assert staff.post(f"{path}/write", {"text": " "}).status_code == 422
    assert staff.post(f"{path}/write", {"text": "这就帮您登记"}).status_code == 303
    assert "这就帮您登记" in staff.get(path).text
    assert staff.post(f"{path}/hand-back").status_code == 303
