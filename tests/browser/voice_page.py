"""What a resident does with the microphone on the chat page, in words that tests can use."""

import wave
from array import array
from dataclasses import dataclass
from pathlib import Path
from random import Random

from playwright.sync_api import Locator, expect

from tests.browser.chat_page import ChatPage

IDLE = "点一下或按住说话"
LISTENING = "正在听，点一下结束"
HELD = "正在听，说完松手"
SPEAKING = "正在读，点一下插话"

# How loud the page is just now, at the very output.
LOUDSPEAKER = """
    const connect = AudioNode.prototype.connect;
    AudioNode.prototype.connect = function (to, ...rest) {
        if (to instanceof AudioDestinationNode) {
            window.analyser = to.context.createAnalyser();
            window.analyser.fftSize = 256;
            connect.call(this, window.analyser);
        }
        return connect.call(this, to, ...rest);
    };
    window.loudness = () => {
        if (!window.analyser) return 0;
        const samples = new Float32Array(window.analyser.fftSize);
        window.analyser.getFloatTimeDomainData(samples);
        return Math.max(...samples.map(Math.abs));
    };
    window.silentAfter = (start) => new Promise((resolve) => {
        const began = performance.now();
        start();
        const look = () => window.loudness() < 0.01 ? resolve(performance.now() - began) : setTimeout(look, 5);
        look();
    });
"""


def write_noise(path: Path, seconds: float, rate_hz: int = 48_000) -> Path:
    """A file for the fake microphone: bursts of noise, as loud as a voice."""
    random = Random(1)
    samples = array("h", (random.randint(-9000, 9000) for _ in range(rate_hz)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        for _ in range(int(seconds)):
            file.writeframes(samples.tobytes())
    return path


def fake_microphone(path: Path) -> list[str]:
    """Chromium's arguments for a microphone that plays a file once, and for a resident who allows it."""
    return [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={path}%noloop",
    ]


@dataclass
class VoicePage(ChatPage):
    """The page, and how loud it is."""

    script: str = LOUDSPEAKER

    @property
    def mic(self) -> Locator:
        return self.page.locator("#mic")

    @property
    def mic_words(self) -> Locator:
        return self.page.locator("#mic-words")

    @property
    def caption(self) -> Locator:
        return self.page.locator("#caption")

    @property
    def being_read(self) -> Locator:
        return self.page.locator(".spoken-now")

    def agree_to_record(self) -> None:
        self.page.click("#voice-consent .primary")

    def tap(self) -> None:
        """Tap the button, agree if asked, and wait until the page listens."""
        self.mic.click()
        consent, mic = "document.getElementById('voice-consent').open", "document.getElementById('mic').dataset.state"
        self.wait_until(f"{consent} || {mic} === 'listening'")
        if self.measure(consent):
            self.agree_to_record()
        expect(self.mic_words).to_have_text(LISTENING)

    def wait_for_sound(self) -> None:
        self.wait_until("window.loudness() > 0.05")

    def milliseconds_until_silent(self, do: str) -> float:
        """Run a script, and measure how long the page still sounds."""
        return float(self.page.evaluate(f"window.silentAfter(() => {{ {do} }})"))
