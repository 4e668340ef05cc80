"""The catalogue that residents are measured with: what they wish can be booked, since the talk is measured, not the hours."""

import csv
import tempfile
from datetime import datetime
from pathlib import Path

from bot import wiring
from bot.services.bookings.offerings import load_demo
from bot.services.jobs import importing as jobs_import
from bot.services.points import rewards
from bot.services.proposals import demo as proposal_demo
from bot.settings import ROOT
from bot.store.store import Store
from bot.turns import SERVICES

POSTINGS = ROOT / "data" / "jobs" / "demo.csv"
DEMO = ROOT / "data" / "policy" / "offerings.csv"
OPEN = {
    "weekdays": "1-7",
    "capacity": "10000",
    "max_party": "20",
    "notice_hours": "0",
    "max_days_ahead": "60",
    "cancel_hours": "0",
}
WINDOWS = {"after_school": "09:00-11:00;14:30-16:00;16:00-18:00", "job_training": "09:00-11:30;14:30-17:00"}
"""Where the demo catalogue has no window that a resident asks for."""
NEW = (
    ("bus-xinjie", "mobile_bus", "流动服务车", "Mobile service bus", "新街社区停靠点", "Stop in Xinjie community"),
    ("venue-xinjie", "venue", "运动场馆", "Sports venue", "新街社区共享运动场馆", "Shared sports venue in Xinjie community"),
    ("registration-people", "registration", "预约挂号", "Doctor's appointment", "人民医院", "People's hospital"),
    ("registration-tcm", "registration", "预约挂号", "Doctor's appointment", "中医院", "Hospital of Chinese medicine"),
    ("council-dongfeng", "council", "居民议事会", "Residents' council", "东风社区", "Dongfeng community"),
    ("planner-dongfeng", "planner", "社区规划师", "Community planner", "东风社区", "Dongfeng community"),
)  # fmt: skip
"""Places and services that a resident asks for and the demo catalogue does not have."""
SOURCE = "evaluation"
"""Its office stands behind its catalogue: these are no examples."""
NOT_OFFERED = ("registration-help",)
"""Residents name a hospital; this one has none."""


def rows() -> list[dict[str, str]]:
    """Lines of the catalogue, open every day; a service the program does not know yet is left out."""
    with DEMO.open(encoding="utf-8-sig", newline="") as file:
        demo = list(csv.DictReader(file))
    kept = [{**row, **OPEN, "source": SOURCE, "is_example": "no"} for row in demo if row["id"] not in NOT_OFFERED]
    for row in kept:
        row["windows"] = WINDOWS.get(row["service"], row["windows"])
    names = ("id", "service", "title", "title_en", "place", "place_en")
    own = {
        "needs_address": "no",
        "windows": "09:00-11:30;14:30-17:00",
        "source": SOURCE,
        "is_example": "no",
        "valid_from": "2026-01-01",
    }
    new = [{**dict(zip(names, row, strict=True)), **own, **OPEN} for row in NEW]
    return [row for row in (*kept, *new) if row["service"] in SERVICES]


def load(store: Store, now: datetime | None = None) -> None:
    """Put the catalogue in the place of the demo one; with `now` also proposals, rewards and work to ask for."""
    if now is not None:
        proposal_demo.load(store, now)
        rewards.load(store, now)
        jobs_import.load_demo(store, POSTINGS, wiring.trades(), now)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "offerings.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows()[0]))
            writer.writeheader()
            writer.writerows(rows())
        load_demo(store, file)
