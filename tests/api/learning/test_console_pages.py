"""What staff write: questions that were not answered are grouped, and pages go live after two people."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.errors import SamePerson
from bot.services.kernel import tasks
from bot.services.knowledge import live_knowledge, page_versions
from bot.services.learning import question_groups, review
from bot.store.conversations.tables import Turn as TurnRow
from bot.store.store import Store
from tests.speech_fakes import ScriptedVoice
from tests.staff import StaffClient, enter
from tests.staff_labels import EDITOR, SECOND, labelled

pytestmark = pytest.mark.api
BAD = "<img src=x onerror=alert(1)>"


def test_what_asks_nothing_is_not_grouped(store: Store) -> None:
    for text in ("13811229074", "嗯……嗯嗯", "um, er...", "我住东风社区3栋2单元", "体检要不要钱呀"):
        labelled(store, text, "")
    given: list[Sequence[str]] = []

    def group(sentences: Sequence[str]) -> list[list[int]]:
        given.append([*sentences])
        return []

    question_groups.find(store, tasks.Task(1, "group_questions", wiring.now(), {}, 1), wiring.now(), grouper=group)
    assert "体检要不要钱呀" in given[0]
    assert not [one for one in given[0] if one in ("〔电话〕", "嗯……嗯嗯", "um, er...")]


def test_one_page_answers_a_group_of_questions(store: Store, client: TestClient) -> None:
    for text in ("体检要不要钱呀", "体检收费吗您说说", "哪里能配钥匙"):
        labelled(store, text, "")
    given: list[Sequence[str]] = []

    def group(sentences: Sequence[str]) -> list[list[int]]:
        given.append(sentences)
        return [[place for place, text in enumerate(sentences) if "体检" in text]]

    question_groups.find(store, tasks.Task(1, "group_questions", wiring.now(), {}, 1), wiring.now(), grouper=group)
    assert len(given[0]) == 3
    [found] = question_groups.groups(store, EDITOR)
    assert found.size == 2
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    assert "体检收费吗您说说" in staff.get(f"/staff/knowledge/new?group={found.id}").text
    page = form(page_id="health_check", group=str(found.id), is_new="1", questions_zh="体检要不要钱呀", sections="")
    answer = staff.post("/staff/knowledge/save", page)
    assert answer.headers["location"] == "/staff/knowledge/health_check/versions/1"
    assert question_groups.groups(store, EDITOR)[0].size == 2  # a draft answers nobody
    go_live(store, "health_check", 1)
    assert [one.sentences for one in question_groups.groups(store, EDITOR)] == [
        ("体检收费吗您说说",)
    ]  # the line taken off


def test_what_staff_answer_is_an_answer_and_is_not_asked_for_again(store: Store, client: TestClient) -> None:
    labelled(store, "狗证怎么办", "")
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    page = form(
        page_id="pet_dog_licence", topic="pets", is_new="1", sections="", answers="how", questions_zh="狗证怎么办",
        text_zh="带身份证和疫苗本到派出所办狗证。", title_zh="狗证怎么办",
    )  # fmt: skip
    where = staff.post("/staff/knowledge/save", page).headers["location"]
    assert "就是本页" in staff.post(f"{where}/try", {"questions": "狗证怎么办"}).text
    gap = staff.post("/staff/knowledge/save", page | {"is_new": "", "gap": "1"}).headers["location"]
    assert "说不清楚" in staff.post(f"{gap}/try", {"questions": "狗证怎么办"}).text
    staff.post("/staff/knowledge/save", page | {"is_new": ""})
    assert grouped(store) == [["狗证怎么办"]]
    go_live(store, "pet_dog_licence", 3)
    assert grouped(store) == [[]]


def test_what_we_should_have_known_waits_until_a_page_says_it(store: Store, client: TestClient) -> None:
    labelled(store, "哪里能打流感疫苗", "")
    with store.reading() as unit:
        [turn] = unit.session.query(TurnRow).all()
    review.label(store, EDITOR, turn.conversation_id, turn.id, wiring.now(), verdict="should_have_known")
    assert grouped(store) == [["哪里能打流感疫苗"]]
    assert [one.sentences for one in question_groups.groups(store, EDITOR)] == [("哪里能打流感疫苗",)]
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    page = form(page_id="flu_vaccine", topic="health", is_new="1", sections="", questions_zh="哪里能打流感疫苗")
    staff.post("/staff/knowledge/save", page)
    go_live(store, "flu_vaccine", 1)
    assert question_groups.groups(store, EDITOR) == []
    assert grouped(store) == [[]]


def grouped(store: Store) -> list[list[str]]:
    """Group anew, all together; gives what was looked at."""
    given: list[list[str]] = []

    def group(sentences: Sequence[str]) -> list[list[int]]:
        given.append(list(sentences))
        return [list(range(len(sentences)))]

    question_groups.find(store, tasks.Task(1, "group_questions", wiring.now(), {}, 1), wiring.now(), grouper=group)
    return given or [[]]


def go_live(store: Store, page_id: str, number: int) -> None:
    page_versions.review(store, SECOND, page_id, number, wiring.now())
    page_versions.publish(store, SECOND, page_id, number, wiring.now())


def form(**changes: str) -> dict[str, str]:
    """A page that may be saved."""
    return {
        "page_id": "meal_points_count", "topic": "meal", "title_zh": "助餐点有几个", "title_en": "Meal points",
        "text_zh": "有8个。", "text_en": "There are 8.", "spoken_zh": "有八个。", "spoken_en": "There are eight.",
        "sections": "7.3，3.2", "answers": "count", "questions_zh": "助餐点如今是多少\n", "questions_en": "How many now?",
    } | changes  # fmt: skip


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
