"""Twilio's messages as its documentation shows them, its signature, and one call from the first ring to the last."""

import asyncio
import base64
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response
from pydantic import SecretStr, ValidationError
from starlette.testclient import WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from api.main import create_app
from api.telephone.expected_calls import Next
from api.telephone.line import (
    CallStarted,
)
from api.telephone.providers.twilio_webhook import WITHHELD, caller_of, signature
from bot.settings import Settings
from bot.speech.audio.resample import decode_mulaw
from bot.store.conversations.tables import Call as CallRow
from bot.store.conversations.tables import CallEvent as EventRow
from bot.store.store import Store
from tests.speech_fakes import ScriptedEars
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import LoudVoice
from tests.unit.telephone.twilio_script import ACCOUNT, CALL, CONNECTED, SILENCE, STOP, STREAM, key, mark, start

pytestmark = pytest.mark.telephone
CALLER = "+8613900001234"
ASKED = {
    "CallSid": CALL,
    "AccountSid": ACCOUNT,
    "From": CALLER,
    "To": "+18005551212",
    "CallStatus": "ringing",
    "Caller": "",
}
MOST_MESSAGES = 1500
"""Half a minute of sound."""
TOKEN, PUBLIC = "12345", "https://linyu.example"


# ------------------------------------------------------------ who may ask


def test_the_signature_is_that_of_twilios_documentation() -> None:
    form = {
        "CallSid": ["CA1234567890ABCDE"],
        "Digits": ["1234"],
        "From": ["+14158675309"],
        "To": ["+18005551212"],
        "Caller": ["+14158675309"],
    }
    assert signature(TOKEN, "https://mycompany.com/myapp.php?foo=1&bar=2", form) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    twice = {"Sid": ["CA123"], "SidAccount": ["AC123"], "Digits": ["5678", "1234"]}
    assert signature(TOKEN, "https://mycompany.com/myapp.php?foo=1&bar=2", twice) == "IK+Dwps556ElfBT0I3Rgjkr1wJU="


@pytest.mark.parametrize(
    ("shown", "caller"),
    [
        ("+8613900001234", "13900001234"),
        ("+867148765432", "07148765432"),
        ("+861087654321", "01087654321"),
        ("+14158675309", "14158675309"),
        ("13900001234", "13900001234"),
        ("anonymous", None),
        ("", None),
        ("+266696687", None),
        ("+86282452253", None),
        ("sip:someone@example.com", None),
    ],
)
def test_a_number_is_as_people_dial_it(shown: str, caller: str | None) -> None:
    assert caller_of(shown) == caller
    assert len(WITHHELD) == 5


def test_a_token_without_our_address_stops_the_start() -> None:
    with pytest.raises(ValidationError, match="LINYU_PUBLIC_URL"):
        Settings(twilio_auth_token=SecretStr(TOKEN))


@pytest.fixture
def app(tmp_path: Path, store: Store, rasa: ScriptedRasa, ears: ScriptedEars, now: datetime) -> FastAPI:
    settings = Settings(
        state_dir=tmp_path,
        reply_timeout_seconds=0.1,
        encoder="none",
        public_url=PUBLIC,
        twilio_auth_token=SecretStr(TOKEN),
        twilio_operator="+867148765432",
    )
    app = create_app(settings, store=store, rasa=rasa, ears=ears, voice=LoudVoice(), clock=lambda: now)  # type: ignore[arg-type]
    asyncio.run(app.state.parts.speech.warm_up())
    return app


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    client = TestClient(app, base_url=PUBLIC)
    yield client
    client.close()


def ask(client: TestClient, path: str, *, token: str = TOKEN, **changes: str) -> Response:
    form = ASKED | changes
    signed = signature(token, f"{PUBLIC}/telephony/twilio/{path}", {name: [value] for name, value in form.items()})
    headers = {"X-Twilio-Signature": signed, "Content-Type": "application/x-www-form-urlencoded"}
    return client.post(f"/telephony/twilio/{path}", content=urlencode(form), headers=headers)


