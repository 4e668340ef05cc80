"""Tables as files for a spreadsheet: CSV and XLSX."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import BadInput

Cell = str | int | float | bool | datetime | date | None
LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes that the parts of an XLSX may unpack to."""
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, OSError, SyntaxError, RuntimeError, TypeError,
    AttributeError, InvalidFileException,
)  # fmt: skip
"""What reading a broken XLSX raises: of the archive, of its XML (ParseError is a SyntaxError), an unknown or encrypted
packing (NotImplementedError and RuntimeError), and of cells that are no cells."""
_FORMULA = ("=", "+", "-", "@", "|", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """With a byte order mark, so that Excel reads Chinese; words that a spreadsheet would compute are quoted by '."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_plain(title) for title in titles])
    writer.writerows([[_plain(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Linyu")
    sheet.freeze_panes = "A2"
    sheet.append([_styled(sheet, title) for title in titles])
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rows_of(name: str, content: bytes) -> list[list[str]]:
    """The first sheet of an XLSX or the rows of a CSV (UTF-8 or GB 18030), every cell as text. Raises BadInput."""
    if name.lower().endswith(".xlsx"):
        return _xlsx_rows(content)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise BadInput("file")


def _xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise BadInput("file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in book.worksheets[0].iter_rows(values_only=True)
        ]
    except DAMAGED as error:
        raise BadInput("file") from error


def quoted(text: str) -> str:
    """Behind a ' where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, bool) or cell is None:
        return {True: "1", False: "0", None: ""}[cell]
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return cell
    return quoted(cell)


def _styled(sheet: object, title: str) -> WriteOnlyCell:
    cell = _cell(sheet, title)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: object, value: Cell) -> WriteOnlyCell:
    if isinstance(value, datetime):
        value = value.replace(tzinfo=None)  # a spreadsheet knows no time zones
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # words, even when they look like a formula
    return cell
