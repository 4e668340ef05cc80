"""The dashboard and the monthly report: every figure is what was counted, on the page, as a picture, a table and a PDF."""

import io
from datetime import date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from bot import wiring
from bot.services.audit import audit
from bot.services.audit.audit import AuditFilter
from bot.services.figures import charts, figures
from bot.services.figures.figures import Period, Plot
from bot.services.kernel.deadlines import Targets
from bot.store.cases.tables import Case, CaseEvent
from bot.store.conversations.tables import Call, Conversation, Rating, Turn
from bot.store.handover.tables import Handover
from bot.store.store import Store
from tests.staff import StaffClient, enter

pytestmark = pytest.mark.api

HOUR = timedelta(hours=1)


def talk(store: Store, opened: datetime, *turns: tuple[str, float], channel: str = "web", elder: bool = False) -> str:
    """A conversation in which these goals were heard, this surely. Gives its id."""
    conversation_id = f"{channel}-{opened.isoformat()}-{len(turns)}"
    with store.unit() as unit:
        unit.add(
            Conversation(
                id=conversation_id,
                token_hash="",
                channel=channel,
                episode=0,
                opened=opened,
                last_seen=opened,
                elder=elder,
            )
        )
        unit.flush()
        for n, (goal, confidence) in enumerate(turns):
            unit.add(
                Turn(
                    id=f"{conversation_id}-{n}", conversation_id=conversation_id, client_message_id=str(n), seq=n,
                    text="说的话", masked_text="说的话", goal=goal, confidence=confidence, received=opened, answered=opened,
                )
            )  # fmt: skip
        unit.commit()
    return conversation_id


def add(store: Store, *rows: object) -> None:
    with store.unit() as unit:
        for row in rows:
            unit.add(row)
        unit.commit()


def handed_over(number: str, conversation_id: str, asked: datetime, claimed: datetime | None) -> Handover:
    return Handover(
        number=number, conversation_id=conversation_id, reason="要人工", state="open", channel="web", language="zh",
        asked=asked, claimed=claimed,
    )  # fmt: skip


def filed(
    number: str, at: datetime, taken: datetime | None, answered: datetime | None, score: int | None = None
) -> Case:
    row = Case(
        number=number, category="noise", state="filed", place="某处", text="太吵", anonymous=True, conversation_id="",
        channel="web", language="zh", filed=at, respond_by=at, settle_by=at, escalated=False, satisfaction=score,
    )  # fmt: skip
    done = {"handling": taken, "answered": answered, "rated": answered if score else None}
    row.events = [CaseEvent(at=when, actor="staff", action=action) for action, when in done.items() if when]
    return row


def plot_of(store: Store, name: str, now: datetime, days: int = 10) -> Plot:
    period = Period(now.date() - timedelta(days=days - 1), now.date())
    return next(one for one in figures.plots(store, period, now, targets=Targets()) if one.name == name)


@pytest.fixture
def now() -> datetime:
    return wiring.now().replace(hour=20)


def test_calls_and_chats_are_counted_on_their_day(store: Store, now: datetime) -> None:
    talk(store, now, ("greet", 0.9))
    talk(store, now - 48 * HOUR, ("greet", 0.9))
    talk(store, now - HOUR)  # opened, nothing said
    add(
        store,
        Call(id="c", conversation_id="", provider="asterisk", provider_call="1", direction="in", started=now),
        Call(id="d", conversation_id="", provider="asterisk", provider_call="2", direction="out", started=now),
    )
    plot = plot_of(store, "traffic", now)
    chats, calls = plot.series
    assert (chats.values[-1], chats.values[-3], sum(v or 0 for v in chats.values)) == (1, 1, 2)
    assert (calls.values[-1], plot.whole) == (1, 3)


def test_understood_is_sure_enough_and_within_scope(store: Store, now: datetime) -> None:
    talk(store, now, ("greet", 0.9), ("book_service", 0.2), ("out_of_scope", 0.99), ("inform", 0.35))
    plot = plot_of(store, "understood", now)
    assert (plot.whole, plot.base, plot.series[0].values[-1], plot.series[0].values[0]) == (50.0, 4, 50.0, None)


def test_a_wish_for_a_person_counts_its_conversation_once(store: Store, now: datetime) -> None:
    one = talk(store, now, ("human_agent", 0.9))
    talk(store, now - HOUR, ("greet", 0.9))
    add(store, handed_over("1", one, now, None), handed_over("2", one, now, now + HOUR / 2))
    assert plot_of(store, "handover", now).whole == 50.0
    waiting = plot_of(store, "waiting", now)
    assert (waiting.whole, waiting.base) == (30.0, 1)


def test_only_cases_whose_time_is_over_or_that_are_done_are_held_against_the_target(
    store: Store, now: datetime
) -> None:
    before = now - 120 * HOUR
    add(
        store,
        filed("1", before, before + 23 * HOUR, before + 71 * HOUR, 5),
        filed("2", before, before + 25 * HOUR, None),
        filed("3", before, None, None),
        filed("4", now - HOUR, None, None),  # still has time
    )
    answered, settled = plot_of(store, "answered", now), plot_of(store, "settled", now)
    assert (answered.whole, answered.base, answered.reached) == (33.3, 3, False)
    assert (settled.whole, settled.base) == (33.3, 3)
    assert answered.target
    assert answered.target.section == "3.2"


