"""`linyu jobs`: postings of work out of a spreadsheet."""

from pathlib import Path
from typing import Annotated

import typer

from bot import wiring
from bot.errors import BadInput
from bot.services.jobs import importing
from bot.services.kernel.permissions import OPERATOR

jobs_app = typer.Typer(no_args_is_help=True, help="Postings of work.")
WORDS = {
    "missing": "is empty",
    "too_long": "is too long",
    "not_a_number": "is not a number",
    "not_a_date": "is not a date such as 2026-12-31",
    "not_known": "is not a word that is known here",
    "over": "is over already",
    "pay_order": "is lower than the lowest pay",
    "twice": "the same posting stands further up",
    "personal": "names a phone, an e-mail or the like, which everybody would read; it belongs into the column contact",
}


@jobs_app.callback()
def of_jobs() -> None:
    """Postings of work."""


@jobs_app.command("import")
def import_postings(
    file: Path,
    check: Annotated[bool, typer.Option("--check", help="only tell what is wrong; write nothing")] = False,
) -> None:
    """Take in an XLSX or CSV whole; where one row is wrong, every wrong row is told and nothing is written."""
    act = importing.preview if check else importing.import_file
    try:
        done = act(wiring.store(), OPERATOR, file.name, file.read_bytes(), wiring.trades(), wiring.now())
    except BadInput as error:
        typer.echo(f"the file cannot be read: {error.field} is missing or not right", err=True)
        raise typer.Exit(1) from None
    except OSError:
        typer.echo("the file cannot be opened", err=True)
        raise typer.Exit(1) from None
    for wrong_row in done.errors:
        typer.echo(f"row {wrong_row.row}, {wrong_row.column}: {WORDS[wrong_row.code]}", err=True)
    if done.errors:
        wrong = len({wrong_row.row for wrong_row in done.errors})
        typer.echo(f"{wrong} of {done.rows} rows are wrong; nothing is written", err=True)
        raise typer.Exit(1)
    typer.echo(f"{'would be' if check else 'are'} new: {done.new}, renewed: {done.renewed}")
