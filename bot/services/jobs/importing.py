"""Postings from a spreadsheet: read, checked row by row, and taken in whole or not at all."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.errors import BadInput
from bot.language.masking import reaches_somebody
from bot.services.audit import audit
from bot.services.jobs.jobs import title_words
from bot.services.jobs.trades import Trades
from bot.services.kernel.permissions import Actor
from bot.services.kernel.spreadsheets import rows_of
from bot.store.jobs import queries
from bot.store.store import Store, UnitOfWork

MOST_ROWS = 20_000
USUAL_DAYS = 30
"""How long a posting is open that does not say."""
LONGEST = {"title": 60, "employer": 80, "place": 60, "details": 500, "contact": 40}
"""Characters."""
PUBLIC = ("title", "employer", "place", "details")
"""Everybody reads these at /jobs: no phone and no address may stand in them."""
RENEWED = ("trade", "details", "lodging", "meals", "contact", "valid_until")
"""What a row that is there already takes over: all that does not make it another posting."""
COLUMNS = {
    "title": ("岗位", "岗位名称", "职位", "招聘岗位", "title", "job"),
    "employer": ("单位", "企业", "公司", "招聘单位", "用人单位", "employer", "company"),
    "trade": ("工种", "行业", "trade"),
    "pay_from": ("最低工资", "月薪从", "工资下限", "pay_from", "pay from"),
    "pay_to": ("最高工资", "月薪到", "工资上限", "pay_to", "pay to"),
    "shift": ("班次", "shift"),
    "lodging": ("包住", "住宿", "lodging"),
    "meals": ("包吃", "餐食", "meals"),
    "place": ("地点", "工作地点", "place"),
    "details": ("要求", "说明", "details"),
    "contact": ("联系电话", "电话", "contact", "phone"),
    "valid_until": ("截止日期", "有效期至", "valid_until", "valid until"),
    "example": ("示例", "example"),
}
"""What a column may be called in the first row."""
SHIFTS = {"白班": "day", "长白班": "day", "day": "day", "夜班": "night", "晚班": "night", "night": "night",
          "倒班": "rotating", "两班倒": "rotating", "三班倒": "rotating", "rotating": "rotating", "": "", "不限": ""}  # fmt: skip
YES_NO = {"是": True, "包": True, "有": True, "yes": True, "1": True, "true": True, "否": False, "不包": False,
          "无": False, "没有": False, "no": False, "0": False, "false": False, "": None}  # fmt: skip


@dataclass(frozen=True)
class RowError:
    row: int
    """As the spreadsheet counts: the row of titles is 1."""
    column: str
    code: str
    """missing, too_long, not_a_number, not_a_date, not_known, over, pay_order, twice, personal."""


@dataclass(frozen=True)
class Preview:
    """What an import would do."""

    rows: int
    new: int
    renewed: int
    """There already, with the same title, employer, place, pay and shift: only their end and what else the row says are taken over."""
    errors: tuple[RowError, ...]


@dataclass(frozen=True)
class _Checked:
    preview: Preview
    values: tuple[dict[str, Any], ...]
    """Of every good row, new or there already."""


def preview(store: Store, actor: Actor, name: str, content: bytes, trades: Trades, now: datetime) -> Preview:
    """Raises BadInput where the file is no table, lacks a column, or is too long."""
    _may(actor)
    return _check(store, name, content, trades, now).preview


def import_file(store: Store, actor: Actor, name: str, content: bytes, trades: Trades, now: datetime) -> Preview:
    """Take in the whole file; where one row is wrong, nothing is written. Raises BadInput like `preview`."""
    _may(actor)
    checked = _check(store, name, content, trades, now)
    if checked.preview.errors:
        return checked.preview
    with store.unit() as unit:
        new, renewed = _write(unit, checked.values)
        done = {"new": new, "renewed": renewed}
        audit.write(unit, actor, "jobs.import", "table", "job_postings", now, details=done)
        unit.commit()
    return replace(checked.preview, new=new, renewed=renewed)


def load_demo(store: Store, file: Path, trades: Trades, now: datetime) -> int:
    """Example postings, where no posting is open; how many. Those that are over come back."""
    with store.reading() as unit:
        if queries.search(unit, queries.Filters(), now.date(), most=1):
            return 0
    checked = _check(store, file.name, file.read_bytes(), trades, now)
    with store.unit() as unit:
        _write(unit, checked.values)
        unit.commit()
    return checked.preview.rows


def _write(unit: UnitOfWork, values: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """How many are new, how many renewed: looked up again, as another import may have come first."""
    there = queries.by_digest(unit, [value["digest"] for value in values])
    for value in values:
        if (posting_id := there.get(value["digest"])) is not None:
            queries.renew(unit, posting_id, {name: value[name] for name in RENEWED})
    fresh = [value for value in values if value["digest"] not in there]
    queries.add_postings(unit, fresh, {value["digest"]: title_words(value["title"]) for value in fresh})
    return len(fresh), len(there)


def _may(actor: Actor) -> None:
    if actor.role != "operator":
        actor.must("jobs.import")


def _check(store: Store, name: str, content: bytes, trades: Trades, now: datetime) -> _Checked:
    table = rows_of(name, content)
    if not table:
        raise BadInput("file")
    if len(table) > MOST_ROWS:
        raise BadInput("rows")
    columns = _columns(table[0])
    errors: list[RowError] = []
    values: dict[str, dict[str, Any]] = {}
    filled = [(at, row) for at, row in enumerate(table[1:], start=2) if any(cell.strip() for cell in row)]
    for at, row in filled:
        cells = {field: row[place].strip() if place < len(row) else "" for field, place in columns.items()}
        found = _row(at, cells, trades, now)
        if isinstance(found, list):
            errors += found
        elif found["digest"] in values:
            errors.append(RowError(at, "title", "twice"))
        else:
            values[found["digest"]] = found
    with store.reading() as unit:
        there = queries.by_digest(unit, list(values))
    return _Checked(Preview(len(filled), len(values) - len(there), len(there), tuple(errors)), tuple(values.values()))


def _columns(titles: Sequence[str]) -> dict[str, int]:
    """Where each field stands. Raises BadInput for a table without jobs or employers."""
    plain = [title.strip().lower() for title in titles]
    found = {
        field: next((plain.index(name) for name in names if name in plain), None) for field, names in COLUMNS.items()
    }
    if missing := next((field for field in ("title", "employer") if found[field] is None), None):
        raise BadInput(f"{missing}_column")
    return {field: place for field, place in found.items() if place is not None}


def _row(at: int, cells: dict[str, str], trades: Trades, now: datetime) -> dict[str, Any] | list[RowError]:
    """The values of one row, or all that is wrong with it."""
    errors = [RowError(at, field, "missing") for field in ("title", "employer") if not cells.get(field)]
    errors += [RowError(at, field, "too_long") for field, most in LONGEST.items() if len(cells.get(field, "")) > most]
    errors += [RowError(at, field, "personal") for field in PUBLIC if reaches_somebody(cells.get(field, ""))]
    pay: dict[str, int | None] = {}
    for field in ("pay_from", "pay_to"):
        text = re.sub(r"[,，元￥¥\s]", "", cells.get(field, "")).removesuffix(".0")
        pay[field] = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
        if text and pay[field] is None:
            errors.append(RowError(at, field, "not_a_number"))
    if pay["pay_from"] and pay["pay_to"] and pay["pay_from"] > pay["pay_to"]:
        errors.append(RowError(at, "pay_to", "pay_order"))
    shift = SHIFTS.get(cells.get("shift", "").lower())
    if shift is None:
        errors.append(RowError(at, "shift", "not_known"))
    flags: dict[str, bool | None] = {}
    for field in ("lodging", "meals", "example"):
        text = cells.get(field, "").lower()
        if text not in YES_NO:
            errors.append(RowError(at, field, "not_known"))
        flags[field] = YES_NO.get(text)
    until = _until(cells.get("valid_until", ""), now)
    if until is None:
        errors.append(RowError(at, "valid_until", "not_a_date"))
    elif until < now.date():
        errors.append(RowError(at, "valid_until", "over"))
    if errors:
        return errors
    words = {field: cells.get(field, "") for field in ("title", "employer", "place", "details")}
    same = [words["title"], words["employer"], words["place"], str(pay), str(shift)]
    return {
        **words,
        **pay,
        "trade": trades.named_in(cells.get("trade", "")) or trades.named_in(words["title"]) or "",
        "shift": shift,
        "lodging": flags["lodging"],
        "meals": flags["meals"],
        "contact": cells.get("contact") or None,
        "valid_until": until,
        "digest": hashlib.sha256("\0".join(same).encode()).hexdigest(),
        "example": bool(flags["example"]),
        "imported": now,
    }


def _until(text: str, now: datetime) -> date | None:
    """2026-12-31, 2026/12/31, 2026年12月31日; a month from today where nothing is said."""
    if not text:
        return now.date() + timedelta(days=USUAL_DAYS)
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
