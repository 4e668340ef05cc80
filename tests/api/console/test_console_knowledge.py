"""Pages of knowledge in the console: live after two people, heard by staff, to files and back."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.errors import SamePerson
from bot.services.kernel.permissions import Actor
from bot.services.knowledge import live_knowledge, page_versions
from bot.store.store import Store
from tests.speech_fakes import ScriptedVoice
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api
BAD = "<img src=x onerror=alert(1)>"
LABELLER = Actor("l", "editor")
EDITOR, SECOND, ADMIN = Actor("e", "editor"), Actor("d", "dispatcher"), Actor("a", "admin")


def test_a_page_goes_live_only_after_another_person_reviewed_it(store: Store, client: TestClient) -> None:
    editor = StaffClient(client, enter(store, "editor", wiring.now()))
    where = editor.post("/staff/knowledge/save", form()).headers["location"]
    assert editor.post(f"{where}/review").status_code == 409
    assert editor.post(f"{where}/publish").status_code == 409
    second = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    assert second.post(f"{where}/review").status_code == 303
    now = page_versions.live_page(store, "meal_points_count")
    assert now
    assert now.text["zh"] != "有8个。"
    assert second.post(f"{where}/publish").status_code == 303
    now = page_versions.live_page(store, "meal_points_count")
    assert now
    assert (now.text["zh"], now.sections) == ("有8个。", ("7.3", "3.2"))
    shown = editor.post(f"{where}/try", {"questions": "助餐点如今是多少\nHow many now?"})
    assert "就是本页" in shown.text
    assert "第1版" in editor.get("/staff/knowledge/meal_points_count").text


def test_a_draft_and_a_live_page_are_heard_by_staff(store: Store, client: TestClient, voice: ScriptedVoice) -> None:
    editor = StaffClient(client, enter(store, "editor", wiring.now()))
    where = editor.post("/staff/knowledge/save", form()).headers["location"]
    for path, language in ((where, "zh"), (where, "en"), ("/staff/knowledge/meal_points_count", "zh")):
        assert f'src="{path}/speech?language={language}"' in editor.get(path).text
        heard = editor.get(f"{path}/speech?language={language}")
        assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/wav")
        assert heard.content.startswith(b"RIFF")
    assert [text for text, _, _ in voice.spoken][:2] == ["有八个。", "There are eight."]
    assert editor.get("/staff/knowledge/none/speech?language=zh").status_code == 404
    assert editor.get(f"{where}/speech?language=fr").status_code == 422
    auditor = StaffClient(client, enter(store, "auditor", wiring.now()))
    assert auditor.get(f"{where}/speech?language=zh").status_code == 403


def test_the_running_assistant_follows_what_is_live_and_what_is_taken_away(store: Store) -> None:
    seconds = [0.0]
    knowledge = live_knowledge.LiveKnowledge(store, encoder=None, cache=None, clock=lambda: seconds[0])
    assert "meal_points_count" in knowledge.current().pages
    page = knowledge.current().pages["meal_points_count"]
    made = page_versions.write(store, EDITOR, page, wiring.now(), withdrawn=True)
    with pytest.raises(SamePerson):
        page_versions.review(store, EDITOR, page.id, made.number, wiring.now())
    page_versions.review(store, SECOND, page.id, made.number, wiring.now())
    page_versions.publish(store, SECOND, page.id, made.number, wiring.now())
    knowledge._follow_now()
    assert "meal_points_count" not in knowledge.current().pages


def test_markup_in_a_page_stays_words(store: Store, client: TestClient) -> None:
    editor = StaffClient(client, enter(store, "editor", wiring.now()))
    where = editor.post(
        "/staff/knowledge/save", form(text_zh=BAD, title_zh=BAD, spoken_zh=BAD, questions_zh=BAD, note=BAD)
    ).headers["location"]
    for path in (where, "/staff/knowledge/meal_points_count", f"{where.replace('/versions/', '/edit?version=')}"):
        shown = editor.get(path)
        assert shown.status_code == 200, path
        assert "<img src=x" not in shown.text, path
    assert "&lt;img src=x" in editor.get(where).text


@pytest.mark.parametrize(
    "change", [{"text_zh": "好\n## English\n坏"}, {"page_id": "../x"}, {"sections": "<b>"}, {"questions_en": ""}]
)
def test_what_would_break_the_file_is_refused(store: Store, client: TestClient, change: dict[str, str]) -> None:
    editor = StaffClient(client, enter(store, "editor", wiring.now()))
    assert editor.post("/staff/knowledge/save", form(**change)).status_code == 422
    assert page_versions.history(store, "meal_points_count") == []


def test_pages_travel_to_files_and_back(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    assert page_versions.export_to(store, folder, wiring.now()) > 200
    assert page_versions.import_from(store, folder, wiring.now(), live=True) == []
    file = folder / "meal_points_count.md"
    file.write_text(file.read_text("utf-8").replace("助餐点有几个", "助餐点的数目", 1), "utf-8")
    assert page_versions.import_from(store, folder, wiring.now(), live=True) == ["meal_points_count"]
    now = page_versions.live_page(store, "meal_points_count")
    assert now
    assert now.title["zh"] == "助餐点的数目"