def ticket_in(answer: Response) -> str:
    found = re.search('<Parameter name="ticket" value="([0-9a-f-]{36})"', answer.text)
    assert found, answer.text
    return found[1]


def test_a_call_is_connected_to_our_socket_without_telling_who_calls(client: TestClient) -> None:
    answer = ask(client, "voice")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    assert answer.text == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        f'<Response><Connect action="{PUBLIC}/telephony/twilio/next">'
        '<Stream url="wss://linyu.example/telephony/twilio/media">'
        f'<Parameter name="ticket" value="{ticket_in(answer)}" /></Stream></Connect></Response>'
    )


@pytest.mark.parametrize("path", ["voice", "next"])
def test_without_twilios_signature_nothing_is_told(client: TestClient, path: str) -> None:
    assert ask(client, path, token="wrong").status_code == 403
    assert client.post(f"/telephony/twilio/{path}", data=ASKED).status_code == 403
    signed = signature(TOKEN, f"{PUBLIC}/telephony/twilio/{path}", {name: [value] for name, value in ASKED.items()})
    for changed in ({"From": "+8613900009999"}, {"More": "1"}):
        answer = client.post(f"/telephony/twilio/{path}", data=ASKED | changed, headers={"X-Twilio-Signature": signed})
        assert answer.status_code == 403
    assert (
        client.post(
            f"/telephony/twilio/{path}?after=nobody", data=ASKED, headers={"X-Twilio-Signature": signed}
        ).status_code
        == 403
    )


@pytest.mark.parametrize("token", [None, SecretStr("")])
def test_without_a_token_there_are_no_such_routes(
    tmp_path: Path, store: Store, rasa: ScriptedRasa, token: SecretStr | None
) -> None:
    settings = Settings(state_dir=tmp_path, encoder="none", public_url=PUBLIC, twilio_auth_token=token)
    client = TestClient(create_app(settings, store=store, rasa=rasa), base_url=PUBLIC)  # type: ignore[arg-type]
    for path in ("voice", "next"):
        assert ask(client, path, token="").status_code == 404
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/telephony/twilio/media"):
        pass
    assert refused.value.status_code == 404
    client.close()


# ------------------------------------------------------------ calls


class Twilio:
    """The other end of the stream."""

    def __init__(self, socket: WebSocketTestSession, ticket: str) -> None:
        self._socket = socket
        self.sends(CONNECTED, start(ticket), SILENCE)

    def sends(self, *messages: str) -> None:
        for message in messages:
            self._socket.send_text(message)

    def hears(self, event: str) -> dict[str, Any]:
        """The next of these; a mark is given back as soon as it comes."""
        for _ in range(MOST_MESSAGES):
            message: dict[str, Any] = self._socket.receive_json()
            assert message["streamSid"] == STREAM
            if message["event"] == "mark":
                self.sends(mark(message["mark"]["name"]))
            if message["event"] == event and (event != "media" or any(decode_mulaw(pcm_of(message)))):
                return message
        raise AssertionError(f"no {event} came")

    def hears_until_the_end(self) -> int:
        """How we closed it."""
        try:
            while True:
                self.hears("nothing")
        except WebSocketDisconnect as closed:
            return closed.code


def ended_call(store: Store) -> CallRow:
    for _ in range(500):
        with store.reading() as unit:
            row = unit.session.query(CallRow).one()
        if row.ended is not None:
            return row
        time.sleep(0.02)
    raise AssertionError("it goes on")


def pcm_of(message: dict[str, Any]) -> bytes:
    return base64.b64decode(message["media"]["payload"])


