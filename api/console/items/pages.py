"""The catalogue of items in the console: the list, one item by form, and many from a spreadsheet after a check."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.console.frame import words
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.console.frame.tables import Column, Table
from api.parts import Parts, WithParts
from bot import wiring
from bot.errors import BadInput
from bot.services.items import staff_items
from bot.services.items.staff_items import COLUMNS, CellError
from bot.services.kernel.spreadsheets import to_csv
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/items", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("items.read"))]
Writes = Annotated[Signed, Depends(needs("items.write"))]
MOST_ERRORS = 500
"""So many wrong cells are shown at once."""


@router.get("")
def listing(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _list(request, parts, signed)


@router.get("/catalogue.csv")
def catalogue(parts: WithParts, signed: Reads) -> Response:
    """As it can be taken in again."""
    lines = staff_items.lines(parts.store, signed.actor, wiring.item_files())
    rows = [tuple(staff_items.cells_of(line.item).values()) for line in lines]
    headers = {"Content-Disposition": 'attachment; filename="items.csv"'}
    return Response(to_csv(tuple(COLUMNS.values()), rows), media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/import")
async def take_in(
    request: Request,
    parts: WithParts,
    signed: Writes,
    file: Annotated[UploadFile, File()],
    deed: Annotated[str, Form()] = "check",
) -> Response:
    name, content = file.filename or "", await file.read()
    try:
        rows, errors = await run_in_threadpool(
            staff_items.take_in, parts.store, signed.actor, wiring.item_files(), name, content, parts.clock(),
            only_check=deed != "import",
        )  # fmt: skip
    except BadInput as error:
        say = words.say_in(words.language_of(request))
        return _list(request, parts, signed, wrong=said_of(error, say), status=422)
    if deed == "import" and not errors:
        return done("/staff/items", "items.said.imported")
    return _list(request, parts, signed, rows=rows, errors=errors, status=422 if errors else 200)


@router.get("/new")
def new(request: Request, signed: Writes) -> Response:
    return _form(request, signed, dict.fromkeys(COLUMNS, ""), is_new=True)


@router.get("/{item_id}")
def item(request: Request, parts: WithParts, signed: Reads, item_id: str) -> Response:
    found = staff_items.open_item(parts.store, signed.actor, wiring.item_files(), item_id)
    return _form(request, signed, staff_items.cells_of(found))


@router.post("/save")
async def save(request: Request, parts: WithParts, signed: Writes) -> Response:
    form = await request.form()
    cells = {field: str(form.get(field, "")) for field in COLUMNS}
    errors = await run_in_threadpool(
        staff_items.save, parts.store, signed.actor, wiring.item_files(), cells, parts.clock()
    )
    if errors:
        return _form(request, signed, cells, errors=errors, is_new=form.get("new") == "yes")
    return done("/staff/items", "items.said.saved")


def _list(
    request: Request,
    parts: Parts,
    signed: Signed,
    *,
    rows: int | None = None,
    errors: Sequence[CellError] = (),
    wrong: str = "",
    status: int = 200,
) -> Response:
    language = words.language_of(request)
    say = words.say_in(language)
    columns = (
        Column("title", "items.title", lambda row: row.item.title[language], link=lambda row: f"/staff/items/{row.item.id}"),
        Column("department", "items.department", lambda row: row.item.department[language]),
        Column("state", "items.state", lambda row: "example" if row.item.example else "confirmed", texts="items.state."),
        Column("written", "items.written", lambda row: "staff" if row.written else "files", texts="items.by."),
    )  # fmt: skip
    posted = "/staff/items" if request.method == "POST" else ""
    table = Table(request, columns, caption=say("items.list"), empty=say("items.empty"), sort="department", path=posted)
    table.fill(staff_items.lines(parts.store, signed.actor, wiring.item_files()))
    return page(
        request,
        "items/list.html",
        signed,
        status=status,
        table=table,
        rows=rows,
        errors=errors[:MOST_ERRORS],
        wrong_cells=len(errors),
        wrong=wrong,
    )


def _form(
    request: Request, signed: Signed, cells: dict[str, str], *, errors: Sequence[CellError] = (), is_new: bool = False
) -> Response:
    say = words.say_in(words.language_of(request))
    return page(
        request,
        "items/item.html",
        signed,
        status=422 if errors else 200,
        cells=cells,
        errors=errors,
        is_new=is_new,
        yes_no=[("否", say("items.state.example")), ("是", say("items.state.confirmed"))],
    )
