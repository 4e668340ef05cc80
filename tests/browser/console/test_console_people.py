"""Signing in, people and audit in a real Chromium: journeys, axe, phone width, without scripts, by keyboard."""

from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from bot import wiring
from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import staff_accounts
from bot.services.staff.staff_accounts import Place
from bot.store.store import Store
from tests.browser.console.console_page import SIZES, ConsolePage
from tests.staff import enter

pytestmark = pytest.mark.browser

PASSWORD = "tall copper lantern 77"


def invite(store: Store, login: str = "zhangwei", role: str = "admin") -> str:
    invitation = staff_accounts.invite(
        store, OPERATOR, login=login, name="张伟", place=Place(role, "东风社区"), now=wiring.now()
    )
    return f"/staff/welcome/{invitation.token}"


def set_password(page: Page) -> None:
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再输入一次新密码").fill(PASSWORD)
    page.get_by_role("button", name="保存").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_invitation_to_the_next_login(browser: Browser, console: str, store: Store, scripts: bool) -> None:
    with ConsolePage(browser, console, 390, scripts=scripts) as visit:
        page = visit.open(invite(store))
        page.get_by_label("新密码", exact=True).fill("123456789012")
        page.get_by_label("再输入一次新密码").fill("123456789012")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("alert")).to_contain_text("太容易猜到")
        set_password(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("开启两步验证")
        picture = page.get_by_alt_text("二维码")
        assert picture.evaluate("image => image.complete && image.naturalWidth") if scripts else True
        secret = page.locator(".secret").inner_text()
        page.get_by_label("验证器显示的6位数字").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="继续").click()
        codes = page.locator(".codes code").all_inner_texts()
        assert len(codes) == 10
        page.get_by_role("link", name="我已抄好").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("您好，张伟")
        page.get_by_role("button", name="退出").click()
        expect(page.get_by_role("status")).to_have_text("您已退出。")
        visit.open("/staff/audit")
        page.get_by_label("账号").fill("zhangwei")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_label("验证码或恢复码").fill(codes[0])
        page.get_by_role("button", name="确认").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("审计")


def test_an_admin_invites_moves_and_disables(browser: Browser, console: str, store: Store) -> None:
    admin = enter(store, "admin", wiring.now(), name="王管理")
    with ConsolePage(browser, console, token=admin.token) as visit:
        page = visit.open("/staff/people")
        page.get_by_role("link", name="邀请一位").click()
        page.get_by_label("账号").fill("lihua")
        page.get_by_label("姓名").fill("李华")
        page.get_by_label("角色").select_option("grid_worker")
        page.get_by_role("button", name="生成邀请链接").click()
        expect(page.get_by_role("alert")).to_have_text("网格员必须填写网格。")
        expect(page.get_by_label("账号")).to_have_value("lihua")
        page.get_by_label("网格").fill("东风-03")
        page.get_by_role("button", name="生成邀请链接").click()
        assert "/staff/welcome/" in page.get_by_label("链接").input_value()
        page.get_by_role("link", name="返回").click()
        page.get_by_role("link", name="lihua").click()
        page.get_by_label("网格").fill("东风-07")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("status")).to_contain_text("已保存")
        page.get_by_role("link", name="停用").click()
        page.get_by_role("button", name="确认").click()
        expect(page.get_by_role("status")).to_have_text("已停用。")
        page.reload()
        expect(page.get_by_role("status")).to_have_count(0)
        expect(page.locator(".badge")).to_have_text("已停用")


def test_a_table_is_sorted_and_paged_by_keyboard(browser: Browser, console: str, store: Store) -> None:
    admin = enter(store, "admin", wiring.now())
    for number in range(30):
        enter(store, "editor", wiring.now(), name=f"编辑{number:02}")
    with ConsolePage(browser, console, token=admin.token) as visit:
        page = visit.open("/staff/people")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        page.get_by_role("columnheader", name="姓名").get_by_role("link").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("columnheader", name="姓名")).to_have_attribute("aria-sort", "ascending")
        page.get_by_role("link", name="下一页").focus()
        page.keyboard.press("Enter")
        expect(page.locator("tbody tr")).to_have_count(6)
        expect(page.get_by_role("navigation", name="翻页")).to_contain_text("第2页，共2页")


