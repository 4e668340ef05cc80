"""Everybody reads the proposals: stage, support, answers and dates, and nothing of who is behind them."""

from datetime import datetime

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.kernel.permissions import Actor
from bot.services.proposals import proposals, staff_proposals
from bot.services.proposals.demo import load
from bot.services.proposals.proposals import ProposalRequest
from bot.store.store import Store

pytestmark = pytest.mark.api

DISPATCHER = Actor("dispatcher-1", "dispatcher")
SCRIPT = "<script>alert(1)</script>"


def submit(store: Store, now: datetime, text: str = "楼道装扶手，我叫王小明，电话13812345678") -> str:
    request = ProposalRequest(text, "13812345678", "talk-a", "m1", "zh", "web")
    return proposals.submit(store, request, now).number


def test_only_what_staff_published_is_shown_and_nobody_is_named(client: TestClient, store: Store) -> None:
    now = wiring.now()
    number = submit(store, now)
    assert number not in client.get("/proposals").text
    staff_proposals.publish(store, DISPATCHER, number, "楼道装扶手", "老人上下楼要扶手。", now)
    staff_proposals.move(store, DISPATCHER, number, "consulting", "社区下周看现场。", now)
    shown = client.get("/proposals", headers={"Accept-Language": "zh-CN"})
    assert shown.status_code == 200
    for piece in (number, "楼道装扶手", "社区协商", "0人支持", "社区下周看现场。", now.date().isoformat()):
        assert piece in shown.text
    for personal in ("王小明", "13812345678", "talk-a", DISPATCHER.id):
        assert personal not in shown.text
        assert personal not in client.get("/api/v1/proposals").text


def test_a_script_in_a_proposal_is_words(client: TestClient, store: Store) -> None:
    now = wiring.now()
    number = submit(store, now, SCRIPT)
    staff_proposals.publish(store, DISPATCHER, number, SCRIPT, SCRIPT, now)
    staff_proposals.move(store, DISPATCHER, number, "consulting", SCRIPT, now)
    shown = client.get("/proposals").text
    assert SCRIPT not in shown
    assert shown.count("&lt;script&gt;") == 3


def test_both_languages_and_every_stage_can_be_chosen(client: TestClient, store: Store) -> None:
    load(store, wiring.now())
    english = client.get("/proposals?lang=en&stage=answered").text
    assert '<html lang="en">' in english
    assert "answered: adopted" in english
    assert "79000003" in english
    assert "79000005" not in english
    assert client.get("/proposals?stage=nonsense&page=-3&lang=xx").status_code == 200
    assert "没有公开的提案" not in client.get("/proposals?page=9999&lang=zh").text, "the last page instead"


def test_the_same_as_json_most_supported_first_and_paged(client: TestClient, store: Store) -> None:
    load(store, wiring.now())
    body = client.get("/api/v1/proposals").json()
    counts = [one["supports"] for one in body["proposals"]]
    assert counts == sorted(counts, reverse=True)
    assert (body["total"], body["page"], body["pages"]) == (5, 1, 1)
    answered = client.get("/api/v1/proposals?stage=answered").json()["proposals"]
    assert {one["outcome"] for one in answered} == {"adopted", "declined"}
    assert all(step["at"] for one in answered for step in one["steps"])
    assert client.get("/api/v1/proposals?stage=nonsense").status_code == 422
    assert client.get("/api/v1/proposals?page=2").json()["proposals"] == []


def test_examples_are_marked_and_loading_again_changes_nothing(store: Store) -> None:
    load(store, wiring.now())
    load(store, wiring.now())
    found = proposals.public_list(store)
    assert len(found) == 5
    assert all("（示例）" in (one.title or "") for one in found)
