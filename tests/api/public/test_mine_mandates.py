"""A mandate among one's own matters: seen with what was done by whoever gave it, ended there, and no matter of the helper's."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.errors import MandateOver
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Powers, Request
from bot.store.store import Store
from tests.api.conftest import Conversation
from tests.api.public.test_mine import PHONE, act, listed, visit

pytestmark = pytest.mark.api


@pytest.fixture
def both(client: TestClient, store: Store) -> tuple[Conversation, Conversation]:
    """A mother who gave a mandate, and her daughter who has reported something with it."""
    mother, daughter, now = Conversation(client), Conversation(client), wiring.now()
    here, there = mother.opened["conversation_id"], daughter.opened["conversation_id"]
    day = now.date() + timedelta(days=90)
    give = Request(PHONE, "我女儿", Powers.ALL, day, here, "m1", "zh", "web")
    _, code = mandates.give(store, give, now)
    take = Request(
        PHONE, "李芳", Powers.ALL, day, there, "m2", "zh", "web", relation="我妈", helper_phone="13700005678"
    )
    mandates.take_up(store, take, code, now)
    report(store, there, "m3")
    return mother, daughter


def report(store: Store, conversation: str, message: str) -> None:
    lamp = ComplaintRequest(
        "public_facility", "东风社区", "路灯不亮", False, "王秀英", PHONE, conversation, message, "zh", "web"
    )
    cases.file_case(store, lamp, wiring.now(), targets=Targets())


def test_who_gave_it_sees_what_was_done_and_ends_it(
    client: TestClient, store: Store, both: tuple[Conversation, Conversation]
) -> None:
    mother, daughter = both
    headers = visit(client, mother)
    shown = listed(client, headers)["mandate"]
    assert (shown["title"], shown["state_words"], shown["may"]) == ("李芳替您办事", "有效", ["end"])
    assert [step["words"] for step in shown["steps"]] == ["李芳反映了公共设施的问题"]
    assert {fact["name"] for fact in shown["facts"]} == {"powers", "until"}
    ended = act(client, headers, shown["number"], "end").json()
    assert (ended["state_words"], ended["is_open"], ended["may"]) == ("已停止", False, [])
    assert act(client, headers, shown["number"], "end").json() == ended, "again changes nothing"
    with pytest.raises(MandateOver):
        report(store, daughter.opened["conversation_id"], "m4")
    assert "mandate.ended" in {one.action for one in audit.found(store, AuditFilter())}


def test_the_helper_neither_sees_nor_ends_it(
    client: TestClient, store: Store, both: tuple[Conversation, Conversation]
) -> None:
    mother, daughter = both
    number = listed(client, visit(client, mother))["mandate"]["number"]
    hers = visit(client, daughter)
    assert "mandate" not in listed(client, hers)
    assert act(client, hers, number, "end").status_code == 404
    assert mandates.get(store, number, wiring.now()).state == "active"


def test_only_a_mandate_is_ended(client: TestClient, store: Store, both: tuple[Conversation, Conversation]) -> None:
    mother, daughter = both
    case = listed(client, visit(client, daughter))["case"]["number"]
    assert act(client, visit(client, daughter), case, "end").status_code == 422
    number = listed(client, visit(client, mother))["mandate"]["number"]
    assert act(client, visit(client, mother), number, "cancel").status_code == 422
