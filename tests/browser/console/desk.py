"""A member of staff in a real browser, and what waits for them; counts what they press and click."""

from dataclasses import dataclass

from bot import wiring
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import conversations
from bot.services.learning import review
from bot.store.store import Store
from bot.turns import Reply, State, Turn
from tests.browser.console.console_page import ConsolePage


@dataclass
class Desk(ConsolePage):
    """Everything that is done is counted; writing some words is not, as in the list of clicks of docs/staff.md."""

    counted: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.counted += 1
            self.page.keyboard.press(key)

    def click(self, selector: str) -> None:
        self.counted += 1
        self.page.locator(f"{selector} >> visible=true").first.click()

    def choose(self, page: str) -> None:
        """From the menu, and wait until it is there."""
        self.click(f".menu.wide a[href='/staff/{page}']")
        self.page.wait_for_url(f"**/staff/{page}*")

    def write(self, text: str) -> None:
        self.page.keyboard.insert_text(text)


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