def test_satisfaction_joins_conversations_and_cases(store: Store, now: datetime) -> None:
    add(store, Rating(conversation_id="x", score=4, at=now), Rating(conversation_id="x", score=1, at=now))
    add(store, filed("1", now, now, now, 5), filed("2", now, now, now, 3))
    plot = plot_of(store, "satisfaction", now)
    assert (plot.whole, plot.base, plot.reached) == (50.0, 4, False)


def test_phone_elder_mode_and_slow_speech_count_as_made_for_the_elderly(store: Store, now: datetime) -> None:
    talk(store, now, ("greet", 0.9), channel="phone")
    talk(store, now, ("greet", 0.9), elder=True)
    talk(store, now - HOUR, ("greet", 0.9))
    plot = plot_of(store, "elderly", now)
    assert plot.target is not None
    assert (plot.whole, plot.target.value, plot.reached) == (66.7, 60, True)


def test_the_page_says_that_it_is_in_elder_mode(client: TestClient, store: Store) -> None:
    opened = client.post("/api/v1/conversations", json={"channel": "web", "language": "zh"}).json()
    path, headers = (
        f"/api/v1/conversations/{opened['conversation_id']}/messages",
        {"Authorization": f"Bearer {opened['token']}"},
    )
    client.post(path, json={"text": "你好", "client_message_id": "1", "elder": True}, headers=headers)
    assert plot_of(store, "elderly", wiring.now()).whole == 100.0


def test_a_long_time_is_shown_by_months() -> None:
    assert Period(date(2026, 1, 30), date(2026, 4, 2)).labels == ("2026-01", "2026-02", "2026-03", "2026-04")


def test_every_figure_is_a_picture_and_a_table_on_the_page(client: TestClient, store: Store) -> None:
    talk(store, wiring.now(), ("greet", 0.9), ("ask_policy", 0.9))
    staff = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    shown = staff.get("/staff/dashboard")
    assert shown.status_code == 200
    assert shown.text.count('class="plot"') == len(figures.NAMES)
    for name in figures.NAMES:
        picture = staff.get(f"/staff/dashboard/{name}.svg")
        assert picture.headers["content-type"].startswith("image/svg+xml")
        assert picture.content.startswith(b"<?xml")
        assert b"<script" not in picture.content
        assert staff.get(f"/staff/dashboard/{name}").status_code == 200
    goals = staff.get("/staff/dashboard/goals?export=csv").content.decode("utf-8-sig")
    assert "问政策" in goals or "提问" in goals
    assert "问好" not in goals  # nobody comes for a greeting


def test_nothing_counted_is_said_and_not_drawn(client: TestClient, store: Store) -> None:
    shown = (
        StaffClient(client, enter(store, "auditor", wiring.now()))
        .get("/staff/dashboard?since=2001-01-01&until=2001-01-31")
        .text
    )
    assert shown.count("这段时间没有可以统计的内容") == len(figures.NAMES)
    assert "<img" not in shown


@pytest.mark.parametrize(
    "query", ["?since=x&until=y", "?since=9999-12-31", "?since=2026-13-01", "?until=0001-01-01", "?since=1999-01-01"]
)
def test_odd_times_are_harmless(client: TestClient, store: Store, query: str) -> None:
    staff = StaffClient(client, enter(store, "auditor", wiring.now()))
    assert staff.get(f"/staff/dashboard{query}").status_code == 200
    assert staff.get(f"/staff/dashboard/traffic.svg{query}").status_code == 200
    assert staff.get(f"/api/v1/staff/dashboard{query}").status_code == 200


def test_the_monthly_report_is_a_chinese_pdf_with_every_figure_and_its_target(client: TestClient, store: Store) -> None:
    talk(store, wiring.now(), ("book_service", 0.9))
    staff, month = StaffClient(client, enter(store, "dispatcher", wiring.now())), wiring.now().strftime("%Y-%m")
    answer = staff.get(f"/staff/dashboard/report/{month}.pdf", headers={"Accept-Language": "zh-CN"})
    assert answer.headers["content-type"] == "application/pdf"
    told = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    for words in (f"邻语月报 {month}", "1日内响应", "目标90%（方案3.1）", "预约服务", "等人工的时间"):
        assert words in told
    entries = [entry.action for entry in audit.found(store, AuditFilter(action="report"))]
    assert entries == ["report.download"]
    assert staff.get(f"/api/v1/staff/reports/{month}").content.startswith(b"%PDF")


@pytest.mark.parametrize("month", ["2026-13", "none", "2199-01", "20261", "2026-1"])
def test_a_month_that_is_none_has_no_report(client: TestClient, store: Store, month: str) -> None:
    staff = StaffClient(client, enter(store, "dispatcher", wiring.now()))
    assert staff.get(f"/staff/dashboard/report/{month}.pdf").status_code == 404
    assert staff.get(f"/api/v1/staff/reports/{month}").status_code == 404


def test_axes_end_at_a_round_number_above_the_highest_bar() -> None:
    for most in (0, 1, 4, 5, 39, 40, 41, 999, 12345):
        plot = Plot("traffic", "count", ("a",), (figures.Series("chats", (most,)),), most, most)
        top = charts.top(plot)
        assert top >= most
        assert top % 4 == 0
