"""What staff teach: sentences are reviewed, candidates compared and activated by a click, pages go live after two people."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from bot import wiring
from bot.errors import SamePerson, WrongState
from bot.language.readers import danger
from bot.language.readers.sentence_model import Example, SentenceModel
from bot.operation import readers
from bot.services.audit import audit
from bot.services.conversations import conversations
from bot.services.kernel import tasks
from bot.services.kernel.permissions import Actor
from bot.services.knowledge import live_knowledge, page_versions
from bot.services.learning import learning, question_groups, review, trained_models
from bot.settings import Settings
from bot.store.conversations.tables import Turn as TurnRow
from bot.store.store import Store
from bot.turns import Reply, State, Turn
from tests.api.conftest import ScriptedRasa
from tests.speech_fakes import ScriptedVoice
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api
BAD = "<img src=x onerror=alert(1)>"
LABELLER = Actor("l", "editor")
EDITOR, SECOND, ADMIN = Actor("e", "editor"), Actor("d", "dispatcher"), Actor("a", "admin")


class ScriptedTrainer:
    """Writes a file instead of training one, and keeps what it was given."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.examples, self.pages, self.readers, self.fails = folder, {}, {}, {}, False
        self.compared: list[tuple[str, str | None]] = []

    def train(
        self, model_id: str, examples: Mapping[str, str], pages: Mapping[str, str], readers: Mapping[str, str]
    ) -> tuple[str, str]:
        if self.fails:
            raise RuntimeError
        self.examples, self.pages, self.readers = examples, pages, readers
        self.folder.mkdir(exist_ok=True)
        file = self.folder / f"{model_id}.tar.gz"
        file.write_bytes(model_id.encode())
        return trained_models.hashlib.sha256(file.read_bytes()).hexdigest(), wiring.model_fingerprint()

    def compare(self, model_id: str, active_id: str | None) -> dict[str, Any]:
        self.compared.append((model_id, active_id))
        change = {"said": "换灯泡", "expected": "book_service", "before": "inform", "now": "book_service"}
        return {"candidate": {"goal accuracy": 0.9}, "active": {"goal accuracy": 0.8}, "better": [change], "worse": []}


@pytest.fixture
def trainer(settings: Settings) -> ScriptedTrainer:
    return ScriptedTrainer(settings.state_dir / "models")


def trained(store: Store, trainer: ScriptedTrainer) -> str:
    model_id = trained_models.ask(store, EDITOR, wiring.now())
    task = tasks.claim(store, "w", wiring.now(), timedelta(hours=1), kinds=["retrain"])
    assert task
    trained_models.train(store, task, wiring.now(), trainer=trainer, clock=wiring.now)
    tasks.finish(store, task, wiring.now())
    return model_id


def labelled(store: Store, text: str, goal: str, detail: str = "") -> int:
    """A sentence that waits for review."""
    now = wiring.now()
    opened = conversations.open_conversation(store, channel="web", language="zh", now=now)
    masked = review.mask(text)
    received = conversations.receive(store, opened.id, "m", text, masked, now)
    turn = Turn(received.turn_id, "ask_policy", 0.5, (Reply("不清楚。", "不清楚。"),), State())
    conversations.complete(
        store, turn, opened.id, language="zh", topic=None, episode=0, masked=masked, milliseconds=1, now=now
    )
    if goal:
        review.label(store, LABELLER, opened.id, turn.turn_id, now, verdict="wrong_goal", goal=goal, detail=detail)
    return max([one.id for one in learning.examples(store, EDITOR)], default=0)


def test_approved_sentences_are_exported_masked_in_rasas_format(store: Store, client: TestClient) -> None:
    yes = labelled(store, "屋里老人要人送餐，打13811229074 [快](来)", "book_service", "meal")
    no = labelled(store, "今天天气真好呀", "out_of_scope")
    learning.decide(store, EDITOR, yes, "approved", wiring.now())
    learning.decide(store, EDITOR, no, "rejected", wiring.now())
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    answer = staff.post("/staff/learning/export")
    assert "13811229074" not in answer.text
    [block] = yaml.safe_load(answer.text)["nlu"]
    assert (block["intent"], block["metadata"]) == ("book_service", {"service": "meal"})
    assert "〔电话〕" in block["examples"]
    assert "[" not in block["examples"]
    assert "[快]" not in learning.in_rasa_format(learning.examples(store, EDITOR), stand_ins=True)["zh"]


