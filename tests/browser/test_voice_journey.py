"""A meal booked by voice: Chromium's fake microphone plays a caller's voice, and the real assistant hears and answers.

Chromium plays one file from the moment when the microphone opens, so each turn has a browser of its own; the page
remembers the conversation, and its storage is carried from one to the next.
"""

import json
import wave
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, StorageState, expect

from bot.operation.own import OwnLinyu
from bot.services import bookings
from bot.speech.interface import EARS_HZ
from evaluation.hearing.callers import Callers
from tests.browser.conftest import launch
from tests.browser.voice_page import LOUDSPEAKER, fake_microphone
from tests.processes.running import store_of

pytestmark = pytest.mark.browser

SLOW_MS = 60_000
"""A real assistant on a busy machine."""
MOST_TURNS = 12
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


def test_a_resident_books_a_meal_by_voice(
    playwright: Playwright, linyu: OwnLinyu, tmp_path: Path, screenshots: Path
) -> None:
    callers = Callers(tmp_path / "callers")
    state: StorageState | None = None
    awaiting: str | None = None
    asked: list[str | None] = []
    number = ""
    for turn in range(MOST_TURNS):
        asked_again = asked.count(awaiting)
        asked.append(awaiting)
        _, voice = callers.say(ANSWERS[awaiting], "zh", 1 + asked_again, slowly=asked_again > 0)
        file = file_for_the_microphone(tmp_path / f"{turn}.wav", voice)
        browser = launch(playwright, *fake_microphone(file))
        context = browser.new_context(storage_state=state, viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.add_init_script(LOUDSPEAKER)
        line = Line()
        page.on("websocket", lambda socket, line=line: socket.on("framereceived", line.take))
        page.goto(linyu.url)
        if state is None:
            page.click("#agree")
        expect(page.locator(".from-linyu").first).to_be_visible(timeout=SLOW_MS)
        before = page.locator(".heard").count()
        page.click("#mic")
        if state is None:
            page.click("#voice-consent .primary")
        expect(page.locator(".heard")).to_have_count(before + 1, timeout=SLOW_MS)
        expect(page.locator("#mic")).to_have_attribute("data-state", "speaking", timeout=SLOW_MS)
        for _ in range(100):
            if page.evaluate("window.loudness() > 0.02"):
                break
            page.wait_for_timeout(50)
        else:
            raise AssertionError("the reply never sounded")
        assert page.locator(".spoken-now").count() > 0
        page.screenshot(path=screenshots / f"voice-journey-{turn + 1}.png")
        assert loudest(bytes(line.sound)) > 2000
        awaiting = line.turns[-1]["state"]["awaiting"]
        state = context.storage_state()
        card = page.locator(".card-booking .number")
        if card.count() > 0:
            number = card.last.inner_text()
            with page.expect_response("**/speech?*", timeout=SLOW_MS) as fetched:
                page.click("#repeat" if page.locator("#repeat").is_visible() else ".read >> nth=-1")
                if page.locator("#repeat").is_visible():
                    page.click("#repeat")
            assert fetched.value.headers["content-type"].startswith("audio/wav")
        browser.close()
        if number:
            break
    assert number, f"not booked after {MOST_TURNS} turns"
    booked = bookings.get(store_of(linyu), number)
    assert (booked.state, booked.party, booked.phone_tail) == ("confirmed", 1, PHONE_TAIL)
