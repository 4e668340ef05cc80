"""What staff teach: sentences are reviewed, candidates compared and activated by a click, pages go live after two people."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from bot import wiring
from bot.errors import WrongState
from bot.language.readers import danger
from bot.language.readers.sentence_model import Example, SentenceModel
from bot.operation import readers
from bot.services.audit import audit
from bot.services.conversations import conversations
from bot.services.kernel import tasks
from bot.services.learning import learning, review, trained_models
from bot.settings import Settings
from bot.store.store import Store
from bot.turns import Reply, State, Turn
from tests.api.conftest import ScriptedRasa
from tests.staff import StaffClient, enter
from tests.staff_labels import ADMIN, EDITOR, labelled

pytestmark = pytest.mark.api


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
    encoder = wiring.deep_encoder() if settings.encoder_name else None
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
