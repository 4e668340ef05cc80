"""Operators' commands `linyu staff` and `linyu audit`."""

import csv
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import wiring
from bot.errors import AssistantError, BadInput, NotFound, NotUnique, WeakPassword, WrongState
from bot.services.audit import audit, audit_check
from bot.services.audit.audit import AuditFilter
from bot.services.kernel import spreadsheets
from bot.services.kernel.permissions import OPERATOR, ROLES
from bot.services.staff import own_account, staff_accounts
from bot.services.staff.staff_accounts import Invitation, Place

staff_app = typer.Typer(no_args_is_help=True, help="Accounts of staff.")
audit_app = typer.Typer(no_args_is_help=True, help="The record of who saw and changed what.")
console = Console(highlight=False)

Ask = Annotated[bool, typer.Option("--password", help="set a password now instead of printing a one-time link")]


@staff_app.command("add")
def add(
    login: Annotated[str, typer.Argument(help="small letters and digits, such as zhangwei")],
    name: Annotated[str, typer.Option(help="full name; the login when left out")] = "",
    role: Annotated[str, typer.Option(help=", ".join(ROLES))] = "admin",
    community: Annotated[str, typer.Option()] = "",
    grid: Annotated[str, typer.Option(help="needed for a grid worker")] = "",
    password: Ask = False,
) -> None:
    """A new account, an admin unless another role is named. Prints a link, good once within 24 hours."""
    wiring.store().migrate()
    chosen = _new_password() if password else ""
    place = Place(role, community, grid)
    invitation = _tell(
        lambda: staff_accounts.invite(
            wiring.store(), OPERATOR, login=login, name=name or login, place=place, now=wiring.now()
        )
    )
    if not password:
        _print_link(invitation)
        return
    try:
        own_account.set_password_of(wiring.store(), invitation.account_id, chosen, wiring.now(), temporary=False)
    except WeakPassword:
        console.print("This password is too short (12 characters) or easy to guess. Use this link instead:")
        _print_link(invitation)
        raise typer.Exit(1) from None
    console.print(f"{invitation.login} can sign in.")


@staff_app.command("list")
def show() -> None:
    """Every account."""
    table = Table("login", "name", "role", "community", "grid", "state", "second factor", "last sign-in")
    for one in staff_accounts.list_accounts(wiring.store(), wiring.now()):
        last = one.last_login.strftime("%Y-%m-%d %H:%M") if one.last_login else ""
        second = "on" if one.second_factor else "off"
        table.add_row(one.login, one.name, one.role, one.community or "", one.grid or "", one.state, second, last)
    console.print(table)


@staff_app.command("disable")
def disable(login: str) -> None:
    """Ends all sessions; the account cannot sign in any more."""
    account_id = _id_of(login)
    _tell(lambda: staff_accounts.disable(wiring.store(), OPERATOR, account_id, wiring.now()))
    console.print("disabled")


@staff_app.command("enable")
def enable(login: str) -> None:
    """Lets a disabled account in again."""
    account_id = _id_of(login)
    _tell(lambda: staff_accounts.enable(wiring.store(), OPERATOR, account_id, wiring.now()))
    console.print("enabled")


@staff_app.command("unlock")
def unlock(login: str) -> None:
    """Lets somebody try again whose login is locked after wrong tries; the password stays."""
    account_id = _id_of(login)
    _tell(lambda: staff_accounts.unlock(wiring.store(), OPERATOR, account_id, wiring.now()))
    console.print("unlocked")


@staff_app.command("reset")
def reset(
    login: str,
    second_factor: Annotated[bool, typer.Option("--second-factor", help="the second factor, too")] = False,
    password: Ask = False,
) -> None:
    """A new one-time link for a lost password; ends all sessions and unlocks."""
    account_id = _id_of(login)
    if second_factor:
        staff_accounts.reset_second_factor(wiring.store(), OPERATOR, account_id, wiring.now())
    chosen = _new_password() if password else ""
    invitation = staff_accounts.reset_password(wiring.store(), OPERATOR, account_id, wiring.now())
    if not password:
        _print_link(invitation)
        return
    try:
        own_account.set_password_of(wiring.store(), account_id, chosen, wiring.now(), temporary=True)
    except WeakPassword:
        console.print("This password is too short (12 characters) or easy to guess. Use this link instead:")
        _print_link(invitation)
        raise typer.Exit(1) from None
    console.print(f"{invitation.login} can sign in and is asked for a password of their own.")


@audit_app.command("verify")
def verify() -> None:
    """Is the audit whole? Ends with 1 and names every entry that was altered, is missing, moved, put in or cut off."""
    verdict = audit_check.verify(wiring.store())
    for problem in verdict.problems:
        console.print(f"entry {problem.seq}: {problem.kind}: {problem.what}")
    if not verdict.whole:
        raise typer.Exit(1)
    console.print(f"whole: {verdict.checked} entries were checked")


@audit_app.command("export")
def export(csv_format: Annotated[bool, typer.Option("--csv", help="CSV instead of JSON lines")] = False) -> None:
    """The whole audit on standard output, oldest entry first. Reasons are in clear: keep the file safe."""
    with wiring.store().unit() as unit:
        kind = "csv" if csv_format else "jsonl"
        audit.write(unit, OPERATOR, "audit.export", "table", "audit", wiring.now(), details={"as": kind})
        unit.commit()
    writer = csv.writer(sys.stdout)
    for number, entry in enumerate(audit.found(wiring.store(), AuditFilter())):
        row = asdict(entry) | {"at": entry.at.isoformat()}
        if not csv_format:
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
            continue
        if number == 0:
            writer.writerow(row)
        writer.writerow([_cell(value) for value in row.values()])


def _cell(value: object) -> object:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
    return spreadsheets.quoted(text) if isinstance(text, str) else text


def _new_password() -> str:
    """Asked for twice at a terminal; one line of standard input otherwise."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


def _print_link(invitation: Invitation) -> None:
    settings = wiring.settings()
    path = f"/staff/welcome/{invitation.token}"
    console.print(f"{invitation.login}: open this address to set a password, once, within 24 hours:", soft_wrap=True)
    console.print(f"http://{settings.host}:{settings.port}{path}", soft_wrap=True)


def _id_of(login: str) -> str:
    return _tell(lambda: staff_accounts.account_of_login(wiring.store(), login, wiring.now())).id


def _tell[Found](work: Callable[[], Found]) -> Found:
    try:
        return work()
    except AssistantError as error:
        words: dict[type[AssistantError], str] = {
            NotUnique: "there is an account with this login already",
            NotFound: "there is no account with this login",
            WrongState: "the last administrator cannot be disabled",
        }
        said = f"{error.field} is not right" if isinstance(error, BadInput) else words.get(type(error), error.code)
        Console(stderr=True, highlight=False).print(f"[red]linyu:[/red] {said}")
        raise typer.Exit(1) from None
