"""The staff console in a fresh browser profile, with everything that a person can do on any of its pages."""

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser.pictures import take_picture

SIZES = {320: 640, 1280: 800}


@dataclass
class ConsolePage:
    """Leaving it fails when a page threw an error or broke its own policy."""

    browser: Browser
    address: str
    width: int = 1280
    token: str = ""
    """Of a session; empty is not signed in."""
    english: bool = False
    dark: bool = False
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __enter__(self) -> Self:
        self._context = self.browser.new_context(
            viewport={"width": self.width, "height": SIZES.get(self.width, 800)},
            locale="en-GB" if self.english else "zh-CN",
            color_scheme="dark" if self.dark else "light",
            reduced_motion="reduce",
            java_script_enabled=self.scripts,
        )
        if self.token:
            self._context.add_cookies(
                [{"name": "linyu_staff", "value": self.token, "url": self.address, "httpOnly": True}]
            )
        self.page = self._context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._note_broken_policy)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.close()
        assert kind or not self.faults, self.faults

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def photograph(self, path: Path) -> None:
        take_picture(self.page, path, full_page=True)

    def violations(self) -> list[str]:
        """What axe finds, and whether the page is wider than the screen."""
        found: dict[str, Any] = Axe().run(self.page).response
        wrong = [
            f"{violation['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append("the page scrolls sideways")
        return wrong

    def _note_broken_policy(self, line: ConsoleMessage) -> None:
        if "Security Policy" in line.text:
            self.faults.append(line.text)
