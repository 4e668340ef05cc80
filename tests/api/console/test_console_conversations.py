"""Conversations in front of staff: found, read masked, labelled, listened to, and who looked is kept."""

import json
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.language.masking import mask
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.conversations import conversations, recordings
from bot.services.kernel.permissions import Actor
from bot.services.learning import learning, review
from bot.services.learning.review import Wanted
from bot.store.store import Store
from bot.turns import Heard, Reply, Source, State, Turn
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

DISPATCHER = Actor("d", "dispatcher")
PHONE = "13811229074"


def talk(store: Store, *said: tuple[str, str, float, str], channel: str = "web", awaiting: str | None = None) -> str:
    """A conversation; each turn is words, goal, confidence and answer."""
    now = wiring.now()
    opened = conversations.open_conversation(store, channel=channel, language="zh", now=now)
    for number, (text, goal, confidence, answer) in enumerate(said):
        masked = mask(text, awaiting=awaiting)
        received = conversations.receive(store, opened.id, f"m{number}", text, masked, now + timedelta(seconds=number))
        sources = (Source("规划", "5.2"),) if goal == "ask_policy" and "不清楚" not in answer else ()
        turn = Turn(received.turn_id, goal, confidence, (Reply(answer, answer, (), sources),), State(), None)
        if channel == "phone":
            turn = Turn(received.turn_id, goal, confidence, turn.replies, State(), Heard(text, 0.8))
        conversations.complete(
            store, turn, opened.id, language="zh", topic=None, episode=0, masked=masked, milliseconds=120, now=now
        )
    return opened.id


def turn_ids(store: Store, conversation_id: str) -> list[str]:
    view = review.transcript(store, DISPATCHER, conversation_id, wiring.now())
    return [turn.id for turn in view.turns]


def found(store: Store, **wanted: object) -> list[str]:
    rows, total = review.search(
        store,
        DISPATCHER,
        Wanted(**wanted),
        sort="opened",
        descending=True,
        offset=0,
        limit=50,  # type: ignore[arg-type]
    )
    assert total == len(rows)
    return sorted(row.id for row in rows)


def test_a_search_reads_chinese_as_words_in_any_order_and_script(store: Store) -> None:
    meal = talk(store, ("老人助餐点到底在哪里呀", "ask_policy", 0.9, "在社区。"))
    talk(store, ("路灯坏了三天", "file_complaint", 0.9, "好的。"))
    assert found(store, words=review.search_words("哪里有助餐点")) == []
    assert found(store, words=review.search_words("哪里的助餐点")) == [meal]
    assert found(store, words=review.search_words("助餐點")) == [meal]
    assert found(store, words=review.search_words("100%_")) == []


def test_what_is_personal_cannot_be_searched(store: Store) -> None:
    talk(store, (f"我叫王小明，电话{PHONE}", "inform", 0.9, "好的。"))
    assert found(store, words=(PHONE,)) == []
    assert found(store, words=("王小明",)) == []


def test_every_filter_narrows(store: Store) -> None:
    bad = talk(store, ("咕噜咕噜", "out_of_scope", 0.2, "没听懂。"))
    call = talk(store, ("我要订饭", "book_service", 0.95, "好的。"), channel="phone")
    conversations.rate(store, bad, 1, "不好", wiring.now())
    assert found(store, misunderstood=True) == [bad]
    assert found(store, misunderstood=False) == [call]
    assert found(store, channel="phone") == [call]
    assert found(store, goal="book_service") == [call]
    assert found(store, sure_below=0.5) == [bad]
    assert found(store, rating=2) == [bad]
    assert found(store, handed_over=True) == []
    assert found(store, outcome="none") == sorted([bad, call])
    assert found(store, outcome="booking") == []
    assert found(store, label="none") == sorted([bad, call])
    assert found(store, since=wiring.now() + timedelta(days=1)) == []
    assert found(store, until=wiring.now() - timedelta(days=1)) == []
    [turn] = turn_ids(store, call)
    review.label(store, DISPATCHER, call, turn, wiring.now(), verdict="right")
    assert found(store, label="right") == [call]
    assert found(store, label="none") == [bad]


def test_replies_do_not_give_away_what_the_words_hide(store: Store, client: TestClient) -> None:
    opened = talk(
        store,
        (f"我叫欧阳静好，电话{PHONE}，住六栋4071", "inform", 0.9, f"欧阳静好您好，回电{PHONE}，地址六栋4071，对吗？"),
    )
    for role in ("community_staff", "dispatcher", "editor"):
        page = StaffClient(client, enter(store, role, wiring.now())).get(f"/staff/conversations/{opened}")
        assert page.status_code == 200
        for value in ("欧阳静好", PHONE, "4071"):
            assert value not in page.text, value


def test_opening_a_conversation_is_kept_and_in_full_only_with_a_reason(store: Store, client: TestClient) -> None:
    opened = talk(store, (f"电话{PHONE}", "inform", 0.9, "好的。"))
    staff = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    staff.get(f"/staff/conversations/{opened}")
    assert [one.subject_id for one in audit.found(store, AuditFilter(action="conversation.read"))] == [opened]
    assert staff.post(f"/staff/reveal/conversation/{opened}", {"reason": ""}).status_code == 422
    assert PHONE in staff.post(f"/staff/reveal/conversation/{opened}", {"reason": "居民要求核对电话"}).text
    assert len(list(audit.found(store, AuditFilter(action="personal.reveal")))) == 1
    grid = StaffClient(client, enter(store, "grid_worker", wiring.now()))
    assert grid.post(f"/staff/reveal/conversation/{opened}", {"reason": "我想看看"}).status_code == 404


