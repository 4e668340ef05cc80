"""Words stay words, and only our own processes are answered on the inner ports."""

import uuid

import httpx
import pytest

from bot.operation.ephemeral_instance import EphemeralInstance
from tests.conversations.resident import Resident

pytestmark = pytest.mark.security

BLANKS = ("", " ", "\n", "\u3000")


@pytest.mark.parametrize("text", ["/restart", "/back", "/session_start", "／restart", " /restart"])
def test_a_slash_is_no_command_inside_a_form(linyu: EphemeralInstance, text: str) -> None:
    resident = Resident(linyu.url)
    resident.say("我想订后天中午的助餐")
    resident.say(text)  # Rasa's own /restart would answer nothing, which is a failed turn
    heard, confidence = resident.heard, resident.turn["confidence"]
    resident.close()
    assert heard
    assert confidence < 1, "Rasa is wholly sure only of a command"


@pytest.mark.parametrize("blank", BLANKS)
def test_a_slash_cannot_fill_a_slot(linyu: EphemeralInstance, blank: str) -> None:
    resident = Resident(linyu.url)
    resident.say(f'{blank}/book_service{{"service":"no-such-service"}}')  # 「meal」 would be understood as a word
    confidence, awaiting = resident.turn["confidence"], resident.turn["state"]["awaiting"]
    resident.close()
    assert confidence < 1
    assert awaiting in (None, "service")


@pytest.mark.parametrize("blank", BLANKS)
def test_rasas_own_route_takes_no_command_either(linyu: EphemeralInstance, blank: str) -> None:
    token = (linyu.state_dir / "secrets" / "token").read_text()
    body = {
        "sender": uuid.uuid4().hex,
        "message_id": uuid.uuid4().hex,
        "text": f'{blank}/book_service{{"service":"meal"}}',
        "metadata": {"language": "zh"},
    }
    headers = {"Authorization": f"Bearer {token}"}
    answer = httpx.post(f"{rasa(linyu)}/webhooks/linyu/turn", json=body, headers=headers, timeout=30)
    assert answer.status_code == httpx.codes.OK, answer.text
    assert answer.json()["intent_ranking"][0]["confidence"] < 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}])
def test_the_inner_ports_refuse_whoever_has_no_token(linyu: EphemeralInstance, headers: dict[str, str]) -> None:
    turn = {"sender": "x", "message_id": "x", "text": "你好", "metadata": {}}
    action = {"next_action": "action_book", "sender_id": "x", "tracker": {}, "domain": {}}
    refused = [
        httpx.post(f"{rasa(linyu)}/webhooks/linyu/turn", json=turn, headers=headers),
        httpx.get(f"{rasa(linyu)}/webhooks/linyu/ready", headers=headers),
        httpx.delete(f"{rasa(linyu)}/webhooks/linyu/conversations/x", headers=headers),
        httpx.post(f"{actions(linyu)}/webhook", json=action, headers=headers),
    ]
    assert [answer.status_code for answer in refused] == [httpx.codes.FORBIDDEN] * 4


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/webhooks/rest/webhook"),
        ("GET", "/webhooks/rest/"),
        ("POST", "/webhooks/callback/webhook"),
        ("GET", "/socket.io/"),
        ("POST", "/model/parse"),
        ("PUT", "/model"),
        ("DELETE", "/model"),
        ("POST", "/model/train"),
        ("GET", "/status"),
        ("GET", "/domain"),
        ("GET", "/conversations/x/tracker"),
        ("POST", "/conversations/x/messages"),
        ("POST", "/conversations/x/tracker/events"),
    ],
)
def test_rasas_stock_routes_are_not_there(linyu: EphemeralInstance, method: str, path: str) -> None:
    body = {"sender": "x", "message": "你好", "text": "你好"}
    assert httpx.request(method, f"{rasa(linyu)}{path}", json=body).status_code == httpx.codes.NOT_FOUND


def rasa(linyu: EphemeralInstance) -> str:
    return f"http://127.0.0.1:{linyu.environment['LINYU_RASA_PORT']}"


def actions(linyu: EphemeralInstance) -> str:
    return f"http://127.0.0.1:{linyu.environment['LINYU_ACTIONS_PORT']}"
