"""What the plan leaves open of hall and service bus is told from the office's own tables, once it has confirmed them."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.core.topics import supplement_of, topics
from actions.core.turn import Said
from actions.knowledge.knowledge import tell
from bot import wiring
from bot.services.bookings.offerings import load_demo
from bot.services.offices.hall import Hall, read_hall
from bot.services.pages.knowledge import read_page
from bot.settings import ROOT
from bot.store.store import Store

pytestmark = pytest.mark.unit
PAGES = ROOT / "data" / "knowledge"
TABLES = ROOT / "data" / "policy"
Tell = Callable[[str, Said], dict[str, object]]


def hall_in(table: Path) -> Callable[[], Hall]:
    return lambda: read_hall(table)


def confirmed(name: str, folder: Path) -> Path:
    """A table as the office leaves it when it stands behind every row."""
    file = folder / name
    file.write_text(re.sub(",yes$", ",no", (TABLES / name).read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    return file


@pytest.fixture
def told(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tell:
    """What is told where the office has confirmed its tables."""
    load_demo(sqlite_store, confirmed("offerings.csv", tmp_path))
    monkeypatch.setattr(wiring, "hall", hall_in(confirmed("hall.csv", tmp_path)))
    return teller(sqlite_store, monkeypatch)


@pytest.fixture
def told_of_examples(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Tell:
    """What is told as long as all rows are examples."""
    load_demo(sqlite_store, TABLES / "offerings.csv")
    return teller(sqlite_store, monkeypatch)


def teller(store: Store, monkeypatch: pytest.MonkeyPatch) -> Tell:
    monkeypatch.setattr(wiring, "store", lambda: store)

    def tell_page(page: str, said: Said) -> dict[str, object]:
        dispatcher = CollectingDispatcher()
        tell(read_page(PAGES / f"{page}.md"), said, dispatcher)
        message: dict[str, object] = dispatcher.messages[0]
        return message

    return tell_page


def test_every_supplement_belongs_to_a_page() -> None:
    named = {page for topic in topics().values() for page in topic.supplements}
    assert named
    assert [page for page in named if not (PAGES / f"{page}.md").exists()] == []
    assert supplement_of("meal_points_count") is None


def test_the_next_stop_in_a_community(told: Callable[..., dict[str, object]], said: Callable[..., Said]) -> None:
    message = told("mobile_bus_timetable_gap", said("流动服务车几时到老街社区"))
    text = str(message["text"])
    assert "方案没有写" in text
    assert "老街社区停靠点：下一次11月24号，星期二，上午9点到11点半之间" in text
    assert "东风社区停靠点" not in text
    assert "请带身份证" in text
    custom = message["custom"]
    assert isinstance(custom, dict)
    assert custom["sources"] == [], "the plan does not say it"
    assert "二十四" in custom["spoken"]
    assert [button["title"] for button in message["buttons"]] == ["预约流动服务车"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("服务车新街社区停不停", "zh", "新街社区还没有停靠点"),
        ("服务车星期天来不来", "zh", "没有停靠安排，下一次是"),
        ("does the bus stop in Xinjie", "en", "There is no stop in Xinjie yet."),
        ("does the bus come on Sunday", "en", "There is no stop on Sunday 29 November. Next:"),
    ],
)
def test_where_it_does_not_stop_the_next_ones_are_told(
    told: Callable[..., dict[str, object]], said: Callable[..., Said], words: str, language: str, expected: str
) -> None:
    text = str(told("mobile_bus_timetable_gap", said(words, language=language))["text"])
    assert expected in text
    assert "Laojie" in text or "老街社区停靠点" in text


def test_what_the_plan_says_of_the_bus_stays(told: Callable[..., dict[str, object]], said: Callable[..., Said]) -> None:
    message = told("mobile_bus_what", said("流动服务车是什么"))
    assert "政策咨询" in str(message["text"])
    assert "这是街道的停靠安排" in str(message["text"])
    custom = message["custom"]
    assert isinstance(custom, dict)
    assert [source["section"] for source in custom["sources"]] == ["5.2"]


def test_the_hours_of_the_day_that_was_asked(
    told: Callable[..., dict[str, object]], said: Callable[..., Said], now: datetime
) -> None:
    every = str(told("hall_opening_hours", said("大厅几点开门"))["text"])
    assert "平时（周一到周五）" in every
    assert "延时服务" in every
    assert "周末不打烊" in every
    saturday = str(told("hall_weekend", said("大厅星期六几点开门"))["text"])
    assert "上午9点到下午4点" in saturday
    assert "延时服务（周一到周五）" not in saturday
    english = str(told("hall_opening_hours", said("When does the hall close?", language="en"))["text"])
    assert "Weekdays (Monday to Friday): open between 9:00 am and 5:00 pm." in english


@pytest.mark.parametrize(
    ("page", "words", "language"),
    [
        ("hall_opening_hours", "大厅几点开门", "zh"),
        ("hall_weekend", "星期天大厅有人办事吗", "zh"),
        ("hall_opening_hours", "at what time do you close", "en"),
        ("mobile_bus_timetable_gap", "服务车下回什么时候来老街", "zh"),
        ("mobile_bus_what", "服务车是干什么的", "zh"),
        ("mobile_bus_timetable_gap", "which day does the bus come", "en"),
    ],
)
def test_an_example_is_never_told_to_a_resident(
    told_of_examples: Tell, said: Callable[..., Said], page: str, words: str, language: str
) -> None:
    message = told_of_examples(page, said(words, language=language))
    assert message["text"] == read_page(PAGES / f"{page}.md").text[language]
    assert "示例" not in str(message)


def test_a_stop_that_is_confirmed_is_told_without_those_that_are_not(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: Callable[..., Said]
) -> None:
    lines = (TABLES / "offerings.csv").read_text("utf-8").splitlines()
    lines = [line.removesuffix("yes") + "no" if line.startswith("bus-dongfeng") else line for line in lines]
    (tmp_path / "offerings.csv").write_text("\n".join(lines), "utf-8")
    load_demo(sqlite_store, tmp_path / "offerings.csv")
    text = str(teller(sqlite_store, monkeypatch)("mobile_bus_timetable_gap", said("服务车停在哪里"))["text"])
    assert "东风社区停靠点" in text
    assert "老街社区停靠点" not in text
    assert "请带" not in text, "what to bring is still an example"
