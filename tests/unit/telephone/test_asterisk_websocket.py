"""Asterisk's messages, as recorded from Asterisk 22.10, and ours."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.telephone.line import BadMessage, CallAudio, CallStarted, KeyPressed, MarkPlayed, PlayMark, Xoff, Xon
from api.telephone.media import may_enter
from api.telephone.providers import asterisk_websocket

pytestmark = pytest.mark.unit
START = (
    '{"event":"MEDIA_START","connection_id":"assistant","channel":"WebSocket/assistant/0x7f5a8c004f80",'
    '"channel_id":"1795473419.1","format":"slin","optimal_frame_size":320,"ptime":20,"channel_variables":'
    '{"MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE":"320","__LINYU_NEWS":"new","__LINYU_CALLER":"13900001234",'
    '"__LINYU_CALL":"1795473419.0"}}'
)


def test_the_start_names_the_call_and_the_caller() -> None:
    assert asterisk_websocket.read(START) == CallStarted("1795473419.0", "13900001234", "new", "")


@pytest.mark.parametrize("shown", ["anonymous", "", "unknown", "+"])
def test_a_withheld_number_is_no_number(shown: str) -> None:
    started = asterisk_websocket.read(START.replace("13900001234", shown))
    assert isinstance(started, CallStarted)
    assert started.caller is None


def test_another_rate_is_refused() -> None:
    with pytest.raises(BadMessage):
        asterisk_websocket.read(START.replace('"slin"', '"slin16"'))


@pytest.mark.parametrize(
    ("message", "event"),
    [
        ('{"event":"DTMF_END","channel_id":"1","digit":"#"}', KeyPressed("#")),
        ('{"event":"MEDIA_XOFF","channel_id":"1"}', Xoff()),
        ('{"event":"MEDIA_XON","channel_id":"1"}', Xon()),
        ('{"event":"MEDIA_MARK_PROCESSED","correlation_id":"a"}', MarkPlayed("a")),
        ('{"event":"QUEUE_DRAINED"}', None),
        ('{"event":"DTMF_END","digit":[]}', None),
        ('{"event":"DTMF_END","digit":"12"}', None),
        (b"\1\2\3", CallAudio(b"\1\2")),
    ],
)
def test_messages_are_events(message: str | bytes, event: object) -> None:
    assert asterisk_websocket.read(message) == event


def test_a_mark_is_a_command() -> None:
    assert json.loads(asterisk_websocket.write(PlayMark("a"))) == {"command": "MARK_MEDIA", "correlation_id": "a"}


@pytest.mark.parametrize("message", ["", "{", "[]", "7", "[" * 5000, "x" * 70_000, b"\0" * 70_000])
def test_nonsense_is_refused_without_repeating_it(message: str | bytes) -> None:
    with pytest.raises(BadMessage) as caught:
        asterisk_websocket.read(message)
    assert re.fullmatch("[a-z JSON]+", str(caught.value))


@given(st.one_of(st.text(), st.binary(), st.dictionaries(st.text(), st.text()).map(json.dumps)))
def test_whatever_comes_is_an_event_or_refused(message: str | bytes) -> None:
    try:
        asterisk_websocket.read(message)
    except BadMessage:
        return


def test_only_the_secret_opens_the_route() -> None:
    assert may_enter("Basic YXN0ZXJpc2s6c2VjcmV0", "secret")
    for wrong in ("", "Basic", "Basic YXN0ZXJpc2s6d3Jvbmc=", "Bearer secret", "秘密"):
        assert not may_enter(wrong, "secret")
