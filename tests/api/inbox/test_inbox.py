"""The inbox: one list of all that waits, claimed by one person, done to many at once and taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.cases import cases, corrections, staff_cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.handover.handover import request_person
from bot.services.inbox import inbox
from bot.services.proposals import proposals
from bot.services.proposals.proposals import ProposalRequest
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
PHONE = "13812345678"


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


def complaint(store: Store, text: str = "楼下烧烤太吵", category: str = "noise", place: str = "东风社区三栋") -> str:
    request = ComplaintRequest(
        category, place, text, False, "李建国", PHONE, f"talk-{text}", "m", "zh", "web"
    )  # fmt: skip
    return cases.file_case(store, request, wiring.now(), targets=wiring.targets()).number


def person(store: Store, reason: str = "asked") -> str:
    return request_person(
        store, conversation_id=f"wait-{reason}", reason=reason, phone=PHONE, client_message_id="m", channel="web",
        language="zh", now=wiring.now(),
    ).number  # fmt: skip


def test_all_that_waits_stands_in_one_list_masked_and_the_most_urgent_first(store: Store, a: Ask) -> None:
    case, danger = complaint(store, f"找李建国，打{PHONE}"), person(store, "emergency")
    proposal = proposals.submit(
        store, ProposalRequest("楼道装扶手", None, "talk", "m", "zh", "web"), wiring.now()
    ).number
    page = a("dispatcher").get("/staff/inbox").text
    assert PHONE not in page
    assert "李建国" not in page
    places = [page.index(f"{source}:{number}") for source, number in (("handover", danger), ("case", case))]
    assert places == sorted(places)
    assert f"proposal:{proposal}" in page


def test_each_role_finds_only_what_it_works_on(store: Store, a: Ask) -> None:
    complaint(store)
    person(store)
    keys = {
        role: {line.item.source for line in inbox.everything(store, a(role).signed.actor, wiring.now())}
        for role in ("grid_worker", "community_staff", "editor")
    }
    assert keys == {"grid_worker": set(), "community_staff": {"handover", "case"}, "editor": set()}
    assert a("auditor").get("/staff/inbox").status_code == 403


def test_a_grid_worker_finds_the_cases_of_the_own_grid_alone(store: Store, a: Ask) -> None:
    boss, worker = a("dispatcher"), a("grid_worker", grid="东风-01")
    mine, other = complaint(store, "灯坏了"), complaint(store, "垃圾没人收")
    staff_cases.dispatch(store, boss.signed.actor, mine, worker=worker.signed.actor.id, now=wiring.now())
    page = worker.get("/staff/inbox?who=me").text
    assert f"case:{mine}" in page
    assert f"case:{other}" not in page
    assert worker.post("/staff/inbox/do", {"deed": "claim", "items": f"case:{other}"}).status_code == 303
    assert not [line for line in inbox.everything(store, boss.signed.actor, wiring.now()) if line.mine]


@pytest.mark.parametrize("source", ["case", "handover"])
def test_of_two_who_assign_it_to_themselves_one_gets_it(store: Store, a: Ask, source: str) -> None:
    key = f"{source}:{complaint(store) if source == 'case' else person(store)}"
    first, second = a("dispatcher"), a("community_staff")
    answer = first.post("/staff/inbox/do", {"deed": "claim", "items": key})
    assert "did=claim" in answer.headers["location"]
    refused = second.post("/staff/inbox/do", {"deed": "claim", "items": key})
    assert "did=" not in refused.headers["location"]
    assert "inbox.said.refused" in refused.headers["set-cookie"]
    [line] = inbox.narrowed(inbox.everything(store, first.signed.actor, wiring.now()), inbox.Filter(who="me"))
    assert line.item.key == key
    assert key in second.get("/staff/inbox").text
    assert key not in second.get("/staff/inbox?who=nobody").text.partition("data-pane")[0]


def test_several_are_dispatched_by_the_rules_at_once_and_taken_back(store: Store, a: Ask) -> None:
    boss = a("dispatcher")
    numbers = [complaint(store, text) for text in ("烧烤吵", "唱歌吵", "装修吵")]
    keys = [f"case:{one}" for one in numbers]
    sent = boss.post("/staff/inbox/do", {"deed": "dispatch", "items": keys})
    assert sent.status_code == 303
    view = staff_cases.open_case(store, boss.signed.actor, numbers[0], wiring.now())
    assert (view.state, view.department) == ("dispatched", "综合执法队")
    shown = boss.get(sent.headers["location"]).text
    assert 'name="undo" value="yes"' in shown
    assert boss.post("/staff/inbox/do", {"deed": "dispatch", "undo": "yes", "items": keys}).status_code == 303
    for number in numbers:
        back = staff_cases.open_case(store, boss.signed.actor, number, wiring.now())
        assert (back.state, back.department, back.history[-1].action) == ("filed", None, "taken_back")


def test_a_dispatch_is_taken_back_by_who_made_it_and_at_once_only(store: Store, a: Ask) -> None:
    boss, other, number = a("dispatcher").signed.actor, a("dispatcher").signed.actor, complaint(store)
    corrections.send_by_rule(store, boss, number, wiring.now())
    for actor, now in ((other, wiring.now()), (boss, wiring.now() + timedelta(minutes=1))):
        done = inbox.do(store, actor, "dispatch", [f"case:{number}"], now, undo=True)
        assert done.refused == (f"case:{number}",)


def test_a_case_that_no_rule_holds_for_stays_and_says_so(store: Store, a: Ask) -> None:
    number = complaint(store, "说不清的事", category="other")
    answer = a("dispatcher").post("/staff/inbox/do", {"deed": "dispatch", "items": f"case:{number}"})
    assert "inbox.said.refused" in answer.headers["set-cookie"]


def test_a_role_does_nothing_in_the_inbox_that_it_may_not_do_elsewhere(store: Store, a: Ask) -> None:
    number, staff = complaint(store), a("community_staff")
    done = inbox.do(store, staff.signed.actor, "dispatch", [f"case:{number}"], wiring.now())
    assert done.done == ()
    assert done.refused == (f"case:{number}",)


def test_tabs_count_what_they_hold_and_a_kept_view_is_one_of_them(store: Store, a: Ask) -> None:
    complaint(store, "烧烤吵")
    complaint(store, "垃圾堆着", "sanitation")
    staff, other = a("dispatcher"), a("dispatcher")
    kept = staff.post("/staff/inbox/views", {"name": "我的垃圾", "query": "source=case&q=垃圾&evil=1"})
    assert kept.status_code == 303
    [view] = inbox.views(store, staff.signed.actor)
    assert "evil" not in view.query
    assert "我的垃圾" in staff.get("/staff/inbox").text
    assert "我的垃圾" not in other.get("/staff/inbox").text
    assert other.post(f"/staff/inbox/views/{view.id}/forget").status_code == 404
    assert staff.post(f"/staff/inbox/views/{view.id}/forget").status_code == 303


def test_a_thing_is_worked_on_beside_the_list_and_leads_back_there(store: Store, a: Ask) -> None:
    number, staff = complaint(store), a("dispatcher")
    shown = staff.get(f"/staff/inbox?item=case:{number}").text
    assert f'action="/staff/cases/{number}/dispatch"' in shown
    back = f"/staff/inbox?source=case&item=case%3A{number}"
    headers = {"referer": f"http://testserver{back}"}
    answer = staff.post(f"/staff/cases/{number}/dispatch", {"department": "市政所"}, headers=headers)
    assert answer.headers["location"] == back


def test_a_list_that_shows_itself_anew_opens_no_case_in_the_audit(store: Store, a: Ask) -> None:
    number, staff = complaint(store), a("dispatcher")
    staff.get(f"/staff/inbox?item=case:{number}&part=list")
    assert not list(audit.found(store, AuditFilter(action="case.read")))


def test_its_mark_changes_with_whatever_comes_or_is_done(store: Store, a: Ask) -> None:
    boss = a("dispatcher").signed.actor
    marks = [inbox.pulse(store, boss)]
    number = complaint(store)
    marks.append(inbox.pulse(store, boss))
    inbox.do(store, boss, "claim", [f"case:{number}"], wiring.now())
    marks.append(inbox.pulse(store, boss))
    corrections.send_by_rule(store, boss, number, wiring.now())
    marks.append(inbox.pulse(store, boss))
    person(store)
    marks.append(inbox.pulse(store, boss))
    assert len(set(marks)) == len(marks)
    assert inbox.pulse(store, boss) == marks[-1]


def test_a_stream_is_for_who_can_read_one(a: Ask) -> None:
    assert a("dispatcher").get("/staff/inbox/events").status_code == 400
