"""Twilio's messages as its documentation shows them, its signature, and one call from the first ring to the last."""

import asyncio
import base64
import json
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
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError
from starlette.testclient import WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect, WebSocketState

from api.main import create_app
from api.telephone.expected_calls import ExpectedCalls, Next
from api.telephone.line import (
    BadMessage,
    CallAudio,
    CallCommand,
    CallEnded,
    CallStarted,
    KeyPressed,
    Leave,
    MarkPlayed,
    PlayAudio,
    PlayMark,
    StopPlaying,
)
from api.telephone.providers import twilio_stream
from api.telephone.providers.twilio_door import WITHHELD, caller_of, signature
from api.telephone.providers.twilio_stream import StreamStarted, TwilioLine
from bot.settings import Settings
from bot.speech.audio.resample import decode_mulaw
from bot.store.conversations.tables import Call as CallRow
from bot.store.conversations.tables import CallEvent as EventRow
from bot.store.store import Store
from tests.speech_fakes import ScriptedEars
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import LoudVoice

pytestmark = pytest.mark.telephone
STREAM, CALL, ACCOUNT = "MZ18ad3ab5a668481ce02b83e7395059f0", "CA8c6ae3ff2f1d4a2e9c6b7f3f5c2d1e0a", "AC123"
CONNECTED = '{"event":"connected","protocol":"Call","version":"1.0.0"}'
STOP = f'{{"event":"stop","sequenceNumber":"5","stop":{{"accountSid":"{ACCOUNT}","callSid":"{CALL}"}},"streamSid":"{STREAM}"}}'
SILENCE = json.dumps(
    {
        "event": "media",
        "sequenceNumber": "3",
        "media": {
            "track": "inbound",
            "chunk": "1",
            "timestamp": "5",
            "payload": base64.b64encode(b"\xff" * 160).decode(),
        },
        "streamSid": STREAM,
    }
)
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


def start(ticket: str = "one", call: str = CALL, **changes: Any) -> str:
    format_ = {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}
    about = {
        "accountSid": ACCOUNT,
        "streamSid": STREAM,
        "callSid": call,
        "tracks": ["inbound"],
        "mediaFormat": format_,
        "customParameters": {"ticket": ticket},
    }
    return json.dumps({"event": "start", "sequenceNumber": "1", "start": about | changes, "streamSid": STREAM})


def key(digit: str) -> str:
    about = {"track": "inbound_track", "digit": digit}
    return json.dumps({"event": "dtmf", "streamSid": STREAM, "sequenceNumber": "5", "dtmf": about})


def mark(name: str) -> str:
    return json.dumps({"event": "mark", "sequenceNumber": "4", "streamSid": STREAM, "mark": {"name": name}})


# ------------------------------------------------------------ messages


@pytest.mark.parametrize(
    ("message", "event"),
    [
        (CONNECTED, None),
        (start(), StreamStarted(STREAM, CALL, "one")),
        (start(customParameters={}), StreamStarted(STREAM, CALL, "")),
        (SILENCE, CallAudio(bytes(320))),
        (SILENCE.replace('"inbound"', '"outbound"'), None),
        (key("#"), KeyPressed("#")),
        (key("A"), None),
        (mark("7"), MarkPlayed("7")),
        (STOP, CallEnded()),
        ('{"event":"something new"}', None),
    ],
)
def test_messages_are_events(message: str, event: object) -> None:
    assert twilio_stream.read(message) == event


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "{}",
        "[" * 5000,
        "x" * 70_000,
        b"\0\0",
        '{"event":"start"}',
        '{"event":"start","start":{"streamSid":1,"callSid":[]}}',
        start(mediaFormat={"encoding": "audio/x-l16", "sampleRate": 16000, "channels": 1}),
        '{"event":"media","media":{"payload":"not base64"}}',
        '{"event":"media","media":{"payload":7}}',
        '{"event":"media","media":{"payload":"多"}}',
    ],
)
def test_nonsense_is_refused_without_repeating_it(message: str | bytes) -> None:
    with pytest.raises(BadMessage) as caught:
        twilio_stream.read(message)
    assert re.fullmatch("[a-z ,JSON64]+", str(caught.value))


@given(st.one_of(st.text(), st.dictionaries(st.text(), st.text()).map(json.dumps)))
def test_whatever_comes_is_an_event_or_refused(message: str) -> None:
    try:
        twilio_stream.read(message)
    except BadMessage:
        return


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (PlayAudio(bytes(4)), {"event": "media", "streamSid": STREAM, "media": {"payload": "//8="}}),
        (PlayMark("7"), {"event": "mark", "streamSid": STREAM, "mark": {"name": "7"}}),
        (StopPlaying(), {"event": "clear", "streamSid": STREAM}),
    ],
)
def test_commands_are_messages(command: CallCommand, message: dict[str, Any]) -> None:
    assert json.loads(twilio_stream.write(command, STREAM) or "") == message
    assert twilio_stream.write(Leave(), STREAM) is None


class FakeSocket:
    """Brings what it was given, then the end."""

    application_state = WebSocketState.CONNECTED

    def __init__(self, *messages: str) -> None:
        self._messages = [{"type": "websocket.receive", "text": message} for message in messages]

    async def receive(self) -> dict[str, str]:
        return self._messages.pop(0) if self._messages else {"type": "websocket.disconnect"}

    async def send_text(self, message: str) -> None:
        """Nobody listens."""


async def test_a_mark_that_was_thrown_away_was_not_heard() -> None:
    expected = ExpectedCalls()
    ticket = expected.announce(CallStarted(CALL))
    line = TwilioLine(FakeSocket(start(ticket), mark("1"), mark("2")), expected)  # type: ignore[arg-type]
    await line.do(PlayMark("1"))
    await line.do(StopPlaying())
    await line.do(PlayMark("2"))
    assert [event async for event in line.events()] == [CallStarted(CALL), MarkPlayed("2")]


@pytest.mark.parametrize("messages", [(start("forged"),), (start("{ticket}", call="CA999"),), (start("{ticket}"),) * 2])
async def test_a_stream_needs_the_ticket_of_its_own_call_once(messages: tuple[str, ...]) -> None:
    expected = ExpectedCalls()
    ticket = expected.announce(CallStarted(CALL))
    line = TwilioLine(FakeSocket(*(one.replace("{ticket}", ticket) for one in messages)), expected)  # type: ignore[arg-type]
    with pytest.raises(BadMessage):
        [event async for event in line.events()]


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
def test_without_a_token_there_are_no_such_doors(
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
    assert app.state.parts.expected_calls.admit(ticket_in(again)) == CallStarted(CALL, "13900001234", "nobody")
    assert f'<Connect action="{PUBLIC}/telephony/twilio/next?after=nobody">' in again.text
    assert "<Hangup />" in ask(client, "next?after=nobody").text, "nobody there, and we are not there either"
    app.state.parts.expected_calls.order(CALL, Next("operator"))
    assert "<Dial" in ask(client, "next?after=nobody").text, "whoever asks for a person again gets another try"


def test_a_call_that_we_lost_reaches_the_operator(client: TestClient) -> None:
    assert "<Dial" in ask(client, "next").text


def test_where_no_operator_has_a_number_we_offer_to_call_back(client: TestClient, app: FastAPI) -> None:
    app.state.parts.settings.twilio_operator = ""
    app.state.parts.expected_calls.order(CALL, Next("operator"))
    again = ask(client, "next")
    assert app.state.parts.expected_calls.admit(ticket_in(again)).news == "nobody"
    assert "<Hangup />" in ask(client, "next?after=nobody").text
