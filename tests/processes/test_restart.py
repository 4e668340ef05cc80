"""Processes die; what a resident said and booked does not. Real processes, killed without last words."""

import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.operation.environment import APP_BIN
from bot.operation.ephemeral_instance import (
    MANY_RESIDENTS,
    NOTHING_RENDERED_AHEAD,
    EphemeralInstance,
    ephemeral_instance,
)
from bot.services.bookings import bookings
from bot.services.conversations import conversations
from bot.settings import ROOT
from tests.conversations.resident import Resident
from tests.processes.running import PATIENCE_SECONDS, await_end, await_ready, descendants, hold, kill, pid_of, store_of

pytestmark = pytest.mark.processes
PLEASE_WAIT = "请稍等"


@pytest.fixture(scope="module")
def fragile() -> Iterator[EphemeralInstance]:
    """A Linyu of this file's own: what happens to it must not disturb other tests."""
    with ephemeral_instance({**MANY_RESIDENTS, **NOTHING_RENDERED_AHEAD}) as running:
        yield running


@pytest.fixture
def resident(fragile: EphemeralInstance) -> Iterator[Resident]:
    await_ready(fragile)
    resident = Resident(fragile.url)
    yield resident
    resident.close()


def say_patiently(resident: Resident, text: str, message_id: str) -> dict[str, Any]:
    """As the page does: the same message again while it is asked to wait. Each refusal is polite."""
    body = {"text": text, "client_message_id": message_id}
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            answer = resident.http.post(f"/conversations/{resident.id}/messages", json=body)
        except httpx.TransportError:
            time.sleep(0.5)
            continue
        if answer.status_code == httpx.codes.OK:
            resident.turn = answer.json()
            return resident.turn
        assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE, answer.text
        assert PLEASE_WAIT in answer.json()["detail"]
        time.sleep(float(answer.headers["Retry-After"]))
    raise AssertionError("never answered")


def fill_in_a_booking(resident: Resident) -> None:
    for words in ("我想订后天中午的助餐", "东风社区助餐点", "我叫赵小满", "13755512345"):
        resident.say(words)
    assert resident.turn["state"]["awaiting"] == "confirmation", resident.heard


def say_and_never_hear(resident: Resident, text: str, message_id: str) -> threading.Thread:
    """The message goes out; its answer is lost."""

    def send() -> None:
        body = {"text": text, "client_message_id": message_id}
        try:
            httpx.post(
                f"{resident.http.base_url}conversations/{resident.id}/messages",
                json=body,
                headers=resident.http.headers,
                timeout=30,
            )
        except httpx.TransportError:
            return

    sending = threading.Thread(target=send)
    sending.start()
    time.sleep(1.5)  # by now it has come as far as it can
    return sending


def said_in(resident: Resident) -> list[str]:
    turns = resident.http.get(f"/conversations/{resident.id}/messages").json()["turns"]
    return [turn["text"] for turn in turns]


@pytest.mark.parametrize("program", ["rasa", "actions"])
def test_a_form_goes_on_after_a_part_was_killed(program: str, fragile: EphemeralInstance, resident: Resident) -> None:
    resident.say("我想订后天中午的助餐")
    resident.say("东风社区助餐点")
    assert resident.turn["state"]["awaiting"] == "name"
    dead = kill(fragile, program)
    say_patiently(resident, "我叫赵小满", uuid.uuid4().hex)
    assert resident.turn["state"] == {"form": "book_service", "awaiting": "phone"}
    assert pid_of(fragile, program) != dead
    resident.say("13755512345")
    resident.say("确认")
    (booking,) = bookings.of_conversation(store_of(fragile), resident.id)
    assert (booking.number, booking.name, booking.state) == (resident.number, "赵小满", "confirmed")
    assert said_in(resident).count("我叫赵小满") == 1


def test_a_confirmed_booking_outlives_the_application(fragile: EphemeralInstance, resident: Resident) -> None:
    fill_in_a_booking(resident)
    message = uuid.uuid4().hex
    told = resident.say("确认", message)
    kill(fragile, "app")
    await_ready(fragile)
    (booking,) = bookings.of_conversation(store_of(fragile), resident.id)
    assert (booking.number, booking.state) == (resident.number, "confirmed")
    assert resident.say("确认", message) == told
    assert len(bookings.of_conversation(store_of(fragile), resident.id)) == 1


def test_a_turn_that_died_with_its_action_wrote_nothing_and_can_be_sent_again(
    fragile: EphemeralInstance, resident: Resident
) -> None:
    fill_in_a_booking(resident)
    message = uuid.uuid4().hex
    hold(fragile, "actions")
    sending = say_and_never_hear(resident, "确认", message)
    kill(fragile, "app")
    kill(fragile, "actions")
    assert bookings.of_conversation(store_of(fragile), resident.id) == []
    last = conversations.last_turn(store_of(fragile), resident.id)
    assert last is not None
    assert last.state.awaiting == "confirmation"
    sending.join()
    await_ready(fragile)
    say_patiently(resident, "确认", message)
    (booking,) = bookings.of_conversation(store_of(fragile), resident.id)
    assert (booking.number, booking.state) == (resident.number, "confirmed")
    assert said_in(resident).count("确认") == 1


def test_a_booking_made_while_the_application_died_is_not_made_again(
    fragile: EphemeralInstance, resident: Resident
) -> None:
    fill_in_a_booking(resident)
    message = uuid.uuid4().hex
    rasa = hold(fragile, "rasa")
    sending = say_and_never_hear(resident, "确认", message)
    kill(fragile, "app")
    os.kill(rasa, signal.SIGCONT)  # it finishes the turn, and nobody hears its answer
    sending.join()
    await_ready(fragile)
    say_patiently(resident, "确认", message)
    (booking,) = bookings.of_conversation(store_of(fragile), resident.id)
    assert (booking.number, booking.state) == (resident.number, "confirmed")
    assert said_in(resident).count("确认") == 1


def test_ctrl_c_and_sigterm_leave_no_orphan_and_a_second_start_does_not_train(fragile: EphemeralInstance) -> None:
    await_ready(fragile)
    # A test run in the background may ignore Ctrl-C, and its children would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    again = fragile.state_dir / "again.out"
    end(fragile.process, signal.SIGTERM)
    with again.open("wb") as out:
        second = subprocess.Popen(
            [str(APP_BIN / "linyu"), "serve"], cwd=ROOT, env=fragile.environment, stdout=out, stderr=out
        )
    try:
        await_ready(fragile)
        end(second, signal.SIGINT)
    finally:
        second.terminate()
        second.wait(40)
    assert "up to date" in again.read_text()
    assert "training" not in again.read_text()


def end(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """Everything that it started has ended when it has."""
    started = descendants(process.pid)
    assert len(started) >= 5, "the supervisor, Rasa, actions, application and worker"
    process.send_signal(sign)
    process.wait(40)
    for pid in started:
        await_end(pid)
