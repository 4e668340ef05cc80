"""Signs that nobody can see never end a conversation."""

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Conversation, ScriptedRasa

pytestmark = [pytest.mark.security, pytest.mark.api]

INVISIBLE = ["\u200b", "\ufeff", "\u202e", "\u2060", "\u00ad", "\x01", "\x7f", "\ue000", "\u200b\u200b \u200d"]


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_nothing_visible_is_asked_again_and_the_talk_goes_on(client: TestClient, rasa: ScriptedRasa, text: str) -> None:
    conversation = Conversation(client)
    answer = conversation.say(text, "m1")
    assert answer.status_code == 200
    assert answer.json()["replies"][0]["text"]
    assert rasa.asked == [], "Rasa never sees an empty text"
    assert conversation.say("你好", "m2").json()["goal"] == "greet"
    assert len(rasa.asked) == 1
