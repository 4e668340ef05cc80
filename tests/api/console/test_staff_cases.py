"""Staff work on cases: they see what they may, masked; the resident is told; every step is in the audit."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.cases import cases, escalation
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel import disclosure, tasks
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.disclosure import Subject
from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import staff_accounts
from bot.store.store import Store
from tests.records import add_photo
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    """Someone with this role, signed in."""
    return lambda role, **more: StaffClient(client, enter(store, role, wiring.now(), **more))


def file(store: Store, text: str = "路灯坏了三天没人修", place: str = "东风社区3栋门口", **more: Any) -> str:
    message = f"m{len(text)}{place}{more}"
    request = ComplaintRequest(
        category=more.pop("category", "public_facility"), place=place, text=text, anonymous=False, name="王小明",
        phone="13812345678", conversation_id=more.pop("conversation", "talk"), client_message_id=message,
        language="zh", channel="web",
    )  # fmt: skip
    return cases.file_case(store, request, wiring.now() - more.pop("ago", timedelta()), targets=Targets()).number


def api(number: str = "", rest: str = "") -> str:
    return "/api/v1/staff/cases" + (f"/{number}" if number else "") + rest


def test_a_case_goes_from_the_board_to_the_answer_that_the_resident_sees(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    assert number in boss.get("/staff/cases").text
    assert number in boss.get("/staff/cases/board").text
    assert boss.post(f"/staff/cases/{number}/dispatch", {"department": "市政所"}).status_code == 303
    assert boss.post(f"/staff/cases/{number}/advance", {"state": "handling"}).status_code == 303
    assert boss.post(f"/staff/cases/{number}/answer", {"answer": "路灯已经修好。"}).status_code == 303
    seen = cases.find_case(store, number, "5678", asker="resident", now=wiring.now())
    assert (seen.state, seen.answer) == ("answered", "路灯已经修好。")
    done = [entry.action for entry in audit.found(store, AuditFilter(subject=number))]
    assert done == ["case.dispatch", "case.advance", "case.answer"]


def test_lists_and_cases_are_masked_until_a_reason_is_given(store: Store, a: Ask) -> None:
    number, staff = file(store, text="我是王小明，电话13812345678，路灯坏了"), a("community_staff")
    for path in ("/staff/cases", "/staff/cases/board", f"/staff/cases/{number}", f"/staff/cases/{number}/sheet"):
        body = staff.get(path).text
        assert not [word for word in ("王小明", "13812345678", "3栋门口") if word in body], path
    assert staff.post(f"/staff/cases/{number}/sheet", {"reason": ""}).status_code == 422
    full = staff.post(f"/staff/cases/{number}/sheet", {"reason": "上门核实路灯"}).text
    assert [word for word in ("王小明", "13812345678", "3栋门口") if word not in full] == []
    [entry] = audit.found(store, AuditFilter(action="personal.reveal"))
    assert (entry.subject_id, entry.reason) == (number, "上门核实路灯")


def test_a_grid_worker_sees_the_own_grid_and_nothing_else(store: Store, a: Ask) -> None:
    mine, other = file(store), file(store, place="新街社区广场")
    worker, stranger = a("grid_worker", grid="东风-03"), a("grid_worker", grid="新街-01")
    boss = a("dispatcher")
    sent = boss.send(api(mine, "/dispatch"), {"worker": worker.signed.actor.id})
    assert (sent.json()["grid"], sent.json()["state"]) == ("东风-03", "dispatched")
    assert [one["number"] for one in worker.get(api()).json()["cases"]] == [mine]
    assert worker.get(api(mine)).status_code == 200
    for staff, number in ((worker, other), (stranger, mine)):
        assert staff.get(api(number)).status_code == 404
        assert staff.get(f"/staff/cases/{number}").status_code == 404
        assert staff.get(f"/staff/cases/{number}/photos/0").status_code == 404
        assert staff.post(f"/staff/cases/{number}/sheet", {"reason": "上门核实"}).status_code == 404
        assert staff.post(f"/staff/reveal/case/{number}", {"reason": "上门核实"}).status_code == 404
        for rest, body in (
            ("/advance", {"state": "handling"}), ("/answer", {"answer": "好"}), ("/note", {"note": "好"}),
            ("/reopen", {"reason": "没修好"}), ("/satisfaction", {"score": 5}),
        ):  # fmt: skip
            assert staff.send(api(number, rest), body).status_code == 404, rest
    assert worker.send(api(mine, "/dispatch"), {"department": "市政所"}).status_code == 403
    assert worker.send(api(mine, "/merge"), {"into": other}).status_code == 403


def test_sending_a_case_on_keeps_the_worker_and_the_history_names_who_got_it(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    worker = a("grid_worker", grid="东风-03", name="李网格").signed
    boss.post(f"/staff/cases/{number}/dispatch", {"worker": worker.actor.id})
    page = boss.get(f"/staff/cases/{number}").text
    assert f'<option value="{worker.actor.id}" selected>' in page
    assert boss.send(api(number, "/dispatch"), {"department": "市政所"}).json()["assignee"] == worker.login
    assert boss.send(api(number, "/dispatch"), {"note": "请尽快"}).json()["department"] == "市政所"
    told = [(one["action"], one["to"]) for one in boss.get(api(number)).json()["history"]][1:]
    assert told == [
        ("dispatched", "李网格 东风-03"), ("sent_on", "市政所 · 李网格 东风-03"), ("sent_on", "市政所 · 李网格 东风-03")
    ]  # fmt: skip
    assert "市政所 · 李网格 东风-03" in boss.get(f"/staff/cases/{number}").text
    taken_off = boss.post(f"/staff/cases/{number}/dispatch", {"department": "市政所", "worker": ""})
    assert taken_off.status_code == 303
    assert boss.get(api(number)).json()["assignee"] is None


def test_who_sends_somebody_there_and_who_goes_there_read_where_it_is_and_what_it_is_about(
    store: Store, a: Ask
) -> None:
    number = file(store, text="我是王小明，电话13812345678，东风社区3栋门口路灯坏了")
    boss, worker, desk = a("dispatcher"), a("grid_worker", grid="东风-03"), a("community_staff")
    boss.send(api(number, "/dispatch"), {"worker": worker.signed.actor.id})
    for staff in (boss, worker):
        for path in ("/staff/cases", "/staff/cases/board", f"/staff/cases/{number}"):
            page = staff.get(path).text
            assert "3栋门口" in page, path
            assert "路灯坏了" in page, path
            assert not [word for word in ("王小明", "13812345678") if word in page], path
    assert "路灯坏了" in desk.get("/staff/cases").text
    assert "3栋门口" not in desk.get("/staff/cases").text


def test_staff_read_their_own_answer_as_the_resident_does(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    boss.send(api(number, "/dispatch"), {"department": "市政所"})
    boss.send(api(number, "/advance"), {"state": "handling"})
    boss.send(api(number, "/answer"), {"answer": "已修好，再坏请打13700002222。"})
    assert boss.post(f"/staff/cases/{number}/rate", {"score": ""}).status_code == 422  # nothing is preset
    assert '<option value="" selected>—</option>' in boss.get(f"/staff/cases/{number}").text
    assert "再坏请打13700002222" in boss.get(f"/staff/cases/{number}").text


def test_one_reason_opens_a_case_in_place_for_who_gave_it_and_for_that_day(store: Store, a: Ask) -> None:
    number, other = file(store), file(store, conversation="other")
    boss, colleague = a("dispatcher"), a("dispatcher")
    shown = boss.post(f"/staff/reveal/case/{number}", {"reason": "上门核实路灯"})
    assert (shown.status_code, shown.headers["location"]) == (303, f"/staff/cases/{number}")
    for path in (f"/staff/cases/{number}", f"/staff/cases/{number}", f"/staff/cases/{number}/sheet"):
        page = boss.get(path).text
        assert "13812345678" in page, path
        assert 'name="reason" type="text"' not in page, path
    assert 'href="tel:13812345678"' in boss.get(f"/staff/cases/{number}").text
    assert "13812345678" not in boss.get(f"/staff/cases/{other}").text
    assert "13812345678" not in boss.get("/staff/cases").text
    assert "13812345678" not in colleague.get(f"/staff/cases/{number}").text
    assert len(list(audit.found(store, AuditFilter(action="personal.reveal")))) == 1


def test_the_reason_of_yesterday_opens_nothing_today(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    with store.unit() as unit:
        yesterday = wiring.now() - timedelta(days=1)
        disclosure.reveal(unit, boss.signed.actor, Subject("case", number), "上门核实路灯", yesterday)
        unit.commit()
    assert "13812345678" not in boss.get(f"/staff/cases/{number}").text


def test_a_case_that_went_to_another_grid_is_closed_to_who_had_opened_it(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    first, second = a("grid_worker", grid="东风-03"), a("grid_worker", grid="东风-04")
    boss.send(api(number, "/dispatch"), {"worker": first.signed.actor.id})
    assert first.post(f"/staff/reveal/case/{number}", {"reason": "上门核实路灯"}).status_code == 303
    assert "13812345678" in first.get(f"/staff/cases/{number}").text
    boss.send(api(number, "/dispatch"), {"worker": second.signed.actor.id})
    assert first.get(f"/staff/cases/{number}").status_code == 404


def test_a_longer_text_tells_how_much_fits(store: Store, a: Ask) -> None:
    number = file(store)
    assert "最多2000个字" in a("dispatcher").get(f"/staff/cases/{number}").text


def test_a_case_is_not_sent_on_with_a_worker_who_has_left(store: Store, a: Ask) -> None:
    number, boss, worker = file(store), a("dispatcher"), a("grid_worker", grid="东风-03")
    boss.send(api(number, "/dispatch"), {"worker": worker.signed.actor.id})
    staff_accounts.disable(store, OPERATOR, worker.signed.actor.id, wiring.now())
    assert boss.send(api(number, "/dispatch"), {"department": "市政所"}).status_code == 422
    assert boss.send(api(number, "/dispatch"), {"department": "市政所", "worker": ""}).json()["assignee"] is None


def test_the_history_of_a_merge_names_the_other_case(store: Store, a: Ask) -> None:
    one, two, boss = file(store, conversation="a"), file(store, conversation="b"), a("dispatcher")
    boss.send(api(one, "/merge"), {"into": two})
    assert boss.get(api(one)).json()["history"][-1]["note"] == two


def test_states_follow_each_other_and_nothing_is_skipped(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    refused = boss.send(api(number, "/answer"), {"answer": "修好了"})
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong-state")
    assert boss.post(f"/staff/cases/{number}/answer", {"answer": "修好了"}).status_code == 422
    assert boss.send(api(number, "/dispatch"), {}).json()["code"] == "bad-input"
    assert boss.send(api(number, "/satisfaction"), {"score": 5}).status_code == 409


def test_lights_tell_how_much_time_is_left(store: Store, a: Ask) -> None:
    fresh, near, late = (file(store, ago=timedelta(hours=hours), conversation=str(hours)) for hours in (1, 20, 30))
    found = {one["number"]: one["light"] for one in a("dispatcher").get(api()).json()["cases"]}
    assert found == {fresh: "green", near: "yellow", late: "red"}
    assert [one["number"] for one in a("dispatcher").get(api() + "?light=red").json()["cases"]] == [late]


def test_the_last_hour_is_told_in_minutes(store: Store, a: Ask) -> None:
    nearly = file(store, ago=timedelta(hours=23, minutes=29, seconds=30), conversation="nearly")
    late = file(store, ago=timedelta(hours=24, minutes=1), conversation="late")
    boss = a("dispatcher")
    assert re.search("还剩(30|29|28)分钟", boss.get(f"/staff/cases/{nearly}").text)
    assert re.search("已超时[1-9]分钟", boss.get(f"/staff/cases/{late}").text)
    assert "-0.0" not in boss.get("/staff/cases").text


def test_an_answered_case_no_longer_escalates(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    boss.send(api(number, "/dispatch"), {"department": "市政所"})
    boss.send(api(number, "/advance"), {"state": "handling"})
    boss.send(api(number, "/answer"), {"answer": "修好了"})
    later = wiring.now() + timedelta(days=4)
    task = tasks.Task(1, "case_settlement_due", later, {"number": number}, 1)
    escalation.escalate_if_not_settled(store, task, later)
    assert boss.get(api(number)).json()["escalated"] is False
    boss.send(api(number, "/reopen"), {"reason": "晚上又不亮了"})
    escalation.escalate_if_not_settled(store, task, later)
    assert boss.get(api(number)).json()["escalated"] is True


def test_the_same_thing_told_twice_is_suggested_merged_and_answered_to_both(store: Store, a: Ask) -> None:
    first = file(store, "东风社区3栋门口的路灯坏了", conversation="one")
    second = file(store, "3栋门口路灯一直不亮", place="东风社区3栋大门口", conversation="two")
    file(store, "楼上半夜唱歌", place="新街社区广场", category="noise", conversation="three")
    boss = a("dispatcher")
    assert [one["number"] for one in boss.get(api(second, "/duplicates")).json()["duplicates"]] == [first]
    assert first in boss.get(f"/staff/cases/{second}").text
    assert boss.send(api(second, "/merge"), {"into": first}).json()["merged_into"] == first
    assert [one["number"] for one in boss.get(api()).json()["cases"]].count(second) == 0
    for rest, body in (
        ("/dispatch", {"department": "市政所"}), ("/advance", {"state": "handling"}), ("/answer", {"answer": "灯修好了"})
    ):  # fmt: skip
        assert boss.send(api(second, rest), body).status_code == 409
        assert boss.send(api(first, rest), body).status_code == 200
    for number in (first, second):
        assert cases.find_case(store, number, "5678", asker="r", now=wiring.now()).answer == "灯修好了"
    cases.reopen_case(store, second, reason="还是不亮", client_message_id="again", now=wiring.now())
    assert boss.get(api(second)).json()["merged_into"] is None


def test_a_case_is_not_merged_into_itself_a_merged_one_or_a_settled_one(store: Store, a: Ask) -> None:
    one, two, three = (file(store, conversation=name) for name in "abc")
    boss = a("dispatcher")
    assert boss.send(api(one, "/merge"), {"into": one}).status_code == 422
    assert boss.send(api(one, "/merge"), {"into": "69999999"}).status_code == 422
    assert boss.send(api(one, "/merge"), {"into": two}).status_code == 200
    assert boss.send(api(three, "/merge"), {"into": one}).status_code == 422
    assert boss.send(api(two, "/merge"), {"into": three}).status_code == 409


def test_the_rating_of_a_conversation_counts_for_its_answered_case(store: Store, a: Ask, conversation: Any) -> None:
    number, boss = file(store, conversation=conversation.opened["conversation_id"]), a("dispatcher")
    boss.send(api(number, "/dispatch"), {"department": "市政所"})
    boss.send(api(number, "/advance"), {"state": "handling"})
    boss.send(api(number, "/answer"), {"answer": "修好了"})
    conversation.client.post(f"{conversation.path}/rating", json={"score": 4}, headers=conversation.headers)
    assert boss.get(api(number)).json()["satisfaction"] == 4
    boss.send(api(number, "/satisfaction"), {"score": 2})
    assert boss.get(api(number)).json()["satisfaction"] == 2


def test_hot_spots_count_by_area_and_kind(store: Store, a: Ask) -> None:
    number, boss = file(store), a("dispatcher")
    file(store, conversation="other")
    boss.send(api(number, "/dispatch"), {"department": "市政所", "community": "东风社区", "grid": "东风-03"})
    spots = {one["grid"]: one for one in boss.get(api("spots")).json()["spots"]}
    assert spots["东风-03"]["by_category"] == {"public_facility": 1}
    assert spots[""]["total"] == 1
    assert "东风社区 · 东风-03" in boss.get("/staff/cases/spots").text
    rows = boss.get("/staff/cases/spots?export=csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith(("东风社区,东风-03,", ",,"))
    assert len(rows) == 3
    assert a("grid_worker", grid="东风-03").get("/staff/cases/spots?export=csv").status_code == 403
    assert a("grid_worker", grid="东风-03").get(api("spots")).json()["spots"][0]["total"] == 1


def test_nothing_that_a_resident_wrote_becomes_part_of_the_page(store: Store, a: Ask) -> None:
    number, boss = file(store, text=f"路灯{SCRIPT}坏了", place=f"东风社区{SCRIPT}"), a("dispatcher")
    boss.post(f"/staff/cases/{number}/dispatch", {"department": SCRIPT, "grid": SCRIPT, "note": SCRIPT})
    boss.post(f"/staff/cases/{number}/note", {"note": SCRIPT})
    pages = ("", "/board", "/spots", f"/{number}", f"/{number}/sheet", f"?department={SCRIPT}")
    for path in pages:
        assert SCRIPT not in boss.get(f"/staff/cases{path}").text, path
    assert SCRIPT not in boss.post(f"/staff/cases/{number}/sheet", {"reason": "上门核实"}).text


def test_an_export_is_masked_and_audited(store: Store, a: Ask) -> None:
    file(store)
    sheet = a("dispatcher").get("/staff/cases?export=csv")
    assert "东风社区****" in sheet.text
    assert "3栋" not in sheet.text
    assert [entry.action for entry in audit.found(store, AuditFilter(action="case.export"))] == ["case.export"]
    assert a("grid_worker", grid="东风-03").get("/staff/cases?export=csv").status_code == 403


def test_community_staff_see_no_case_of_another_community(store: Store, a: Ask) -> None:
    number, boss, worker = file(store), a("dispatcher"), a("grid_worker", grid="东风-03")
    boss.send(api(number, "/dispatch"), {"worker": worker.signed.actor.id, "community": "老街社区"})
    own, other = a("community_staff", community="老街社区"), a("community_staff", community="东风社区")
    assert own.get(api(number)).status_code == 200
    assert other.get(api(number)).status_code == other.get(f"/staff/cases/{number}").status_code == 404
    assert other.post(f"/staff/reveal/case/{number}", {"reason": "上门核实"}).status_code == 404
    assert other.get(api()).json()["cases"] == []


def test_looking_at_a_photo_is_in_the_audit(store: Store, a: Ask) -> None:
    number, now = file(store), wiring.now()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    add_photo(store, number, picture.getvalue(), now)
    assert a("dispatcher").get(f"/staff/cases/{number}/photos/0").status_code == 200
    [entry] = audit.found(store, AuditFilter(action="case.photo"))
    assert entry.subject_id == number
