"""Twilio's stream: messages as its documentation shows them, and whom it lets in."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.websockets import WebSocketState

from api.telephone.expected_calls import ExpectedCalls
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
from api.telephone.providers.twilio_stream import StreamStarted, TwilioLine
from tests.unit.telephone.twilio_script import CALL, CONNECTED, SILENCE, STOP, STREAM, key, mark, start

pytestmark = pytest.mark.telephone


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
    ticket = await expected.announce(CallStarted(CALL))
    line = TwilioLine(FakeSocket(start(ticket), mark("1"), mark("2")), expected)  # type: ignore[arg-type]
    await line.do(PlayMark("1"))
    await line.do(StopPlaying())
    await line.do(PlayMark("2"))
    assert [event async for event in line.events()] == [CallStarted(CALL), MarkPlayed("2")]


@pytest.mark.parametrize("messages", [(start("forged"),), (start("{ticket}", call="CA999"),), (start("{ticket}"),) * 2])
async def test_a_stream_needs_the_ticket_of_its_own_call_once(messages: tuple[str, ...]) -> None:
    expected = ExpectedCalls()
    ticket = await expected.announce(CallStarted(CALL))
    line = TwilioLine(FakeSocket(*(one.replace("{ticket}", ticket) for one in messages)), expected)  # type: ignore[arg-type]
    with pytest.raises(BadMessage):
        [event async for event in line.events()]
