"""The catalogue of items as staff keep it: one item by form, many from a spreadsheet, whole or not at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import BadInput, NotFound
from bot.services.audit import audit
from bot.services.items.items import Item, Words
from bot.services.items.live_items import merged, to_json
from bot.services.kernel.permissions import Actor
from bot.services.kernel.spreadsheets import rows_of
from bot.store.items import queries
from bot.store.store import Store, UnitOfWork

MOST_ROWS = 1_000
LONGEST = 300
"""Characters of a cell."""
ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
COLUMNS = {
    "id": "编号", "title": "事项", "title_en": "事项英文", "department": "部门", "department_en": "部门英文",
    "window": "窗口", "window_en": "窗口英文", "papers": "材料", "papers_en": "材料英文", "serves": "服务对象",
    "serves_en": "服务对象英文", "days": "时限", "days_en": "时限英文", "confirmed": "已确认", "asked": "问法",
    "asked_en": "问法英文",
}  # fmt: skip
"""What a column is called in the first row of a spreadsheet."""
OPTIONAL = {"days", "days_en", "confirmed", "asked", "asked_en"}
YES_NO = {"是": True, "yes": True, "1": True, "否": False, "no": False, "0": False, "": False}
_PARTS = re.compile(r"[、;；\n]+")

Cells = dict[str, str]


@dataclass(frozen=True)
class CellError:
    row: int
    """As the spreadsheet counts: the row of titles is 1."""
    column: str
    code: str
    """missing, too_long, not_known, twice, both_languages."""


@dataclass(frozen=True)
class Line:
    """One item of the list."""

    item: Item
    written: bool
    """By staff, not only in the files."""


def lines(store: Store, actor: Actor, files: list[Item]) -> list[Line]:
    """By department, then by title."""
    actor.must("items.read")
    with store.reading() as unit:
        written = {row.id for row in queries.every(unit)}
        found = [Line(item, item.id in written) for item in merged(unit, files).values()]
    return sorted(found, key=lambda line: (line.item.department["zh"], line.item.title["zh"]))


def open_item(store: Store, actor: Actor, files: list[Item], item_id: str) -> Item:
    """Raises NotFound."""
    actor.must("items.read")
    with store.reading() as unit:
        item = merged(unit, files).get(item_id)
    if item is None:
        raise NotFound
    return item


def cells_of(item: Item) -> Cells:
    """As a form or a row of a spreadsheet shows it."""
    pairs = {"title": item.title, "department": item.department, "window": item.window, "serves": item.serves}
    cells = {"id": item.id, "confirmed": "否" if item.example else "是"}
    for name, words in pairs.items():
        cells |= {name: words["zh"], f"{name}_en": words["en"]}
    days: Words = item.days or {"zh": "", "en": ""}
    cells |= {"days": days["zh"], "days_en": days["en"]}
    for name, parts in (("papers", item.papers), ("asked", item.asked)):
        cells |= {name: "；".join(parts["zh"]), f"{name}_en": "; ".join(parts["en"])}
    return {name: cells[name] for name in COLUMNS}


def save(store: Store, actor: Actor, files: list[Item], cells: Cells, now: datetime) -> tuple[CellError, ...]:
    """Write one item, a new one or another version; what is wrong with it, or nothing once it is written."""
    actor.must("items.write")
    with store.unit() as unit:
        found = _read(0, cells, merged(unit, files))
        if isinstance(found, list):
            return tuple(found)
        _write(unit, actor, [found], now)
        audit.write(unit, actor, "items.write", "item", found.id, now)
        unit.commit()
    return ()


def take_in(
    store: Store, actor: Actor, files: list[Item], name: str, content: bytes, now: datetime, *, only_check: bool
) -> tuple[int, tuple[CellError, ...]]:
    """How many rows there are and what is wrong with them; written only where nothing is. Raises BadInput for no table."""
    actor.must("items.write")
    table = rows_of(name, content)
    if not table:
        raise BadInput("file")
    if len(table) > MOST_ROWS:
        raise BadInput("rows")
    places = {field: table[0].index(title) for field, title in COLUMNS.items() if title in table[0]}
    if any(field not in OPTIONAL and field not in places for field in COLUMNS):
        raise BadInput("item-columns")
    filled = [(at, row) for at, row in enumerate(table[1:], start=2) if any(cell.strip() for cell in row)]
    errors: list[CellError] = []
    good: dict[str, Item] = {}
    with store.unit() as unit:
        known = merged(unit, files)
        for at, row in filled:
            cells = {field: row[place] if place < len(row) else "" for field, place in places.items()}
            found = _read(at, cells, known)
            if isinstance(found, list):
                errors += found
            elif found.id in good:
                errors.append(CellError(at, "id", "twice"))
            else:
                good[found.id] = found
        if not errors and not only_check:
            _write(unit, actor, list(good.values()), now)
            audit.write(unit, actor, "items.import", "table", "items", now, details={"rows": len(good)})
            unit.commit()
    return len(filled), tuple(errors)


def _write(unit: UnitOfWork, actor: Actor, items: Sequence[Item], now: datetime) -> None:
    for item in items:
        queries.save(unit, item.id, to_json(item), actor.id, now)


def _read(at: int, cells: Cells, known: dict[str, Item]) -> Item | list[CellError]:
    """The item, or all that is wrong with its cells. What is confirmed is no example any more."""
    told = {field: cells.get(field, "").strip() for field in COLUMNS}
    errors = [CellError(at, field, "missing") for field in COLUMNS if field not in OPTIONAL and not told[field]]
    errors += [CellError(at, field, "too_long") for field, words in told.items() if len(words) > LONGEST]
    if told["id"] and not ID.fullmatch(told["id"]):
        errors.append(CellError(at, "id", "not_known"))
    confirmed = YES_NO.get(told["confirmed"].lower())
    if confirmed is None:
        errors.append(CellError(at, "confirmed", "not_known"))
    if bool(told["days"]) != bool(told["days_en"]):
        errors.append(CellError(at, "days_en" if told["days"] else "days", "both_languages"))
    if errors:
        return errors
    before = known.get(told["id"])
    department = _pair(told, "department")
    item = Item(
        id=told["id"],
        title=_pair(told, "title"),
        department=department,
        window=_pair(told, "window"),
        papers=_several(told, "papers"),
        serves=_pair(told, "serves"),
        days=_pair(told, "days") if told["days"] else None,
        sections=(),  # staff stand behind these words, not the plan
        example=not confirmed,
        confirm=before.confirm if before else department,
        asked=_several(told, "asked"),
    )
    if all(item.asked.values()):
        return item
    # Without questions of its own an item is found by its title.
    return replace(item, asked={language: item.asked[language] or (item.title[language],) for language in item.asked})


def _pair(told: Cells, name: str) -> Words:
    return {"zh": told[name], "en": told[f"{name}_en"]}


def _several(told: Cells, name: str) -> dict[str, tuple[str, ...]]:
    pair = _pair(told, name)
    return {
        language: tuple(part.strip() for part in _PARTS.split(words) if part.strip())
        for language, words in pair.items()
    }
