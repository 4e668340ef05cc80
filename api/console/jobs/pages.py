"""Work in the console: who has applied, and postings taken in from a spreadsheet after a preview."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from api.console.frame import words
from api.console.frame.deeds import led_back
from api.console.frame.failures import said_of
from api.console.frame.render import done, page
from api.console.frame.session import needs
from api.parts import Parts, WithParts
from bot import wiring
from bot.errors import BadInput, NotFound, WrongState
from bot.services.jobs import applications, importing, jobs
from bot.services.jobs.importing import Preview, RowError
from bot.services.staff.staff_sessions import Signed

router = APIRouter(prefix="/staff/jobs", include_in_schema=False)

Reads = Annotated[Signed, Depends(needs("jobs.read"))]
Works = Annotated[Signed, Depends(needs("jobs.work"))]
Imports = Annotated[Signed, Depends(needs("jobs.import"))]
Word = Annotated[str, Form()]
MOST_ERRORS = 500
"""So many wrong cells are shown at once."""


@router.get("")
def listing(request: Request, parts: WithParts, signed: Reads) -> Response:
    return _page(request, parts, signed)


@router.post("/import")
async def take_in(
    request: Request,
    parts: WithParts,
    signed: Imports,
    file: Annotated[UploadFile, File()],
    deed: Annotated[str, Form()] = "check",
) -> Response:
    """A preview, or the import itself; where one row is wrong, nothing is written."""
    act = importing.import_file if deed == "import" else importing.preview
    name, content = file.filename or "", await file.read()
    try:
        seen = await run_in_threadpool(act, parts.store, signed.actor, name, content, wiring.trades(), parts.clock())
    except BadInput as error:
        say = words.say_in(words.language_of(request))
        return _page(request, parts, signed, wrong=said_of(error, say), status=422)
    if deed == "import" and not seen.errors:
        return done("/staff/jobs", "jobs.said.imported")
    return _page(request, parts, signed, seen=seen, status=422 if seen.errors else 200)


@router.post("/new")
def add(
    request: Request,
    parts: WithParts,
    signed: Imports,
    title: Word = "",
    employer: Word = "",
    pay_from: Word = "",
    pay_to: Word = "",
    shift: Word = "",
    lodging: Word = "",
    meals: Word = "",
    place: Word = "",
    details: Word = "",
    contact: Word = "",
    valid_until: Word = "",
) -> Response:
    """One posting by form, checked like a row of a spreadsheet."""
    cells = {
        "title": title, "employer": employer, "pay_from": pay_from, "pay_to": pay_to, "shift": shift, "lodging": lodging,
        "meals": meals, "place": place, "details": details, "contact": contact, "valid_until": valid_until,
    }  # fmt: skip
    errors = importing.add_one(parts.store, signed.actor, cells, wiring.trades(), parts.clock())
    if errors:
        return _page(request, parts, signed, form_errors=errors, status=422)
    return done("/staff/jobs", "jobs.said.added")


@router.post("/{number}/{state}")
def move(request: Request, parts: WithParts, signed: Works, number: str, state: str) -> Response:
    try:
        applications.move(parts.store, signed.actor, number, state, parts.clock())
    except WrongState:
        wrong = words.say_in(words.language_of(request))("jobs.wrong-state")
        return _page(request, parts, signed, wrong=wrong, status=422)
    return done(led_back(request, "/staff/jobs"), f"jobs.said.{state}")


def _page(
    request: Request,
    parts: Parts,
    signed: Signed,
    *,
    seen: Preview | None = None,
    form_errors: Sequence[RowError] = (),
    wrong: str = "",
    status: int = 200,
) -> Response:
    say = words.say_in(words.language_of(request))
    return page(
        request,
        "jobs/list.html",
        signed,
        status=status,
        waiting=applications.waiting(parts.store, signed.actor),
        open_now=jobs.count_open(parts.store, parts.clock().date()),
        seen=seen,
        errors=seen.errors[:MOST_ERRORS] if seen else (),
        form_errors=form_errors,
        shifts=[("", "—"), *((code, say(f"jobs.shift.{code}")) for code in ("day", "night", "rotating"))],
        yes_no=[("", "—"), ("yes", say("jobs.form.yes")), ("no", say("jobs.form.no"))],
        wrong=wrong,
    )


def application_values(_request: Request, parts: Parts, signed: Signed, number: str) -> dict[str, Any]:
    """What the inbox shows of one application. Raises NotFound."""
    found = next((one for one in applications.waiting(parts.store, signed.actor) if one.number == number), None)
    if found is None:
        raise NotFound
    return {"one": found}