def test_whoever_labelled_a_sentence_does_not_approve_it(store: Store, client: TestClient) -> None:
    staff, colleague = (StaffClient(client, enter(store, "editor", wiring.now())) for _ in range(2))
    conversation, [turn] = told(store, ("屋里老人要人送餐来", None))
    staff.send(
        f"/api/v1/staff/conversations/{conversation}/turns/{turn}/label",
        {"verdict": "wrong_goal", "goal": "book_service"},
    )
    [example] = learning.examples(store, EDITOR, "proposed")
    path = f"/api/v1/staff/learning/examples/{example.id}"
    refused = staff.send(path, {"state": "approved"})
    assert (refused.status_code, refused.json()["code"]) == (409, "same-person")
    assert 'value="approved"' not in staff.get("/staff/learning").text
    assert 'value="approved"' in colleague.get("/staff/learning").text
    assert colleague.send(path, {"state": "approved"}).status_code == 200


def test_a_fixed_case_is_refused_even_when_it_is_written_in_by_hand(store: Store, client: TestClient) -> None:
    number = labelled(store, "屋里老人要人送餐来", "book_service")
    case = next(iter(sorted(learning.is_fixed_case.__globals__["_cases"]())))
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    answer = staff.send(f"/api/v1/staff/learning/examples/{number}", {"state": "approved", "text": f"{case}。"})
    assert (answer.status_code, answer.json()["code"]) == (409, "already-measured")


def test_a_candidate_is_compared_and_only_an_administrator_activates_it(
    store: Store, client: TestClient, trainer: ScriptedTrainer, rasa: ScriptedRasa, settings: Settings
) -> None:
    learning.decide(store, EDITOR, labelled(store, "找13811229074送餐", "book_service"), "approved", wiring.now())
    first = trained(store, trainer)
    assert "13811229074" not in trainer.examples["zh"]
    assert len(trainer.pages) > 200
    assert trainer.compared == [(first, None)]
    made_for = wiring.model_fingerprint()
    assert trained_models.file_in_force(store, settings.state_dir / "models", made_for) is None
    editor = StaffClient(client, enter(store, "editor", wiring.now()))
    assert "换灯泡" in editor.get(f"/staff/learning/models/{first}").text
    assert editor.post(f"/staff/learning/models/{first}/activate").status_code == 403
    admin = StaffClient(client, enter(store, "admin", wiring.now()))
    assert admin.post(f"/staff/learning/models/{first}/activate").status_code == 303
    assert rasa.restarts == 1
    second = trained(store, trainer)
    assert trainer.compared[-1] == (second, first)
    answer = admin.send(f"/api/v1/staff/learning/models/{second}/activate")
    assert answer.json() == {"active": second, "reloaded": True}
    in_force = trained_models.file_in_force(store, settings.state_dir / "models", made_for)
    assert in_force
    assert in_force.name == f"{second}.tar.gz"
    assert admin.send("/api/v1/staff/learning/roll-back").json()["active"] == first
    assert admin.send("/api/v1/staff/learning/roll-back").json()["active"] is None
    assert admin.send("/api/v1/staff/learning/roll-back").status_code == 409
    assert len(list(audit.found(store, audit.AuditFilter(action="learning.activate")))) == 2


def told(store: Store, *turns: tuple[str, str | None]) -> tuple[str, list[str]]:
    """A conversation of turns: words, and the question that each ended with. Its id and theirs."""
    now = wiring.now()
    opened = conversations.open_conversation(store, channel="web", language="zh", now=now)
    ids = []
    for text, asked in turns:
        received = conversations.receive(store, opened.id, f"m{len(ids)}", text, review.mask(text), now)
        turn = Turn(received.turn_id, "ask_policy", 0.9, (Reply("好。", "好。"),), State(asked=asked))
        conversations.complete(
            store,
            turn,
            opened.id,
            language="zh",
            topic=None,
            episode=0,
            masked=review.mask(text),
            milliseconds=1,
            now=now,
        )
        ids.append(turn.turn_id)
    return opened.id, ids