def test_the_audit_is_checked_and_narrowed(browser: Browser, console: str, store: Store) -> None:
    invite(store, "lihua", "editor")
    invite(store, "wangfang", "dispatcher")
    auditor = enter(store, "auditor", wiring.now())
    with ConsolePage(browser, console, token=auditor.token) as visit:
        page = visit.open("/staff/audit")
        expect(page.locator("tbody tr")).to_have_count(2)
        page.get_by_role("button", name="检查是否完整").click()
        expect(page.get_by_role("status")).to_contain_text("2条记录逐条核对")
        page.get_by_role("columnheader", name="序号").get_by_role("link").click()
        expect(page.locator("tbody tr").first).to_contain_text("邀请")
        page.get_by_label("做了什么").select_option("检查审计")
        page.get_by_role("button", name="查找").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.get_by_role("link", name="人员")).to_have_count(0)


def test_language_and_look_are_kept(browser: Browser, console: str, store: Store) -> None:
    admin = enter(store, "admin", wiring.now())
    with ConsolePage(browser, console, token=admin.token) as visit:
        page = visit.open("/staff")
        page.get_by_role("link", name="English").click()
        page.get_by_role("link", name="Dark").click()
        page.get_by_role("link", name="People").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("People")
        expect(page.locator("html")).to_have_attribute("data-look", "dark")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 26, 25)"


def test_the_menu_of_a_phone_opens_without_a_script(browser: Browser, console: str, store: Store) -> None:
    admin = enter(store, "admin", wiring.now())
    with ConsolePage(browser, console, 320, token=admin.token, scripts=False) as visit:
        page = visit.open("/staff")
        page.locator("summary").click()
        page.get_by_role("navigation").get_by_role("link", name="人员").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("人员")


def test_a_table_is_sorted_on_a_phone(browser: Browser, console: str, store: Store) -> None:
    admin = enter(store, "admin", wiring.now(), name="一")
    enter(store, "editor", wiring.now(), name="二")
    with ConsolePage(browser, console, 320, token=admin.token, scripts=False) as visit:
        page = visit.open("/staff/people")
        page.get_by_text("排序", exact=True).click()
        page.get_by_role("link", name="姓名").click()
        page.get_by_text("排序", exact=True).click()
        page.get_by_role("link", name="姓名").click()
        expect(page.locator("tbody tr").first).to_contain_text("二")
        expect(page.get_by_role("link", name="姓名 降序")).to_have_count(0)  # folded again
        expect(page.get_by_role("cell").first).to_contain_text("账号")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing(
    browser: Browser, console: str, store: Store, screenshots: Path, width: int, dark: bool
) -> None:
    admin = enter(store, "admin", wiring.now(), name="王管理", community="东风社区")
    invite(store, "lihua", "community_staff")
    name = f"console-{width}-{'dark' if dark else 'light'}"
    with ConsolePage(browser, console, width, dark=dark) as visit:
        for number, path in enumerate(("/staff/login", invite(store, "wangfang", "editor"), "/staff/welcome/none")):
            visit.open(path)
            visit.photograph(screenshots / f"{name}-door-{number}.png")
            assert visit.violations() == [], path
        set_password(visit.open(invite(store, "zhaomin", "editor")))
        visit.photograph(screenshots / f"{name}-second-factor.png")
        assert visit.violations() == []
    paths = (
        "/staff", "/staff/people", "/staff/people/invite", f"/staff/people/{admin.actor.id}",
        f"/staff/people/{admin.actor.id}/disable", "/staff/audit", "/staff/audit?actor=nobody", "/staff/account",
        "/staff/account/password", "/staff/nowhere",
    )  # fmt: skip
    with ConsolePage(browser, console, width, token=admin.token, english=dark, dark=dark) as visit:
        for number, path in enumerate(paths):
            visit.open(path)
            visit.photograph(screenshots / f"{name}-{number}.png")
            assert visit.violations() == [], path
