"""What work is wanted, out of the words."""

import pytest

from bot.services.jobs.trades import Trades, read_trades
from bot.services.jobs.wish import Wish, posting_in, read_wish, refined
from bot.settings import ROOT


@pytest.fixture(scope="module")
def trades() -> Trades:
    return read_trades(ROOT / "data" / "jobs" / "trades.yml")


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        (
            "有没有电焊工的活，包吃住，五千以上，不要夜班",
            Wish(trade="welder", pay_from=5000, no_nights=True, lodging=True, meals=True),
        ),
        ("我想找个工作", Wish()),
        ("不要夜班的", Wish(no_nights=True)),
        ("夜班我上不了", Wish(no_nights=True)),
        ("想上夜班", Wish(shift="night")),
        ("要长白班的普工", Wish(trade="production", shift="day")),
        ("一个月四千五左右的", Wish(pay_from=4500)),
        ("月薪一万二的司机", Wish(trade="driver", pay_from=12000)),
        ("6千以上", Wish(pay_from=6000)),
        ("我四十五岁，想扫地", Wish(trade="cleaner")),
        ("东风社区有没有保洁", Wish(trade="cleaner", place="东风社区")),
        ("不包住也行", Wish()),
        ("welding jobs with a dormitory, at least 5000", Wish(trade="welder", pay_from=5000, lodging=True)),
        ("no night shifts please", Wish(no_nights=True)),
        ("cleaning near Xinjie", Wish(trade="cleaner", place="新街社区")),
    ],
)
def test_what_is_wanted(trades: Trades, words: str, wish: Wish) -> None:
    assert read_wish(words, trades) == wish


def test_a_wish_is_refined_by_what_is_said_next(trades: Trades) -> None:
    first = read_wish("找个普工，五千以上", trades)
    assert refined(first, read_wish("不要夜班的", trades), "不要夜班的") == Wish("production", (), 5000, "", True)
    assert refined(first, read_wish("工资多少都行", trades), "工资多少都行").pay_from is None
    assert refined(first, read_wish("那看看保洁", trades), "那看看保洁") == Wish(trade="cleaner")


def test_a_posting_is_named_by_its_number() -> None:
    assert posting_in("我要应聘305号岗位") == 305
    assert posting_in("I want to apply for job 12") == 12
    assert posting_in("show me job number 12 please") == 12


@pytest.mark.parametrize(
    "words",
    [
        "找个12号能上班的",
        "我这个月15号工作就到期了",
        "我12号工作日有空",
        "find me a job 5000 a month",
        "a job 5000 yuan or more",
        "a job 200 per day",
    ],
)
def test_a_day_and_a_pay_are_no_posting(words: str) -> None:
    assert posting_in(words) is None
