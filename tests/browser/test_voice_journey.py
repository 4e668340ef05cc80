"""A meal booked by voice: Chromium's fake microphone plays a caller's voice, and the real assistant hears and answers.

Chromium plays one file from the moment when the microphone opens, so each turn has a browser of its own; the page
remembers the conversation, and its storage is carried from one to the next.
"""

import io
import json
import wave
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, Route, StorageState, WebSocket, expect

from bot.operation.ephemeral_instance import EphemeralInstance
from bot.services.bookings import bookings
from bot.speech.interface import EARS_HZ
from evaluation.hearing.callers import Callers
from tests.browser.conftest import launch
from tests.browser.pictures import take_picture
from tests.browser.voice_page import LOUDSPEAKER, fake_microphone
from tests.processes.running import store_of

pytestmark = pytest.mark.browser

SLOW_MS = 60_000
"""A real assistant on a busy machine."""
MOST_TURNS = 12
FIRST_CALLER = 1
"""What has to be said again is said by the next voice, slowly."""
PHONE_TAIL = "2345"
# What the resident says to each question. Whatever was misheard is asked again, and said again.
ANSWERS = {
    None: "我想订明天中午的助餐",
    "service": "助餐",
    "date": "明天",
    "time": "中午",
    "place": "东风社区助餐点",
    "party": "一份",
    "name": "我叫王小明",
    "phone": "13755512345",
    "confirmation": "确认",
}


@dataclass
class Line:
    """What came to the page over its voice line."""

    turns: list[dict[str, Any]] = field(default_factory=list)
    sound: bytearray = field(default_factory=bytearray)

    def watch(self, socket: WebSocket) -> None:
        socket.on("framereceived", self.take)

    def take(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            self.sound += frame
        elif (event := json.loads(frame))["type"] == "turn":
            self.turns.append(event["turn"])


def file_for_the_microphone(path: Path, voice: bytes) -> Path:
    """A second of silence, the caller, and then silence for longer than the turn takes."""
    silence = bytes(2 * EARS_HZ)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(EARS_HZ)
        file.writeframes(silence + voice + silence * 60)
    return path


def loudest(pcm: bytes) -> int:
    return max(map(abs, array("h", pcm)), default=0)


def wait_for_sound(page: Page) -> None:
    for _ in range(200):
        if page.evaluate("window.loudness() > 0.02"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the reply never sounded")


def read_again(page: Page) -> None:
    """Stop, and have the last reply read from a file."""
    files: list[bytes] = []

    def pass_on(route: Route) -> None:
        answer = route.fetch()
        files.append(answer.body())
        route.fulfill(response=answer)

    page.keyboard.press("Escape")
    expect(page.locator("#mic")).to_have_attribute("data-state", "idle")
    page.route("**/speech?*", pass_on)
    with page.expect_response("**/speech?*", timeout=SLOW_MS):
        page.locator(".read").last.click()
    with wave.open(io.BytesIO(files[0])) as file:
        assert loudest(file.readframes(file.getnframes())) > 2000


def speak(page: Page, line: Line) -> None:
    """Press the button, and wait until the answer to what the microphone plays is being spoken."""
    page.click("#mic")
    if page.evaluate("localStorage.getItem('linyu.voice_consent') === null"):
        page.click("#voice-consent .primary")
    for _ in range(SLOW_MS // 100):
        if line.turns:
            break
        page.wait_for_timeout(100)
    expect(page.locator("#mic")).to_have_attribute("data-state", "speaking", timeout=SLOW_MS)
    wait_for_sound(page)
    expect(page.locator(".spoken-now")).not_to_have_count(0)
    assert loudest(bytes(line.sound)) > 2000


def test_a_resident_books_a_meal_by_voice(
    playwright: Playwright, linyu: EphemeralInstance, tmp_path: Path, screenshots: Path
) -> None:
    callers = Callers(tmp_path / "callers")
    state: StorageState | None = None
    asked: list[str | None] = [None]
    number = ""
    while not number:
        assert len(asked) <= MOST_TURNS, f"not booked; we were asked for {asked}"
        again = asked.count(asked[-1]) - 1
        _, voice = callers.say(ANSWERS[asked[-1]], "zh", FIRST_CALLER + again, slowly=again > 0)
        file = file_for_the_microphone(tmp_path / f"{len(asked)}.wav", voice)
        browser = launch(playwright, *fake_microphone(file))
        context = browser.new_context(storage_state=state, viewport={"width": 390, "height": 844})
        page, line = context.new_page(), Line()
        page.add_init_script(LOUDSPEAKER)
        page.on("websocket", line.watch)
        page.goto(linyu.url)
        if state is None:
            page.click("#agree")
        expect(page.locator(".from-linyu").first).to_be_visible(timeout=SLOW_MS)
        speak(page, line)
        take_picture(page, screenshots / f"voice-journey-{len(asked)}.png")
        asked.append(line.turns[-1]["state"]["awaiting"])
        card = page.locator(".card-booking .number")
        if card.count() > 0:
            number = card.last.inner_text()
            read_again(page)
        state = context.storage_state()
        browser.close()
    booked = bookings.get(store_of(linyu), number)
    assert (booked.state, booked.party, booked.phone_tail) == ("confirmed", 1, PHONE_TAIL)
