"""News on this device: asked for in our words first, agreed to, renewed, ended; and what really arrives is shown by the browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from bot.outbound import web_push
from bot.settings import Settings
from bot.state_folder import vapid_key
from tests import fakes
from tests.browser.chat_page import ChatPage
from tests.browser.test_page_accessibility import violations
from tests.fakes import FakeOffice
from tests.push_receiver import Browser as Receiver

pytestmark = pytest.mark.browser
RECEIVER = Receiver("https://push.example")
DEVICE = json.dumps(
    {
        "endpoint": RECEIVER.device.endpoint,
        "keys": {"p256dh": RECEIVER.device.p256dh, "auth": RECEIVER.device.auth},
    }
)
OWN_PUSH_SERVICE = f"""
  // The browser's push service is not reached from here: this stands in for it, everything else is the browser's own.
  let kept = null;
  PushManager.prototype.getSubscription = async () => kept;
  PushManager.prototype.subscribe = async (options) => {{
    window.asked = options;
    kept = {{ options: {{ applicationServerKey: options.applicationServerKey.buffer }}, toJSON: () => ({DEVICE}),
             unsubscribe: async () => {{ kept = null; window.ended = true; return true; }} }};
    return kept;
  }};
  let permission = "default";
  Object.defineProperty(Notification, "permission", {{ get: () => permission }});
  Notification.requestPermission = async () => (permission = window.refuses ? "denied" : "granted");
"""


@pytest.fixture
def fake_api(fake_api: FastAPI) -> FastAPI:
    """With what the page's worker keeps; without it the worker is not installed."""
    for path in ("/offline", "/public/style.css"):
        fake_api.get(path)(lambda: "")
    return fake_api


@pytest.fixture
def offered(office: FakeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeOffice:
    office.push_key = web_push.public_key(vapid_key(Settings(state_dir=tmp_path)))
    monkeypatch.setitem(fakes.SCRIPT, "1", fakes.turn("affirm", fakes.reply("订好了。", card=fakes.BOOKED)))
    return office


@contextmanager
def booked(browser: Browser, address: str, width: int = 1280, *, script: str = "") -> Iterator[ChatPage]:
    with ChatPage(browser, address, width, script=OWN_PUSH_SERVICE + script) as chat:
        chat.say("1")
        expect(chat.page.locator(".card .number")).to_be_visible()
        yield chat


def ask(page: Page) -> None:
    page.get_by_role("button", name="有消息提醒我").click()
    expect(page.locator("#news")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_it_is_agreed_to_and_ended_again(
    browser: Browser, address: str, offered: FakeOffice, screenshots: Path, width: int, elder: bool
) -> None:
    with booked(browser, address, width) as chat:
        page = chat.page
        if elder:
            page.click("#elder")
        chat.photograph(screenshots / f"news-card-{width}-{'elder' if elder else 'usual'}.png")
        ask(page)
        expect(page.locator("#news-now")).to_have_text("现在没有开。")
        assert violations(page) == []
        chat.photograph(screenshots / f"news-{width}-{'elder' if elder else 'usual'}.png")
        assert offered.news == []
        page.click("#news-yes")
        expect(page.locator("#news-now")).to_have_text("已经开了。")
        assert offered.news == [json.loads(DEVICE)]
        assert page.evaluate("window.asked.userVisibleOnly && window.asked.applicationServerKey.length") == 65
        page.click("#news-no")
        expect(page.locator("#news-now")).to_have_text("现在没有开。")
        assert offered.news[-1] == {}
        assert page.evaluate("window.ended")


def test_who_refuses_in_the_browser_is_told_where_it_is_allowed(
    browser: Browser, address: str, offered: FakeOffice
) -> None:
    with booked(browser, address, script="window.refuses = true;") as chat:
        ask(chat.page)
        chat.page.click("#news-yes")
        expect(chat.page.locator("#news-now")).to_contain_text("在浏览器的设置里允许")
        expect(chat.page.locator("#news-yes")).to_be_hidden()
        assert offered.news == []


def test_a_new_conversation_ends_it(browser: Browser, address: str, offered: FakeOffice) -> None:
    with booked(browser, address) as chat:
        page = chat.page
        ask(page)
        page.click("#news-yes")
        expect(page.locator("#news-now")).to_have_text("已经开了。")
        page.locator("#news [data-closes]").click()
        page.click("#more > summary")
        expect(page.locator("#news-menu")).to_be_visible()
        page.click("#more [data-opens=new]")
        page.click("#start-again")
        expect(chat.status).to_contain_text("新")
        assert offered.news[-1] == {}


def test_it_is_not_offered_where_the_office_sends_none_nor_on_the_hall_s_screen(
    browser: Browser, address: str, office: FakeOffice, offered: FakeOffice
) -> None:
    with ChatPage(browser, f"{address}/kiosk", script=OWN_PUSH_SERVICE) as kiosk:
        expect(kiosk.page.locator("#news-menu")).to_be_hidden()
    office.push_key = ""
    with booked(browser, address) as chat:
        expect(chat.page.get_by_role("button", name="分享")).to_be_visible()
        expect(chat.page.get_by_role("button", name="有消息提醒我")).to_have_count(0)
        expect(chat.page.locator("#news-menu")).to_be_hidden()


def test_what_is_pushed_is_shown_by_the_service_worker(browser: Browser, address: str, offered: FakeOffice) -> None:
    """The browser's own debugger delivers the message, as a push service would."""
    context = browser.new_context(permissions=["notifications"])
    try:
        page = context.new_page()
        page.goto(address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        debugger = context.new_cdp_session(page)
        versions: list[dict[str, str]] = []
        debugger.on("ServiceWorker.workerRegistrationUpdated", lambda told: versions.extend(told["registrations"]))
        debugger.send("ServiceWorker.enable")
        for _ in range(200):  # ten seconds
            if versions:
                break
            page.wait_for_timeout(50)
        told = {
            "title": "邻语",
            "body": "您反映的事有答复了，请打开邻语看一看。",
            "language": "zh",
            "tag": "case_answered",
        }
        debugger.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": address,
                "registrationId": versions[0]["registrationId"],
                "data": json.dumps(told, ensure_ascii=False),
            },
        )
        shown = page.wait_for_function(
            """async () => {
              const [one] = await (await navigator.serviceWorker.ready).getNotifications();
              return one && { title: one.title, body: one.body, tag: one.tag, lang: one.lang };
            }"""
        ).json_value()
        assert shown == {"title": "邻语", "body": told["body"], "tag": "case_answered", "lang": "zh-CN"}
    finally:
        context.close()
