"""How fast is work found and taken in?

    python -m evaluation.bench.jobs --postings 50000

Makes up postings in a database of its own, imports them in files of 5,000, then one with 200 wrong rows, of which nothing may
be taken in, and searches as residents would. Aims: a search
in 150 ms at the 95th percentile, an import of 5,000 rows in 30 s. Ends with 1 when an aim is missed.
"""

import argparse
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import numpy as np

from bot import wiring
from bot.services.jobs import importing, jobs
from bot.services.jobs.trades import Trades
from bot.services.jobs.wish import Wish
from bot.services.kernel.permissions import OPERATOR
from bot.services.kernel.spreadsheets import to_csv
from bot.store.encryption import DataKeys
from bot.store.store import Store

TITLES = ("岗位", "单位", "最低工资", "最高工资", "班次", "包住", "包吃", "地点")
PLACES = ("东风社区", "新街社区", "老街社区")
EACH_FILE, WRONG_ROWS, SEARCHES = 5_000, 200, 300
AIM_MILLISECONDS, AIM_SECONDS = 150.0, 30.0
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def rows(chance: Random, trades: Trades, count: int, begin: int) -> list[tuple[str | int, ...]]:
    every = list(trades.trades.values())
    made: list[tuple[str | int, ...]] = []
    for at in range(begin, begin + count):
        pay = chance.randrange(2_500, 9_000, 100)
        shift, lodging, meals = chance.choice(["白班", "夜班", "倒班"]), chance.choice("是否"), chance.choice("是否")
        made.append(
            (
                chance.choice(every).title["zh"],
                f"第{at}厂",
                pay,
                pay + 500,
                shift,
                lodging,
                meals,
                chance.choice(PLACES),
            )
        )
    return made


def wishes(chance: Random, trades: Trades) -> list[Wish]:
    return [
        Wish(
            trade=chance.choice(["", *trades.trades]),
            pay_from=chance.choice([None, 4_000, 6_000, 8_500]),
            no_nights=chance.random() < 0.3,
            lodging=chance.random() < 0.3,
            meals=chance.random() < 0.2,
            place=chance.choice(["", *PLACES]),
        )
        for _ in range(SEARCHES)
    ]


def measure(store: Store, postings: int) -> tuple[float, float, float, int]:
    """Seconds of the slowest file; milliseconds of a search at the median and the 95th percentile; wrong rows told."""
    chance, trades, slowest = Random(1), wiring.trades(), 0.0
    for begin in range(0, postings, EACH_FILE):
        content = to_csv(TITLES, rows(chance, trades, min(EACH_FILE, postings - begin), begin))
        started = time.perf_counter()
        importing.import_file(store, OPERATOR, "jobs.csv", content, trades, NOW)
        slowest = max(slowest, time.perf_counter() - started)
    good = rows(chance, trades, EACH_FILE - WRONG_ROWS, postings)
    bad = [("普工", "", "很多", 1, "白班", "是", "是", "")] * WRONG_ROWS
    started = time.perf_counter()
    told = importing.import_file(store, OPERATOR, "jobs.csv", to_csv(TITLES, [*good, *bad]), trades, NOW)
    slowest = max(slowest, time.perf_counter() - started)
    if jobs.count_open(store, NOW.date()) != postings:
        raise SystemExit("a file with wrong rows was taken in")
    took = []
    for wish in wishes(chance, trades):
        started = time.perf_counter()
        jobs.search(store, wish, NOW.date())
        took.append((time.perf_counter() - started) * 1000)
    median, late = (float(value) for value in np.percentile(took, [50, 95]))
    return slowest, median, late, len({error.row for error in told.errors})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=50_000)
    parser.add_argument("--database", default="", help="an empty PostgreSQL; SQLite in a temporary folder without it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.database or f"sqlite:///{Path(folder) / 'linyu.db'}"
        with closing(Store(url, DataKeys([DataKeys.generate()]))) as store:
            store.migrate()
            slowest, median, late, wrong = measure(store, asked.postings)
    sys.stdout.write(
        f"{asked.postings} postings: import of {EACH_FILE} rows {slowest:.1f} s (aim {AIM_SECONDS:.0f}), "
        f"{wrong} of {WRONG_ROWS} wrong rows told; search p50 {median:.1f} ms, p95 {late:.1f} ms (aim {AIM_MILLISECONDS:.0f})\n"
    )
    if slowest > AIM_SECONDS or late > AIM_MILLISECONDS or wrong != WRONG_ROWS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
