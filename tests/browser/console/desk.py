"""A member of staff in a real browser, signed in, and what waits for them; counts what they press and click."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bot import wiring
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.learning import review
from bot.store.store import Store
from bot.turns import Reply, State, Turn
from tests.staff import enter

SIZES = {"phone": {"width": 375, "height": 740}, "desk": {"width": 1280, "height": 800}}


class Desk:
    """One person at one screen. Everything they do to it is counted; typing of words is one."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.counted = page, address, 0

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.counted += 1
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.counted += 1
        self.page.keyboard.insert_text(text)

    def violations(self) -> list[str]:
        found: dict[str, Any] = Axe().run(self.page).response
        return [
            f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def goes_sideways(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@contextmanager
def desk(
    browser: Browser, console: str, store: Store, role: str, *, size: str = "desk", english: bool = False
) -> Iterator[Desk]:
    signed = enter(store, role, wiring.now())
    context: BrowserContext = browser.new_context(viewport=SIZES[size], locale="en-GB" if english else "zh-CN")  # type: ignore[arg-type]
    context.add_cookies([{"name": "linyu_staff", "value": signed.token, "url": console}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield Desk(page, console)
    context.close()


def complaint(store: Store, text: str, category: str = "noise") -> str:
    request = ComplaintRequest(
        category, "东风社区三栋", text, False, "李建国", "13812345678", f"talk-{text}", "m", "zh", "web"
    )
    return cases.file_case(store, request, wiring.now(), targets=wiring.targets()).number


def turn(store: Store, text: str, goal: str, confidence: float) -> str:
    """A resident's sentence in a conversation of its own, as it was understood; its id."""
    now = wiring.now()
    opened = conversations.open_conversation(store, channel="web", language="zh", now=now)
    masked = review.mask(text)
    received = conversations.receive(store, opened.id, "m", text, masked, now)
    said = Turn(received.turn_id, goal, confidence, (Reply("不清楚。", "不清楚。"),), State())
    conversations.complete(
        store, said, opened.id, language="zh", topic=None, episode=0, masked=masked, milliseconds=1, now=now
    )
    return said.turn_id
