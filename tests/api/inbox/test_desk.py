"""What the desk does for residents: correct, close, file and book for a caller, find, tick off, pass on, know of needs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.bookings import offerings, staff_bookings
from bot.services.cases import cases, dispatch_rules, staff_cases
from bot.services.cases.staff_cases import Worker
from bot.services.handover import staff_queue
from bot.services.profiles import profiles
from bot.services.profiles.profiles import ProfileRequest
from bot.settings import ROOT
from bot.store.bookings import queries as booking_queries
from bot.store.conversations import queries as conversation_queries
from bot.store.store import Store
from tests.api.inbox.test_inbox import PHONE, complaint, person
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


@pytest.fixture
def offered(store: Store) -> None:
    offerings.load_demo(store, ROOT / "data" / "policy" / "offerings.csv")


def said(answer: Any) -> str:
    return str(answer.headers.get("set-cookie", "")).partition(";")[0].partition("=")[2]


def test_category_and_place_are_corrected_by_a_dispatcher_and_stand_in_the_history(store: Store, a: Ask) -> None:
    number, boss = complaint(store, "楼道灯坏了", "other"), a("dispatcher")
    form = {"category": "public_facility", "right_place": "东风社区五栋"}
    assert boss.post(f"/staff/cases/{number}/correct", form).status_code == 303
    view = staff_cases.open_case(store, boss.signed.actor, number, wiring.now())
    assert (view.category, view.place) == ("public_facility", "东风社区五栋")
    assert [one.action for one in view.history][1:] == ["corrected_category", "corrected_place"]
    assert boss.post(f"/staff/cases/{number}/correct", form).status_code == 422
    assert a("community_staff").post(f"/staff/cases/{number}/correct", form).status_code == 403


def test_a_case_that_is_not_ours_is_closed_and_its_resident_told_where_to_go(store: Store, a: Ask) -> None:
    number, boss = complaint(store, "电视没信号", "other"), a("dispatcher")
    form = {"closing": "not_ours", "why_closed": "请拨打有线电视公司的电话。"}
    assert boss.post(f"/staff/cases/{number}/close-as", form).status_code == 303
    view = staff_cases.open_case(store, boss.signed.actor, number, wiring.now())
    assert (view.state, view.answer, view.light) == ("closed", form["why_closed"], "none")
    with store.reading() as unit:
        assert conversation_queries.notices(unit, "talk-电视没信号")
    again = boss.post(f"/staff/cases/{number}/close-as", form)
    assert again.status_code in (303, 422)
    assert staff_cases.open_case(store, boss.signed.actor, number, wiring.now()).history[-1].action == "closed_not_ours"


def test_it_is_not_closed_without_words_for_the_resident(store: Store, a: Ask) -> None:
    number, boss = complaint(store), a("dispatcher")
    assert boss.post(f"/staff/cases/{number}/close-as", {"closing": "invalid", "why_closed": " "}).status_code == 422
    assert staff_cases.open_case(store, boss.signed.actor, number, wiring.now()).state == "filed"


def test_a_conflict_leads_back_with_a_word_and_what_was_typed_is_given_back(store: Store, a: Ask) -> None:
    number, boss = complaint(store), a("dispatcher")
    moved = boss.post(f"/staff/cases/{number}/advance", {"state": "handling"})
    assert (moved.status_code, said(moved)) == (303, "frame.said.wrong_state")
    answer = boss.post(f"/staff/cases/{number}/answer", {"answer": "已经修好了"})
    assert answer.status_code == 422
    assert "已经修好了" in answer.text
    waits, first, second = person(store), a("dispatcher"), a("dispatcher")
    first.post(f"/staff/queue/{waits}/claim")
    late = second.post(f"/staff/queue/{waits}/claim")
    assert (late.status_code, said(late)) == (303, "queue.said.wrong_state")


def test_staff_file_a_case_for_a_caller_once_however_often_the_form_is_sent(store: Store, a: Ask) -> None:
    staff = a("community_staff")
    form = {
        "channel": "phone", "category": "noise", "place": "老街社区二栋", "text": "半夜打麻将", "name": "王秀英",
        "phone": "138 1234 5678", "message_id": "once",
    }  # fmt: skip
    first, second = staff.post("/staff/cases/new", form), staff.post("/staff/cases/new", form)
    assert first.headers["location"] == second.headers["location"]
    number = first.headers["location"].rpartition("/")[2]
    found = cases.find_case(store, number, "5678", asker="x", now=wiring.now())
    assert (found.category, found.place, found.anonymous) == ("noise", "老街社区二栋", False)
    assert staff.post("/staff/cases/new", form | {"place": ""}).status_code == 422
    assert a("grid_worker").get("/staff/cases/new").status_code == 403


def test_staff_book_for_a_caller_and_tick_them_off_on_the_day(store: Store, a: Ask, offered: None) -> None:
    staff, now = a("community_staff"), wiring.now()
    day = (now + timedelta(days=1)).date()
    form = {
        "channel": "desk", "offering": "meal-dongfeng", "day": day.isoformat(), "starts": "11:00", "party": "2",
        "name": "王秀英", "phone": PHONE, "message_id": "once",
    }  # fmt: skip
    made = staff.post("/staff/bookings/new", form)
    assert made.status_code == 303
    assert staff.post("/staff/bookings/new", form).headers["location"] == made.headers["location"]
    number = made.headers["location"].rpartition("/")[2]
    sheet = staff.get(f"/staff/bookings/sheet?day={day}&for=kitchen").text
    assert number in sheet
    assert "王秀英" not in sheet
    assert number not in staff.get(f"/staff/bookings/sheet?day={day}&for=carer").text
    early = staff.post(f"/staff/bookings/{number}/arrived", {"there": "yes"})
    assert said(early) == "frame.said.wrong_state"  # it is tomorrow
    with store.unit() as unit:
        row = booking_queries.booking(unit, number)
        assert row
        row.session.day = now.date()
        unit.commit()
    assert staff.post(f"/staff/bookings/{number}/arrived", {"there": "yes"}).headers["location"].endswith(f"#b{number}")
    assert 'aria-pressed="true"' in staff.get("/staff/bookings/sheet").text
    assert staff.post("/staff/bookings/new", form | {"starts": "03:00", "message_id": "x"}).status_code == 422
    assert a("editor").get("/staff/bookings/new").status_code == 403


def test_the_sheet_shows_needs_after_a_reason_to_which_the_resident_agreed(store: Store, a: Ask, offered: None) -> None:
    staff, now = a("dispatcher"), wiring.now()
    day = (now + timedelta(days=1)).date().isoformat()
    for name, needs, phone in (("王秀英", "不吃糖", "13812340001"), ("李大山", None, "13812340002")):
        profiles.keep(store, ProfileRequest(name, phone, None, needs, f"talk-{name}", "m", "zh", "web"), now)
        staff.post("/staff/bookings/new", {
            "channel": "phone", "offering": "meal-dongfeng", "day": day, "starts": "11:00", "party": "1",
            "name": name, "phone": phone, "message_id": name,
        })  # fmt: skip
    assert "不吃糖" not in staff.get(f"/staff/bookings/sheet?day={day}").text
    assert staff.post("/staff/bookings/sheet", {"day": day, "whose": "kitchen", "reason": ""}).status_code == 422
    full = staff.post("/staff/bookings/sheet", {"day": day, "whose": "kitchen", "reason": "今天做饭"}).text
    assert "不吃糖" in full
    assert "王秀英" in full
    assert len(list(audit.found(store, AuditFilter(action="personal.reveal")))) == 2


def test_a_holiday_takes_the_seats_of_a_whole_day(store: Store, a: Ask, offered: None) -> None:
    boss, day = a("dispatcher"), (wiring.now() + timedelta(days=3)).date()
    form = {"closed_day": day.isoformat(), "seats": "0", "offering": "meal-dongfeng"}
    assert said(boss.post("/staff/bookings/day-capacity", form)) == "bookings.said.capacity"
    weeks = staff_bookings.calendar(store, boss.signed.actor, day, days=1, offering_id="meal-dongfeng", english=False)
    assert {slot.capacity for _, slots in weeks[0].rows for slot in slots if slot} == {0}
    refused = boss.post("/staff/bookings/day-capacity", form | {"seats": "-3"})
    assert said(refused) == "bookings.said.day_capacity_refused"
    assert a("community_staff").post("/staff/bookings/day-capacity", form).status_code == 403


def test_one_box_finds_by_number_phone_and_words_what_one_may_see(store: Store, a: Ask) -> None:
    number, waits = complaint(store, "楼下烧烤太吵"), person(store)
    boss = a("dispatcher")
    assert boss.post("/staff/search", {"q": number}).headers["location"] == f"/staff/cases/{number}"
    by_phone = boss.post("/staff/search", {"q": "138 1234 5678"}).text
    assert number in by_phone
    assert waits in by_phone
    assert PHONE not in by_phone
    assert f"case:{number}" in boss.post("/staff/search", {"q": "烧烤"}).text
    assert number not in a("editor").post("/staff/search", {"q": "138 1234 5678"}).text
    assert "location" not in a("grid_worker").post("/staff/search", {"q": number}).headers
    looked = list(audit.found(store, AuditFilter(action="search.phone")))
    assert looked
    assert PHONE not in repr(looked)


def test_somebody_who_waits_is_passed_on_with_a_note(store: Store, a: Ask) -> None:
    waits, first, second = person(store), a("dispatcher"), a("community_staff", name="周洁")
    first.post(f"/staff/queue/{waits}/claim")
    form = {"to": second.signed.actor.id, "note": f"问的是老年证，打{PHONE}"}
    assert said(first.post(f"/staff/queue/{waits}/pass-on", form)) == "queue.said.passed_on"
    [one] = staff_queue.waiting(store, second.signed.actor, wiring.now())
    assert one.mine
    assert "老年证" in one.note
    assert PHONE not in one.note
    shown = second.get(f"/staff/inbox?who=me&item=handover:{waits}").text
    assert "老年证" in shown
    assert said(first.post(f"/staff/queue/{waits}/pass-on", form)) == "queue.said.wrong_state"
    nowhere = second.post(f"/staff/queue/{waits}/pass-on", {"to": "nobody", "note": "x"})
    assert said(nowhere) == "queue.said.pass_on_refused"
    role = second.post(f"/staff/queue/{waits}/pass-on", {"to": "dispatcher", "note": "要街道定"})
    assert said(role) == "queue.said.passed_on"
    [free] = staff_queue.waiting(store, first.signed.actor, wiring.now())
    assert free.state == "open"


def test_a_summary_is_kept_masked_for_colleagues_and_not_told_to_the_resident(
    store: Store, a: Ask, conversation: Any
) -> None:
    talk, staff = conversation.opened["conversation_id"], a("dispatcher")
    conversation.say("你好", "m1")
    staff.post(f"/staff/live/{talk}/take")
    assert staff.post(f"/staff/live/{talk}/hand-back", {"summary": f"答应明天回电{PHONE}"}).status_code == 303
    page = staff.get(f"/staff/conversations/{talk}").text
    assert "答应明天回电" in page
    assert PHONE not in page
    told = conversation.client.get(f"{conversation.path}/messages", headers=conversation.headers).text
    assert "答应明天" not in told


def test_the_list_of_needs_says_who_has_some_and_each_look_is_in_the_audit(store: Store, a: Ask) -> None:
    request = ProfileRequest("王秀英", PHONE, "东风社区三栋", "走路拄拐", "talk", "m", "zh", "web")
    number, staff = profiles.keep(store, request, wiring.now()).number, a("community_staff")
    listed = staff.get("/staff/profiles").text
    assert number in listed
    assert "走路拄拐" not in listed
    assert "王秀英" not in listed
    assert "走路拄拐" in staff.get(f"/staff/profiles/{number}").text
    assert [one.action for one in audit.found(store, AuditFilter(action="profile.read"))] == ["profile.read"]
    for role in ("grid_worker", "editor", "auditor", "admin"):
        assert a(role).get(f"/staff/profiles/{number}").status_code == 403


WORKERS = [Worker("w1", "w1", "张三", "东风-01", "东风社区"), Worker("w2", "w2", "李四", "新街-01", "新街社区")]


@pytest.mark.parametrize(
    ("category", "community", "grid", "department", "worker"),
    [
        ("noise", "", "", "综合执法队", ""),
        ("neighbour_dispute", "东风社区", "", "社区治理部", "w1"),
        ("other", "新街社区", "", "", "w2"),
        ("noise", "东风社区", "新街-01", "综合执法队", "w2"),
    ],
)
def test_a_rule_says_department_and_the_only_grid_worker_there(
    category: str, community: str, grid: str, department: str, worker: str
) -> None:
    found = dispatch_rules.suggest(category, community, grid, WORKERS)
    assert found
    assert (found.department, found.worker) == (department, worker)
    assert found.rule is None or found.rule.source


def test_where_nothing_is_known_no_rule_says_anything() -> None:
    assert dispatch_rules.suggest("other", "", "", WORKERS) is None
