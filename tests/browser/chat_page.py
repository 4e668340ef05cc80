"""What a resident does on the chat page, in words that tests can use."""

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.browser.pictures import take_picture

BOX = "#message-box"
REPLIES = ".from-linyu"
OWN = ".from-resident"


@dataclass
class ChatPage:
    """The page in a fresh browser profile. Leaving it fails when the page threw an error or broke its own policy."""

    browser: Browser
    address: str
    width: int = 390
    height: int = 844
    english: bool = False
    elder: bool = False
    agreed: bool = True
    dark: bool = False
    script: str = ""
    """Runs before the page's own, to take something away from the browser or to watch it."""
    faults: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __enter__(self) -> Self:
        self._context = self.browser.new_context(
            viewport={"width": self.width, "height": self.height},
            locale="zh-CN",
            color_scheme="dark" if self.dark else "light",
            reduced_motion="reduce",
        )
        self.page = self._context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._note_broken_policy)
        self.page.clock.install()
        if self.script:
            self.page.add_init_script(self.script)
        self.page.goto(self.address)
        if self.english:
            self.page.click("#other-language")
        if self.elder:
            self.page.click("#elder")
        if self.agreed:
            self.page.click("#agree")
            expect(self.replies).to_have_count(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.close()
        assert kind or not self.faults, self.faults

    def _note_broken_policy(self, line: ConsoleMessage) -> None:
        if "Security Policy" in line.text:
            self.faults.append(line.text)

    @property
    def replies(self) -> Locator:
        return self.page.locator(REPLIES)

    @property
    def own(self) -> Locator:
        return self.page.locator(OWN)

    @property
    def status(self) -> Locator:
        return self.page.locator("#status")

    def type(self, words: str) -> None:
        """Write and press Enter, without waiting for an answer."""
        self.page.fill(BOX, words)
        self.page.press(BOX, "Enter")

    def say(self, words: str) -> Locator:
        """Write, press Enter, and give the reply."""
        before = self.replies.count()
        self.type(words)
        expect(self.replies).to_have_count(before + 1)
        return self.replies.last

    def have_a_rich_conversation(self) -> None:
        """Sources unfolded, a booking, a case being filed with its photo button, an emergency, answers to choose."""
        if self.english:
            said = ["How many elderly care beds by 2025?", "Book a meal for tomorrow noon", "Yes"]
            last = "The street lamp in Dongfeng community is dark"
        else:
            said = ["到2025年养老床位有多少？", "帮我订一份明天中午的饭", "对"]
            last = "东风社区的路灯不亮了"
        for words in [*said, "胸口疼", last]:
            self.say(words)
        self.page.click(".sources summary")

    def photograph(self, path: Path) -> None:
        """The whole conversation on one tall screen, then back to the size it had."""
        whole = self.measure("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": self.width, "height": whole})
        self.measure("window.scrollTo(0, 0)")
        take_picture(self.page, path)
        self.page.set_viewport_size({"width": self.width, "height": self.height})

    def measure(self, script: str) -> Any:
        return self.page.evaluate(script)

    def wait_until(self, script: str) -> None:
        """Ask again and again; the page's own policy forbids Playwright's wait_for_function."""
        for _ in range(100):
            if self.page.evaluate(script):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never became true: {script}")
