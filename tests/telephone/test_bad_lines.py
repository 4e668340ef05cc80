"""Lines as they happen: a codec that we do not speak, sound one way only, an operator who is busy or declines."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.telephone.softphone import Softphone
from tests.telephone.light_office import LightOffice, light_office, until
from tests.telephone.raw_sip import RawSip

pytestmark = pytest.mark.telephone
PHONE = "13900001234"
NOT_ACCEPTABLE, BUSY, DECLINED, UNAVAILABLE = 488, 486, 603, 480
FOREIGN = ((96, "opus/48000/2"), (9, "G722/8000"), (18, "G729/8000"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LightOffice]:
    with light_office(tmp_path) as office:
        yield office


def test_a_codec_that_we_do_not_speak_is_refused_and_the_next_call_is_taken(office: LightOffice) -> None:
    for codec in FOREIGN:
        with RawSip(office.settings.sip_port) as stranger:
            assert stranger.invite(PHONE, sdp=stranger.sdp(codec=codec)) == NOT_ACCEPTABLE, codec[1]
    assert office.calls() == []
    with Softphone(PHONE, office.folder) as caller:
        caller.call(office.address)
        caller.hear_speech(0.5)
        caller.hang_up()


def test_who_sends_no_sound_is_spoken_to_and_listened_to_as_if_silent(office: LightOffice) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ear, RawSip(office.settings.sip_port) as caller:
        ear.bind(("127.0.0.1", 0))
        ear.settimeout(10)
        assert caller.invite(PHONE, sdp=caller.sdp(rtp_port=ear.getsockname()[1])) == 200
        packets = [ear.recv(2048) for _ in range(50)]
        assert all(len(packet) > 12 for packet in packets)
        until(lambda: [call.cause for call in office.calls()] == [None])
        assert caller.hang_up(PHONE) == 200
        until(lambda: [call.cause for call in office.calls()] == ["caller"])
    assert office.parts.capacity.busy == 0


@pytest.mark.parametrize("refuses", [BUSY, DECLINED, UNAVAILABLE])
def test_an_operator_who_is_busy_or_declines_leaves_the_caller_to_us(office: LightOffice, refuses: int) -> None:
    with (
        Softphone("operator", office.folder, registers=office.exchange, refuses=refuses),
        Softphone(PHONE, office.folder) as caller,
    ):
        caller.call(office.address)
        caller.hear_speech(0.3)
        caller.press("0")
        until(lambda: "nobody_answered" in office.events())
        (record,) = office.handovers()
        assert record.state == "open"
        caller.hear_speech(0.5)
        assert not caller.ended
        caller.hang_up()
