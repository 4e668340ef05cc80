"""Staff keep the catalogue of items: by form, or from a spreadsheet, whole or not at all; residents hear it within seconds."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.services.items.live_items import CHECK_SECONDS, LiveItems
from bot.services.items.staff_items import COLUMNS
from bot.services.kernel.spreadsheets import to_csv
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

Ask = Callable[..., StaffClient]
DOG = {
    "id": "dog_licence", "title": "养犬登记", "title_en": "dog licence", "department": "综合执法队",
    "department_en": "the Enforcement Team", "window": "执法队窗口", "window_en": "the team's window",
    "papers": "身份证；免疫证", "papers_en": "identity card; vaccination record", "serves": "养狗的居民",
    "serves_en": "dog owners", "days": "", "days_en": "", "confirmed": "是", "asked": "养狗要办什么证；狗证归谁管",
    "asked_en": "who handles dog licences",
}  # fmt: skip


@pytest.fixture
def a(client: TestClient, store: Store) -> Ask:
    return lambda role: StaffClient(client, enter(store, role, wiring.now()))


def file(*rows: dict[str, str]) -> dict[str, tuple[str, bytes]]:
    return {"file": ("items.csv", to_csv(tuple(COLUMNS.values()), [tuple(row.values()) for row in rows]))}


def test_a_new_item_is_told_to_residents_without_a_restart(store: Store, a: Ask) -> None:
    at = 0.0
    live = LiveItems(store, wiring.item_files(), lambda: at)
    assert "dog_licence" not in live.current().items
    assert a("editor").post("/staff/items/save", DOG).status_code == 303
    assert "dog_licence" not in live.current().items, "looked at again only after a while"
    at = CHECK_SECONDS
    found = live.current().find("狗证归谁管", "zh")
    assert found is not None
    assert (found.department["en"], found.papers["zh"], found.days, found.example) == (
        "the Enforcement Team", ("身份证", "免疫证"), None, False,
    )  # fmt: skip
    english = live.current().find("who handles dog licences", "en")
    assert english is not None
    assert english.id == "dog_licence"


def test_one_of_the_files_is_written_anew_and_the_plan_stands_behind_it_no_more(store: Store, a: Ask) -> None:
    editor = a("editor")
    assert "残疾证" in editor.get("/staff/items/disability_certificate").text
    changed = {
        **DOG,
        "id": "disability_certificate",
        "title": "残疾证",
        "title_en": "disability certificate",
        "confirmed": "否",
    }
    assert editor.post("/staff/items/save", changed).status_code == 303
    item = LiveItems(store, wiring.item_files(), lambda: 0.0).current().items["disability_certificate"]
    assert (item.papers["zh"], item.sections, item.example) == (("身份证", "免疫证"), (), True)
    assert "后台填写" in editor.get("/staff/items?sort=-written").text


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(a: Ask) -> None:
    answer = a("editor").post("/staff/items/save", {**DOG, "id": "Dog!", "window": "", "days": "三天"})
    assert answer.status_code == 422
    assert "养犬登记" in answer.text
    for words in ("窗口", "没有填", "看不懂", "中文和英文要一起填"):
        assert words in answer.text


def test_a_spreadsheet_is_taken_in_whole_or_not_at_all(store: Store, a: Ask) -> None:
    boss = a("dispatcher")
    good, wrong = {**DOG, "id": "cat_licence", "title": "养猫登记"}, {**DOG, "papers": ""}
    refused = boss.post("/staff/items/import", {"deed": "import"}, files=file(good, wrong))
    assert refused.status_code == 422
    assert "第3行" in refused.text
    assert "养猫登记" not in boss.get("/staff/items?sort=-written").text
    assert boss.post("/staff/items/import", {"deed": "import"}, files=file(good, good)).status_code == 422
    checked = boss.post("/staff/items/import", {"deed": "check"}, files=file(good, DOG))
    assert checked.status_code == 200
    assert "共2行，有0处不对" in checked.text
    assert boss.post("/staff/items/import", {"deed": "import"}, files=file(good, DOG)).status_code == 303
    assert "养猫登记" in boss.get("/staff/items?sort=-written").text
    other = {"file": ("items.csv", to_csv(("岗位",), [("焊工",)]))}
    assert boss.post("/staff/items/import", {"deed": "import"}, files=other).status_code == 422


def test_what_is_downloaded_can_be_taken_in_again(store: Store, a: Ask) -> None:
    boss = a("dispatcher")
    whole = boss.get("/staff/items/catalogue.csv")
    assert whole.headers["content-type"].startswith("text/csv")
    taken = boss.post("/staff/items/import", {"deed": "import"}, files={"file": ("items.csv", whole.content)})
    assert taken.status_code == 303
    assert len(LiveItems(store, wiring.item_files(), lambda: 0.0).current().items) == len(wiring.item_files())


def test_who_may_only_read_sees_no_form(a: Ask) -> None:
    seen = a("community_staff").get("/staff/items/residence_permit").text
    assert "居住证" in seen
    assert "/staff/items/save" not in seen
