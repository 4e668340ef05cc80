"""Tables that are sorted by a click on their heads, paged, and taken away as CSV or XLSX.

A route makes a Table from its columns and the request, fills it with rows, and either hands it to the macro
`table` of templates/parts.html or, when `table.export` says so, answers with `table.download(...)`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Request, Response

from api.console.frame import words
from api.console.frame.render import moment, same_page
from bot.services.kernel import spreadsheets
from bot.services.kernel.spreadsheets import Cell

SIZES = (25, 50, 100)
MOST_EXPORTED = 50_000
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Column:
    key: str
    """In the address: ?sort=key."""
    title: str
    """Name of a text."""
    value: Callable[[Any], Cell]
    """What is shown, sorted by and exported."""
    texts: str = ""
    """The value is a code; the text is called this plus the code, such as "role." and "admin"."""
    link: Callable[[Any], str] | None = None
    badge: Callable[[Any], str] | None = None
    """Tone of the value: good, warn, bad or plain."""
    sortable: bool = True


@dataclass(frozen=True)
class Shown:
    title: str
    text: str
    href: str
    tone: str


@dataclass(frozen=True)
class Head:
    title: str
    href: str
    """Empty where it cannot be sorted by."""
    sorted: str
    """ascending, descending or none, as aria-sort wants it."""


class Table:
    """`sort` is the column of the first view, with a minus for descending. `path` is where its links lead."""

    def __init__(
        self, request: Request, columns: Sequence[Column], *, caption: str, empty: str, sort: str, path: str = ""
    ) -> None:
        asked, query = request.query_params.get("sort", ""), request.query_params
        sortable = {column.key: column for column in columns if column.sortable}
        chosen = asked if asked.removeprefix("-") in sortable else sort
        self._request, self._columns, self._say = request, columns, words.say_in(words.language_of(request))
        self.caption, self.empty, self._path = caption, empty, path
        self.sort, self.descending = chosen.removeprefix("-"), chosen.startswith("-")
        self.size = next((size for size in SIZES if query.get("size") == str(size)), SIZES[0])
        self.page = _number(query.get("page", ""))
        self.export = query.get("export", "") if query.get("export") in MEDIA_TYPES else ""
        self.total = 0
        self._rows: Sequence[Any] = ()

    @property
    def offset(self) -> int:
        return 0 if self.export else (self.page - 1) * self.size

    @property
    def limit(self) -> int:
        return MOST_EXPORTED if self.export else self.size

    def fill(self, rows: Iterable[Any]) -> "Table":
        """With all rows; sorted and cut here."""
        column = next(one for one in self._columns if one.key == self.sort)
        ordered = sorted(rows, key=lambda row: _order(column.value(row)), reverse=self.descending)
        self.total = len(ordered)
        self.page = min(self.page, self.pages)
        self._rows = ordered[self.offset : self.offset + self.limit]
        return self

    def fill_page(self, rows: Sequence[Any], total: int) -> "Table":
        """With the rows of this page, which the database sorted and cut by `sort`, `descending`, `offset`, `limit`."""
        self._rows, self.total = rows, total
        return self

    @property
    def rows(self) -> Sequence[Any]:
        """Those of this page."""
        return self._rows

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self._columns]

    @property
    def lines(self) -> list[list[Shown]]:
        return [[self._shown(column, row) for column in self._columns] for row in self._rows]

    def href(self, **changes: object) -> str:
        return same_page(self._request, self._path, **changes)

    def download(self, name: str) -> Response:
        """The whole table as a file. Write the audit entry before."""
        titles = [self._say(column.title) for column in self._columns]
        rows = ([self._exported(column, row) for column in self._columns] for row in self._rows)
        body = spreadsheets.to_csv(titles, rows) if self.export == "csv" else spreadsheets.to_xlsx(titles, rows)
        headers = {"Content-Disposition": f'attachment; filename="{name}.{self.export}"', "Cache-Control": "no-store"}
        return Response(body, media_type=MEDIA_TYPES[self.export], headers=headers)

    def _head(self, column: Column) -> Head:
        title = self._say(column.title)
        if not column.sortable:
            return Head(title, "", "none")
        here = column.key == self.sort
        turned = f"-{column.key}" if here and not self.descending else column.key
        order = ("descending" if self.descending else "ascending") if here else "none"
        return Head(title, self.href(sort=turned, page=None), order)

    def _shown(self, column: Column, row: Any) -> Shown:
        href = column.link(row) if column.link else ""
        tone = column.badge(row) if column.badge else ""
        return Shown(self._say(column.title), self._text(column, column.value(row)), href, tone)

    def _text(self, column: Column, value: Cell) -> str:
        if column.texts and value is not None:
            return self._say(f"{column.texts}{value}")
        if isinstance(value, bool):
            return self._say("frame.yes" if value else "frame.no")
        return moment(value) if isinstance(value, datetime | date) or value is None else str(value)

    def _exported(self, column: Column, row: Any) -> Cell:
        value = column.value(row)
        return self._text(column, value) if column.texts or isinstance(value, bool) else value


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _order(value: Cell) -> tuple[bool, Any]:
    return value is not None, value.casefold() if isinstance(value, str) else value or 0
