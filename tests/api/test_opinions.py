"""有用 and 没用 under an answer reach the staff who look through conversations; and what may be asked next is offered."""

import pytest
from fastapi.testclient import TestClient

from bot import wiring
from bot.dialogue.rasa_client import RasaAnswer
from bot.services.conversations import conversations
from bot.services.kernel.permissions import Actor
from bot.services.kernel.tasks import Task
from bot.services.learning import question_groups, review
from bot.services.learning.review import Wanted
from bot.services.pages.live_pages import seed_pages
from bot.store.store import Store
from tests.api.conftest import Conversation, ScriptedRasa

pytestmark = pytest.mark.api
EDITOR = Actor("editor-1", "editor")


@pytest.fixture
def answered(client: TestClient, rasa: ScriptedRasa) -> tuple[Conversation, str]:
    """A conversation whose question a page about meals has answered, and the turn."""
    page = next(one for one in seed_pages() if one.topic == "meal" and one.sections)
    sources = [{"title": page.title["zh"], "section": page.sections[0]}]
    reply = {"text": page.text["zh"], "custom": {"sources": sources, "spoken": page.spoken["zh"]}}
    rasa.answer = RasaAnswer([reply], "ask_policy", 0.9, None, None, {})
    talk = Conversation(client)
    turn = talk.say("老人吃饭有补贴吗").json()
    assert turn["replies"][0]["sources"] == sources
    return talk, turn["turn_id"]


def found(store: Store, wanted: Wanted) -> list[str]:
    rows, _ = review.search(store, EDITOR, wanted, sort="opened", descending=True, offset=0, limit=9)
    return [row.id for row in rows]


def test_staff_find_answers_that_were_of_no_use_and_the_last_word_counts(
    client: TestClient, store: Store, answered: tuple[Conversation, str]
) -> None:
    talk, turn = answered
    address = f"{talk.path}/turns/{turn}/opinion"
    for helped in (True, False):
        assert client.post(address, json={"helped": helped}, headers=talk.headers).status_code == 200
    assert found(store, Wanted(helped=False)) == [talk.opened["conversation_id"]]
    assert found(store, Wanted(helped=True)) == []
    view = review.transcript(store, EDITOR, talk.opened["conversation_id"], wiring.now())
    assert [one.helped for one in view.turns] == [False]


def test_a_question_whose_answer_was_of_no_use_is_grouped_with_those_that_have_none(
    client: TestClient, store: Store, answered: tuple[Conversation, str]
) -> None:
    talk, turn = answered
    asked: list[list[str]] = []

    def note(texts: list[str]) -> list[list[int]]:
        asked.append(texts)
        return []

    task = Task(1, "group_questions", wiring.now(), {}, 1)
    question_groups.find(store, task, wiring.now(), grouper=note)
    client.post(f"{talk.path}/turns/{turn}/opinion", json={"helped": False}, headers=talk.headers)
    question_groups.find(store, task, wiring.now(), grouper=note)
    assert asked == [["老人吃饭有补贴吗"]]


def test_nobody_has_an_opinion_of_what_others_were_told(client: TestClient, answered: tuple[Conversation, str]) -> None:
    talk, turn = answered
    other = Conversation(client)
    for path, headers in ((talk.path, other.headers), (other.path, other.headers)):
        assert client.post(f"{path}/turns/{turn}/opinion", json={"helped": True}, headers=headers).status_code == 404
        assert client.get(f"{path}/turns/{turn}/next", headers=headers).status_code == 404


def test_three_questions_that_other_pages_answer_may_come_next(
    client: TestClient, store: Store, answered: tuple[Conversation, str]
) -> None:
    talk, turn = answered
    questions = client.get(f"{talk.path}/turns/{turn}/next", headers=talk.headers).json()["questions"]
    assert len(questions) == 3
    first = {page.questions["zh"][0]: page for page in seed_pages()}
    assert all(first[one].answers_it for one in questions)
    assert first[questions[0]].topic == "meal"
    assert len(conversations.history(store, talk.opened["conversation_id"])) == 1


def test_nothing_comes_next_after_what_no_page_answered(client: TestClient) -> None:
    talk = Conversation(client)
    turn = talk.say("您好").json()["turn_id"]
    assert client.get(f"{talk.path}/turns/{turn}/next", headers=talk.headers).json() == {"questions": []}