def test_a_label_proposes_the_masked_sentence_and_another_label_replaces_it(store: Store, client: TestClient) -> None:
    opened = talk(store, (f"屋里老人要人送餐，打{PHONE}", "ask_policy", 0.5, "不清楚。"))
    [turn] = turn_ids(store, opened)
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    path = f"/staff/conversations/{opened}/turns/{turn}/label"
    assert staff.post(path, {"verdict": "wrong_goal"}).status_code == 422
    assert staff.post(path, {"verdict": "wrong_goal", "goal": "nonsense"}).status_code == 422
    assert staff.post(path, {"verdict": "should_have_known", "right_page": "no_such_page"}).status_code == 422
    answer = staff.post(path, {"verdict": "wrong_goal", "goal": "book_service", "detail": "meal"})
    assert answer.status_code == 303
    [example] = learning.examples(store, staff.signed.actor)
    assert (example.goal, example.detail, example.state) == ("book_service", "meal", "proposed")
    assert PHONE not in example.text
    staff.post(path, {"verdict": "wrong_answer", "right_page": "meal_points_count"})
    [example] = learning.examples(store, staff.signed.actor)
    assert (example.goal, example.page) == ("ask_policy", "meal_points_count")
    staff.post(path, {"verdict": "right"})  # it was unsure, so that it was right is worth learning
    [example] = learning.examples(store, staff.signed.actor)
    assert example.goal == "ask_policy"
    assert example.page is None


def test_a_sentence_that_measures_the_assistant_is_never_proposed(store: Store, client: TestClient) -> None:
    file = next(wiring.ROOT.glob("evaluation/goals/cases.zh.jsonl"))
    case = json.loads(file.read_text("utf-8").splitlines()[0])["said"]
    opened = talk(store, (f"{case}！", "ask_policy", 0.5, "不清楚。"))
    [turn] = turn_ids(store, opened)
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    body = {"verdict": "wrong_goal", "goal": "book_service"}
    answer = staff.send(f"/api/v1/staff/conversations/{opened}/turns/{turn}/label", body)
    assert answer.json() == {"became": "fixed-case"}
    assert learning.examples(store, staff.signed.actor) == []


def test_only_who_may_listen_hears_and_the_audit_keeps_it(store: Store, client: TestClient) -> None:
    opened = talk(store, ("我要订饭", "book_service", 0.95, "好的。"), channel="phone")
    [turn] = turn_ids(store, opened)
    path = f"/staff/conversations/{opened}/turns/{turn}/sound"
    dispatcher = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    assert dispatcher.get(path).status_code == 404
    recordings.keep(store, opened, turn, b"fLaC", wiring.now())
    assert dispatcher.get(path).content == b"fLaC"
    assert "<audio" in dispatcher.get(f"/staff/conversations/{opened}").text
    editor = StaffClient(client, enter(store, "editor", wiring.now()))
    assert editor.get(path).status_code == 403
    assert "<audio" not in editor.get(f"/staff/conversations/{opened}").text
    other = talk(store, ("您好", "greet", 0.9, "您好"))
    assert dispatcher.get(f"/staff/conversations/{other}/turns/{turn}/sound").status_code == 404
    assert len(list(audit.found(store, AuditFilter(action="conversation.listen")))) == 1


def test_words_of_a_resident_are_never_markup(store: Store, client: TestClient) -> None:
    bad = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    opened = talk(store, (bad, "out_of_scope", 0.9, bad))
    staff = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    staff.post(f"/staff/conversations/{opened}/notes", {"text": bad})
    for path in ("/staff/conversations", f"/staff/conversations/{opened}"):
        page = staff.get(path).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "&lt;img src=x" in page


def test_erasing_a_conversation_takes_labels_notes_and_sentences_along(store: Store) -> None:
    opened = talk(store, ("屋里老人要人送餐来", "ask_policy", 0.5, "不清楚。"))
    [turn] = turn_ids(store, opened)
    review.label(store, DISPATCHER, opened, turn, wiring.now(), verdict="wrong_goal", goal="book_service")
    review.add_note(store, DISPATCHER, opened, "要再看", wiring.now())
    conversations.erase_conversation(store, opened)
    assert learning.examples(store, DISPATCHER) == []
    assert found(store) == []


def test_the_api_finds_reads_and_notes(store: Store, client: TestClient) -> None:
    opened = talk(store, ("助餐点在哪", "ask_policy", 0.9, "在社区。"))
    staff = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    listed = staff.get("/api/v1/staff/conversations?words=助餐点&channel=web").json()
    assert [one["id"] for one in listed["conversations"]] == [opened]
    assert staff.send(f"/api/v1/staff/conversations/{opened}/notes", {"text": "看过了"}).json() == {"done": True}
    view = staff.get(f"/api/v1/staff/conversations/{opened}").json()
    assert view["notes"][0]["text"] == "看过了"
    assert view["turns"][0]["sections"] == ["5.2"]
    assert staff.get("/api/v1/staff/conversations/none").status_code == 404
