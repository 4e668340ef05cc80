"""Cards of proposals, points, work and guides on the chat page: elder mode, both languages, phone and desktop."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests import fakes
from tests.browser.chat_page import ChatPage
from tests.browser.test_page_accessibility import SIZES, TARGETS, violations

pytestmark = pytest.mark.browser
LONG = "活动室周末也开门，上班的人平日去不了（示例）"
CARDS: dict[str, dict[str, Any]] = {
    "proposal": {"kind": "proposal", "number": "79000005", "title": LONG, "state_words": "居民提案", "supports": 12},
    "points": {"kind": "points", "number": "40000001", "balance": 80},
    "job": {"kind": "job", "number": "", "title": "电焊工", "when": "月薪6000到8000元", "place": "东风社区"},
    "steps": {
        "kind": "steps", "number": "", "title": "子女入学", "step": 1,
        "steps": [{"title": "先办居住证", "papers": ["身份证"], "where": "派出所", "long": None, "confirm": "派出所"}],
    },
}  # fmt: skip


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
def test_axe_finds_nothing_on_their_cards(
    browser: Browser, address: str, screenshots: Path, width: int, elder: bool, english: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for kind, card in CARDS.items():
        monkeypatch.setitem(fakes.SCRIPT, kind, fakes.turn("inform", fakes.reply(f"{kind}: 好的。", card=card)))
    with ChatPage(browser, address, width, SIZES[width], english, elder) as chat:
        for kind in CARDS:
            reply = chat.say(kind)
            expect(reply.locator(f".card-{kind}")).to_be_visible()
            assert reply.locator(f".card-{kind} .card-kind").inner_text().strip(), "every card has a name"
        language = "en" if english else "zh"
        chat.photograph(screenshots / f"cards-{width}-{'elder' if elder else 'normal'}-{language}.png")
        assert violations(chat.page) == []
        small = [one for one in chat.page.evaluate(TARGETS) if min(one[1], one[2]) < 44]
        assert small == []