def test_what_staff_say_of_danger_and_of_answers_teaches_their_readers(
    store: Store, client: TestClient, trainer: ScriptedTrainer
) -> None:
    conversation, turns = told(
        store, ("隔壁冒白汽打13811229074", "read_back"), ("莫搞这个名堂哒", None), ("婆婆瘫到灶门口哒", None)
    )
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    page = staff.get(f"/staff/conversations/{conversation}").text
    assert page.count('name="danger"') == 3
    assert page.count('name="act"') == 1
    labels = (
        {"verdict": "wrong_answer", "danger": "none"},
        {"verdict": "wrong_goal", "act": "stop"},
        {"verdict": "should_have_known", "goal": "emergency", "danger": "hurt_or_ill"},
    )
    for turn, label in zip(turns, labels, strict=True):
        answer = staff.send(f"/api/v1/staff/conversations/{conversation}/turns/{turn}/label", label)
        assert answer.json() == {"became": "proposed"}
    for one in learning.examples(store, EDITOR, "proposed"):
        learning.decide(store, EDITOR, one.id, "approved", wiring.now())
    trained(store, trainer)
    assert trainer.examples == {}
    assert trainer.readers == {
        "answers/stop.zh.txt": "[read_back]\n莫搞这个名堂哒\n",
        "danger/hurt_or_ill.zh.txt": "婆婆瘫到灶门口哒\n",
        "danger/none.zh.txt": "隔壁冒白汽打13800000000\n",
    }


@pytest.mark.parametrize("wrong", [{"danger": "rain"}, {"act": "stop"}, {"act": "rain"}])
def test_a_label_that_a_reader_does_not_know_is_refused(
    wrong: dict[str, str], store: Store, client: TestClient
) -> None:
    conversation, [turn] = told(store, ("屋里漏雨哒", None))
    staff = StaffClient(client, enter(store, "editor", wiring.now()))
    path = f"/api/v1/staff/conversations/{conversation}/turns/{turn}/label"
    assert staff.send(path, {"verdict": "wrong_goal", **wrong}).status_code == 422


def test_a_reader_goes_into_force_with_its_model_and_back_with_it(
    store: Store, client: TestClient, trainer: ScriptedTrainer, settings: Settings
) -> None:
    model_id, kinds = trained(store, trainer), ("none", "possible", *danger.KINDS)
    examples = [Example(f"吊兰{kind}倒了" * times, kind) for kind in kinds for times in (1, 2)]
    encoder = wiring.deep_encoder() if settings.encoder_folder else None
    folder = readers.learnt_folder("danger", encoder, settings.state_dir / "models" / f"{model_id}.tar.gz")
    readers.save(SentenceModel.fit(examples, None), folder)
    admin, reader = StaffClient(client, enter(store, "admin", wiring.now())), client.app.state.parts.dialogue.danger
    of_files = reader.model.labels, len(reader.model.counter.vocabulary)
    admin.send(f"/api/v1/staff/learning/models/{model_id}/activate")
    assert len(reader.model.counter.vocabulary) < of_files[1]
    admin.send("/api/v1/staff/learning/roll-back")
    assert (reader.model.labels, len(reader.model.counter.vocabulary)) == of_files


def test_a_changed_file_or_an_older_programs_model_is_never_loaded(
    store: Store, trainer: ScriptedTrainer, settings: Settings
) -> None:
    model_id, folder, made_for = trained(store, trainer), settings.state_dir / "models", wiring.model_fingerprint()
    with pytest.raises(WrongState):
        trained_models.activate(store, ADMIN, model_id, wiring.now(), folder=folder, made_for="another")
    trained_models.activate(store, ADMIN, model_id, wiring.now(), folder=folder, made_for=made_for)
    (folder / f"{model_id}.tar.gz").write_bytes(b"something else")
    assert trained_models.file_in_force(store, folder, made_for) is None


def test_a_failed_training_is_noted_and_the_next_may_be_asked_for(store: Store, trainer: ScriptedTrainer) -> None:
    trainer.fails = True
    trained(store, trainer)
    assert [one.state for one in trained_models.models(store, ADMIN, "")] == ["failed"]
    trained_models.ask(store, EDITOR, wiring.now())
    with pytest.raises(WrongState):
        trained_models.ask(store, EDITOR, wiring.now())


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
