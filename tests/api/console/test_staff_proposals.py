"""Staff publish proposals and move them on; the community consults, the street decides."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.proposals import proposals
from bot.services.proposals.proposals import ProposalRequest
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[[str], StaffClient]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


@pytest.fixture
def number(store: Store) -> str:
    request = ProposalRequest(f"{SCRIPT}楼道装扶手，打13812345678找我", "13812345678", "talk", "m", "zh", "web")
    return proposals.submit(store, request, wiring.now()).number


def test_a_proposal_is_read_masked_published_and_decided(store: Store, a: Ask, number: str) -> None:
    community, street = a("community_staff"), a("dispatcher")
    shown = community.get(f"/staff/proposals/{number}").text
    assert "13812345678" not in shown
    assert SCRIPT not in shown
    assert number in community.get("/staff/proposals").text
    at = f"/staff/proposals/{number}"
    assert community.post(f"{at}/publish", {"title": "楼道装扶手", "text": "老人要扶手"}).status_code == 303
    assert community.post(f"{at}/move", {"stage": "consulting", "answer": "下周开会。"}).status_code == 303
    assert community.post(f"{at}/move", {"stage": "deciding", "answer": "街道研究。"}).status_code == 403
    assert street.post(f"{at}/move", {"stage": "deciding", "answer": "街道研究。"}).status_code == 303
    last = {"stage": "answered", "answer": "年底前装好。", "outcome": "adopted"}
    assert street.post(f"{at}/move", last).status_code == 303
    found = proposals.public_one(store, number)
    assert found is not None
    assert (found.outcome, found.answer) == ("adopted", "年底前装好。")
    figure = street.get("/staff/dashboard").text
    assert 'id="adopted"' in figure
    assert "100%" in figure


def test_a_refused_stage_gives_back_what_was_typed(a: Ask, number: str) -> None:
    answer = a("dispatcher").post(f"/staff/proposals/{number}/move", {"stage": "deciding", "answer": "已经研究过了"})
    assert answer.status_code == 422
    assert "已经研究过了" in answer.text


def test_a_number_in_public_words_is_refused(store: Store, a: Ask, number: str) -> None:
    form = {"title": "楼道装扶手", "text": "打13812345678找我"}
    assert a("dispatcher").post(f"/staff/proposals/{number}/publish", form).status_code == 422
    assert proposals.public_one(store, number) is None


def test_the_list_leaves_as_a_file_and_by_stage(a: Ask, number: str) -> None:
    street = a("dispatcher")
    assert number in street.get("/staff/proposals?export=csv").text
    assert number not in street.get("/staff/proposals?state=answered").text
    assert a("grid_worker").get("/staff/proposals").status_code == 403


def test_personal_data_is_revealed_with_a_reason(a: Ask, number: str) -> None:
    answer = a("dispatcher").post(f"/staff/reveal/proposal/{number}", {"reason": "要打电话问清楚"})
    assert "13812345678" in answer.text
    assert f"/staff/proposals/{number}" in answer.text
