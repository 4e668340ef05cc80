"""What the exchange lets callers do, tried with SIP messages written by hand and with softphones."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import state_folder
from bot.outbound.ari import Ari
from bot.services.conversations import calls
from bot.settings import Settings
from evaluation.telephone.exchange import running_asterisk, telephone_settings
from evaluation.telephone.softphone import Softphone
from tests.telephone.light_office import ANNOUNCED_HZ, LightOffice, hertz_of, key_tones, light_office, until
from tests.telephone.raw_sip import RawSip

pytestmark = pytest.mark.telephone
HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"
PHONE = "13900001234"
CLAIMED = ("local", "operator", "trunk", PHONE)


@pytest.fixture(scope="module", params=["", "127.0.0.9:5099"], ids=["no trunk", "a trunk"])
def exchange(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("exchange")
    settings = telephone_settings(folder).model_copy(update={"sip_trunk": request.param, "sip_operator": ""})
    with running_asterisk(settings):
        time.sleep(1)  # the last modules
        yield settings


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LightOffice]:
    with light_office(tmp_path) as office:
        yield office


def test_no_name_opens_the_exchange_to_somebody_elsewhere(exchange: Settings) -> None:
    for name in CLAIMED:
        with RawSip(exchange.sip_port, ELSEWHERE) as stranger:
            assert stranger.invite(name) == 401, name


def test_nobody_registers_without_the_password_wherever_they_are(exchange: Settings) -> None:
    for address in (HERE, ELSEWHERE):
        for name in CLAIMED:
            for password in (None, "wrong"):
                with RawSip(exchange.sip_port, address) as stranger:
                    assert stranger.register(name, password) in (401, 403, 404), (address, name)


def test_the_operator_registers_with_the_password(exchange: Settings) -> None:
    with RawSip(exchange.sip_port, ELSEWHERE) as operator:
        assert operator.register("operator", state_folder.sip_password(exchange)) == 200


def test_nobody_registers_under_another_name_with_the_password(exchange: Settings) -> None:
    with RawSip(exchange.sip_port, HERE) as stranger:
        assert stranger.register("trunk", state_folder.sip_password(exchange)) != 200


def test_with_a_trunk_nobody_on_this_machine_calls_past_it(exchange: Settings) -> None:
    with RawSip(exchange.sip_port, HERE) as stranger:
        assert stranger.invite(PHONE) == (401 if exchange.sip_trunk else 200)


def test_a_number_that_is_dialled_reaches_the_assistant_and_never_an_outside_line(office: LightOffice) -> None:
    with Softphone("beyond", office.folder) as beyond, Softphone(PHONE, office.folder) as caller:
        caller.call(f"sip:+8613800000000@127.0.0.1:{office.settings.sip_port}")
        caller.hear_speech(0.5)
        assert [call.direction for call in office.calls()] == ["in"]
        assert not [event for event in beyond.events if event["event"] == "ringing"]


def test_a_transfer_is_refused_and_the_call_goes_on(office: LightOffice) -> None:
    with Softphone(PHONE, office.folder) as caller:
        caller.call(office.address)
        caller.hear_speech(0.5)
        caller.transfer(office.address)
        time.sleep(3)
        assert not [event for event in caller.events if event["event"] == "transfer" and event["code"] < 300]
        assert not [event for event in caller.events if event.get("state") == "DISCONNECTED"]
        assert (len(office.calls()), office.parts.capacity.busy) == (1, 1)
        assert office.handovers() == []


def test_keys_are_understood_as_tones_where_the_caller_offers_no_key_events(office: LightOffice) -> None:
    with (
        Softphone("operator", office.folder, registers=office.exchange) as operator,
        Softphone(PHONE, office.folder, offers_keys=False) as caller,
    ):
        caller.call(office.address)
        caller.hear_speech(0.3)
        caller.play(key_tones(office.folder, "0"))
        operator.wait_for_state("CONFIRMED")
        assert "key" in office.events()
        caller.hang_up()


def test_a_held_call_is_silent_and_goes_on_where_it_was(office: LightOffice) -> None:
    with Softphone(PHONE, office.folder) as caller:
        caller.call(office.address)
        caller.hear_speech(0.3)
        caller.hold()
        until(lambda: "held" in office.events())
        time.sleep(1)
        before = caller.heard_seconds()
        time.sleep(2)
        assert caller.heard_seconds() == before
        caller.resume()
        until(lambda: "heard" in office.events())
        assert office.events() == ["held", "back", "heard"]


def test_all_operators_ring_together_and_a_stale_one_does_not_swallow_the_call(office: LightOffice) -> None:
    host, password = office.exchange
    with RawSip(office.settings.sip_port) as gone:
        assert gone.register("operator", password) == 200
    with (
        Softphone("operator", office.folder, registers=(host, password), answers=False) as first,
        Softphone("operator", office.folder, registers=(host, password)) as second,
        Softphone(PHONE, office.folder) as caller,
    ):
        caller.call(office.address)
        time.sleep(1)
        caller.press("0")
        first.wait_for(lambda event: event["event"] == "ringing")
        second.wait_for_state("CONFIRMED")
        first.wait_for_state("DISCONNECTED")
        caller.hang_up()


def test_a_caller_who_hangs_up_while_it_rings_is_found_with_the_number(office: LightOffice) -> None:
    with (
        Softphone("operator", office.folder, registers=office.exchange, answers=False) as operator,
        Softphone(PHONE, office.folder) as caller,
    ):
        caller.call(office.address)
        time.sleep(1)
        caller.press("0")
        operator.wait_for(lambda event: event["event"] == "ringing")
        caller.hang_up()
        until(lambda: "left_while_ringing" in office.events())
        (record,) = office.handovers()
        assert (record.state, record.phone) == ("open", PHONE)


def test_a_call_of_ours_hands_over_to_the_operator(office: LightOffice) -> None:
    ari = Ari(office.settings.ari_port, state_folder.telephone_secret(office.settings))
    with (
        Softphone("operator", office.folder, registers=office.exchange) as operator,
        Softphone("local", office.folder, registers=office.exchange) as resident,
    ):
        variables = {"__LINYU_CALLER": PHONE, "__LINYU_TASK": f"reminder {office.book(PHONE)}"}
        ari.place_call(f"PJSIP/{PHONE}@local", "linyu", variables)
        resident.wait_for_state("CONFIRMED")
        time.sleep(0.5)
        resident.press("0")
        operator.wait_for_state("CONFIRMED")
        ringing = operator.wait_for(lambda event: event["event"] == "ringing")
        assert f"Linyu {office.handovers()[0].number}" in ringing["caller"]
        assert [call.direction for call in office.calls()] == ["out"]
        resident.hang_up()


def test_when_all_places_are_busy_and_nobody_answers_the_caller_hears_words(office: LightOffice) -> None:
    with Softphone(PHONE, office.folder) as caller:
        office.parts.capacity.busy = office.settings.calls_served
        caller.call(office.address)
        caller.wait_for_state("DISCONNECTED", 30)
        assert abs(hertz_of(caller) - ANNOUNCED_HZ["nobody"]) < 20


def test_a_resident_whom_we_call_while_no_place_is_free_hears_words(office: LightOffice) -> None:
    ari = Ari(office.settings.ari_port, state_folder.telephone_secret(office.settings))
    office.parts.capacity.busy = office.settings.calls_served
    with Softphone("local", office.folder, registers=office.exchange) as resident:
        ari.place_call(f"PJSIP/{PHONE}@local", "linyu", {"__LINYU_CALLER": PHONE, "__LINYU_TASK": "reminder 1"})
        resident.wait_for_state("CONFIRMED")
        resident.wait_for_state("DISCONNECTED", 30)
        assert abs(hertz_of(resident) - ANNOUNCED_HZ["later"]) < 20
    assert calls.choices(office.store, PHONE) == calls.Choices()
