"""The pages for everybody in a real Chromium: both languages, phone and desktop, full and empty, wrong addresses, paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot import wiring
from bot.services.jobs import importing
from bot.services.kernel.permissions import Actor
from bot.services.points import honours, points, rewards, staff_points
from bot.services.points.points import VolunteerRequest
from bot.services.proposals import demo, proposals
from bot.settings import ROOT
from bot.store.store import Store
from tests.browser.console.console_page import SIZES, ConsolePage

pytestmark = pytest.mark.browser
COMMUNITY = Actor("community-1", "community_staff")
SCHOOL = "/guides/school_entry"
CHOSEN = f"{SCHOOL}?household=away&stage=primary"
PATHS = {
    "proposals": "/proposals", "proposals-answered": "/proposals?stage=answered", "jobs": "/jobs",
    "jobs-near": "/jobs?q=%E7%94%B5%E7%84%8A&pay_from=20000", "jobs-wrong": "/jobs?pay_from=abc&page=-1",
    "guides": "/guides", "guide-question": SCHOOL, "guide-steps": CHOSEN, "honours": "/honours", "figures": "/figures",
}  # fmt: skip


def fill(store: Store) -> None:
    now = wiring.now()
    demo.load(store, now)
    rewards.load(store, now)
    importing.load_demo(store, ROOT / "data" / "jobs" / "demo.csv", wiring.trades(), now)
    request = VolunteerRequest("王秀英", "13900001234", "送餐", "周末", "talk", "m", "zh", "web")
    number = points.join(store, request, now).number
    staff_points.confirm_hours(
        store, COMMUNITY, number, hours=2.5, day=now.date(), activity="送餐", now=now
    )  # fmt: skip
    honours.name_in_public(store, COMMUNITY, number, "王阿姨（示例）", agreed=True, now=now)


@pytest.mark.parametrize("english", [False, True], ids=["zh", "en"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_on_full_and_empty_pages(
    browser: Browser, console: str, store: Store, screenshots: Path, width: int, english: bool
) -> None:
    name = f"public-{width}-{'en' if english else 'zh'}"
    with ConsolePage(browser, console, width, english=english, dark=english) as visit:
        for path in ("/proposals", "/jobs", "/honours", "/figures", "/guides/none"):
            visit.open(path)
            visit.photograph(screenshots / f"{name}-empty-{path.strip('/').replace('/', '-')}.png")
            assert visit.violations() == [], path
        fill(store)
        for shown, path in PATHS.items():
            visit.open(path)
            visit.photograph(screenshots / f"{name}-{shown}.png")
            assert visit.violations() == [], path


def test_everything_works_without_scripts(browser: Browser, console: str, store: Store) -> None:
    fill(store)
    with ConsolePage(browser, console, 320, scripts=False) as visit:
        page = visit.open("/jobs")
        page.get_by_label("找什么工作").fill("电焊工")
        page.get_by_role("button").click()
        expect(page.get_by_role("heading", level=2)).to_have_text(["电焊工"])
        page = visit.open(SCHOOL)
        page.get_by_role("link", name="户口在外地").click()
        page.get_by_role("link", name="上小学").click()
        expect(page.get_by_role("heading", level=2).first).to_contain_text("居住证")
        expect(page.locator(".note")).to_contain_text("示例")
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("school enrolment")
        expect(page.get_by_role("heading", level=2).first).to_contain_text("residence permits")


def test_a_guide_goes_on_paper_with_its_steps_alone(browser: Browser, console: str, screenshots: Path) -> None:
    with ConsolePage(browser, console, 794) as visit:
        page = visit.open(CHOSEN)
        page.emulate_media(media="print")
        expect(page.locator("article").first).to_be_visible()
        for hidden in (".top", ".screen", ".skip"):
            expect(page.locator(hidden).first).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        visit.photograph(screenshots / "public-guide-on-paper.png")


def test_a_wrong_guide_is_not_found_and_the_others_are_named(browser: Browser, console: str) -> None:
    with ConsolePage(browser, console) as visit:
        answer = visit.page.goto(f"{console}/guides/none")
        assert answer is not None
        assert answer.status == 404
        expect(visit.page.get_by_role("link", name="子女入学")).to_be_visible()


def test_who_left_the_list_is_not_on_it(browser: Browser, console: str, store: Store) -> None:
    fill(store)
    [number] = [row.number for row in staff_points.lines(store, COMMUNITY)]
    with ConsolePage(browser, console, english=True) as visit:
        expect(visit.open("/honours").get_by_text("王阿姨（示例）")).to_be_visible()
        honours.name_in_public(store, COMMUNITY, number, "", agreed=False, now=wiring.now())
        expect(visit.open("/honours").get_by_text("Nobody is on the list yet.")).to_be_visible()


def test_nothing_that_is_not_published_is_on_the_page(browser: Browser, console: str, store: Store) -> None:
    request = proposals.ProposalRequest("<script>alert(1)</script>秘密", None, "talk", "m", "zh", "web")
    proposals.submit(store, request, wiring.now())
    with ConsolePage(browser, console) as visit:
        expect(visit.open("/proposals").locator("main")).not_to_contain_text("秘密")
