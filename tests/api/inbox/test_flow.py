"""Review in a flow: what is worth a look comes one after the other, and what two reviewers think is kept."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.learning import flow, learning
from bot.store.conversations.tables import Rating
from bot.store.learning.tables import TurnLabel
from bot.store.store import Store
from tests.browser.console.desk import complaint, turn
from tests.staff import StaffClient, enter
from tests.staff_labels import EDITOR

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


def label_of(store: Store, turn_id: str) -> TurnLabel | None:
    with store.reading() as unit:
        return unit.session.get(TurnLabel, turn_id)


def why(store: Store, turn_id: str) -> str:
    return flow.show(store, EDITOR, turn_id, wiring.now()).why


def test_what_went_well_is_not_in_the_queue_and_everything_else_says_why(store: Store) -> None:
    well = turn(store, "食堂几点开门", "ask_policy", 0.95)
    worth = {
        turn(store, "帮我看看那个", "out_of_scope", 0.9): "misunderstood",
        turn(store, "我要弄那个卡", "book_service", 0.4): "unsure",
        turn(store, "着火了快来人", "emergency", 1.0): "danger",
        turn(store, "我要找人", "human_agent", 0.9): "handed_over",
    }
    queue = flow.queue(store, EDITOR, wiring.now())
    assert well not in queue
    assert {one: why(store, one) for one in queue} == worth


def test_a_poor_rating_brings_the_turns_of_its_conversation(store: Store) -> None:
    said = turn(store, "食堂几点开门", "ask_policy", 0.95)
    with store.unit() as unit:
        talk = flow.conversation_of(store, EDITOR, said)
        unit.add(Rating(conversation_id=talk, score=1, number=None, comment=None, at=wiring.now()))
        unit.commit()
    assert why(store, said) == "rated_poor"


def test_one_decision_leads_to_the_next_and_can_be_taken_back(store: Store, a: Ask) -> None:
    first, second = turn(store, "帮我看看那个", "out_of_scope", 0.1), turn(store, "今天股票怎样", "ask_policy", 0.3)
    staff = a("editor")
    assert "0句，还有2句" in staff.get("/staff/review").text
    answer = staff.post(f"/staff/review/{first}", {"verdict": "right", "onward": second})
    assert f"turn={second}" in answer.headers["location"]
    assert f"did={first}" in answer.headers["location"]
    assert "1句，还有1句" in staff.get("/staff/review").text
    other = a("editor")
    assert "not_undone" in other.post(f"/staff/review/{first}/undo").headers["set-cookie"]
    assert staff.post(f"/staff/review/{first}/undo").status_code == 303
    assert label_of(store, first) is None


def test_what_is_not_for_us_is_learnt_as_such_after_another_person_agrees(store: Store, a: Ask) -> None:
    said = turn(store, "今天股票怎么样", "ask_policy", 0.3)
    a("editor").post(f"/staff/review/{said}", {"verdict": "not_ours"})
    [example] = learning.examples(store, EDITOR, "proposed")
    assert example.goal == "out_of_scope"


def test_a_goal_is_found_by_its_words_and_an_unknown_one_is_refused(store: Store, a: Ask) -> None:
    said, staff = turn(store, "屋里老人要人送餐", "ask_policy", 0.3), a("editor")
    refused = staff.post(f"/staff/review/{said}", {"verdict": "wrong_goal", "goal": "飞上天"})
    assert "refused_goal" in refused.headers["set-cookie"]
    assert label_of(store, said) is None
    staff.post(f"/staff/review/{said}", {"verdict": "wrong_goal", "goal": "预约服务"})
    label = label_of(store, said)
    assert label
    assert label.goal == "book_service"
    page = staff.post(f"/staff/review/{said}", {"verdict": "wrong_answer", "right_page": "no_such_page"})
    assert "refused_page" in page.headers["set-cookie"]


def test_what_was_often_right_instead_is_offered_first(store: Store, a: Ask) -> None:
    staff = a("editor")
    for text in ("要人送餐", "要人助浴"):
        done = turn(store, text, "check_case", 0.3)
        staff.post(f"/staff/review/{done}", {"verdict": "wrong_goal", "goal": "book_service"})
    shown = flow.show(store, EDITOR, turn(store, "要人陪诊", "check_case", 0.3), wiring.now())
    assert shown.ranking[0] == "book_service"
    assert "check_case" not in shown.ranking


def test_two_reviewers_who_differ_are_shown_to_a_third(store: Store, a: Ask) -> None:
    said = turn(store, "帮我看看那个", "out_of_scope", 0.1)
    first, second = a("editor", name="甲"), a("dispatcher", name="乙")
    first.post(f"/staff/review/{said}", {"verdict": "right"})
    assert said not in flow.queue(store, first.signed.actor, wiring.now(), "second")
    assert said in flow.queue(store, second.signed.actor, wiring.now(), "second")
    second.post(f"/staff/review/{said}", {"verdict": "not_ours"})
    page = a("editor").get("/staff/review?queue=disagreed").text
    assert "甲" in page
    assert "乙" in page
    assert "意见不同" in page


def test_turns_around_are_shown_masked(store: Store, a: Ask) -> None:
    said = turn(store, "打13812345678找王秀英", "out_of_scope", 0.1)
    page = a("editor").get(f"/staff/review?turn={said}").text
    assert "13812345678" not in page
    assert a("grid_worker").get("/staff/review").status_code == 403


def test_many_are_reviewed_from_the_inbox_and_taken_back(store: Store, a: Ask) -> None:
    complaint(store, "烧烤吵")
    said = [turn(store, text, "ask_policy", 0.3) for text in ("食堂在哪", "大厅在哪")]
    staff = a("editor")
    keys = [f"review:{one}" for one in said]
    staff.post("/staff/inbox/do", {"deed": "right", "items": keys})
    assert all(label_of(store, one) for one in said)
    staff.post("/staff/inbox/do", {"deed": "right", "undo": "yes", "items": keys})
    assert not any(label_of(store, one) for one in said)