def test_one_call_from_the_first_ring_to_the_operator(client: TestClient, app: FastAPI, store: Store) -> None:
    with client.websocket_connect("/telephony/twilio/media") as socket:
        twilio = Twilio(socket, ticket_in(ask(client, "voice")))
        twilio.hears("media")
        twilio.sends(key("7"))
        twilio.hears("clear")
        twilio.hears("media")
        twilio.sends(SILENCE, key("0"))
        twilio.hears("clear")
        twilio.hears("mark")
        assert twilio.hears_until_the_end() == 1000
        row = ended_call(store)
    dial = ask(client, "next", CallStatus="in-progress").text
    action = f'action="{PUBLIC}/telephony/twilio/next" timeout="20"'
    assert dial.endswith(f"<Response><Dial {action}>+867148765432</Dial></Response>")
    assert ask(client, "next", DialCallStatus="completed").text.endswith("<Response><Hangup /></Response>")
    with store.reading() as unit:
        assert (row.provider, row.provider_call, row.cause) == ("twilio", CALL, "handed_over")
        assert row.phone_hash == unit.keys.keyed_hash("13900001234")
        kinds = [event.kind for event in unit.session.query(EventRow)]
    assert {"key", "resumed", "heard"} <= set(kinds)


def test_a_goodbye_hangs_up(client: TestClient, store: Store) -> None:
    with client.websocket_connect("/telephony/twilio/media") as socket:
        twilio = Twilio(socket, ticket_in(ask(client, "voice")))
        twilio.hears("media")
        twilio.sends(key("#"))
        assert twilio.hears_until_the_end() == 1000
    assert ask(client, "next").text.endswith("<Response><Hangup /></Response>")


def test_a_caller_who_hangs_up_has_hung_up(client: TestClient, store: Store) -> None:
    with client.websocket_connect("/telephony/twilio/media") as socket:
        twilio = Twilio(socket, ticket_in(ask(client, "voice")))
        twilio.hears("media")
        twilio.sends(STOP)
        twilio.hears_until_the_end()
        assert ended_call(store).cause == "caller"


@pytest.mark.parametrize("first", [start("forged"), SILENCE, key("0"), STOP, "{"])
def test_a_stream_without_a_ticket_is_closed(client: TestClient, store: Store, first: str) -> None:
    ask(client, "voice")
    with client.websocket_connect("/telephony/twilio/media") as socket:
        socket.send_text(CONNECTED)
        socket.send_text(first)
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code != 1000
    with store.reading() as unit:
        assert unit.session.query(CallRow).count() == 0


def test_whom_the_operator_does_not_answer_comes_back_to_us_once(client: TestClient, app: FastAPI) -> None:
    again = ask(client, "next", DialCallStatus="no-answer")
    assert asyncio.run(app.state.parts.expected_calls.admit(ticket_in(again))) == CallStarted(
        CALL, "13900001234", "nobody"
    )
    assert f'<Connect action="{PUBLIC}/telephony/twilio/next?after=nobody">' in again.text
    assert "<Hangup />" in ask(client, "next?after=nobody").text, "nobody there, and we are not there either"
    asyncio.run(app.state.parts.expected_calls.order(CALL, Next("operator")))
    assert "<Dial" in ask(client, "next?after=nobody").text, "whoever asks for a person again gets another try"


def test_a_call_that_we_lost_reaches_the_operator(client: TestClient) -> None:
    assert "<Dial" in ask(client, "next").text


def test_where_no_operator_has_a_number_we_offer_to_call_back(client: TestClient, app: FastAPI) -> None:
    app.state.parts.settings.twilio_operator = ""
    asyncio.run(app.state.parts.expected_calls.order(CALL, Next("operator")))
    again = ask(client, "next")
    assert asyncio.run(app.state.parts.expected_calls.admit(ticket_in(again))).news == "nobody"
    assert "<Hangup />" in ask(client, "next?after=nobody").text


def test_a_full_house_speaks_to_whom_no_person_answered_and_hangs_up(
    client: TestClient, app: FastAPI, store: Store
) -> None:
    app.state.parts.capacity.busy = app.state.parts.settings.calls_served
    ticket = ticket_in(ask(client, "next", DialCallStatus="no-answer"))
    with client.websocket_connect("/telephony/twilio/media") as socket:
        twilio = Twilio(socket, ticket)
        twilio.hears("media")
        twilio.hears_until_the_end()
    assert "<Hangup />" in ask(client, "next?after=nobody").text
    with store.reading() as unit:
        assert unit.session.query(CallRow).count() == 0
