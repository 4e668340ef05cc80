"""Operators' commands for residents' data: give it out, erase it, change the key that it is encrypted with."""

import json
import sys
from contextlib import closing
from typing import Annotated

import typer
from rich.console import Console

from bot import state_folder, wiring
from bot.operation import trackers
from bot.operation.only_one import AlreadyRunning, state_folder_held
from bot.services.kernel.permissions import OPERATOR
from bot.services.kernel.phones import plain_phone
from bot.services.residents import data_key, privacy, residents
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store

resident_app = typer.Typer(no_args_is_help=True, help="One resident's data: give it out, or erase it.")
console = Console(highlight=False)


@resident_app.command("export")
def resident_export(phone: str) -> None:
    """All that is kept on this phone number, as JSON."""
    residents.note_export(wiring.store(), OPERATOR, _number(phone), wiring.now())
    json.dump(residents.export_resident(wiring.store(), phone), sys.stdout, ensure_ascii=False, indent=2)


@resident_app.command("erase")
def resident_erase(phone: str, yes: Annotated[bool, typer.Option("--yes", help="do not ask again")] = False) -> None:
    """Erase all that is kept on this phone number."""
    _number(phone)
    found = residents.found_of(wiring.store(), phone)
    console.print("found: " + ", ".join(f"{count} {kind}" for kind, count in found.items()))
    if not any(found.values()):
        raise _fail("nothing is kept on this number; nothing was erased")
    if not yes:
        typer.confirm("Erase everything that is kept on this number?", abort=True)
    conversations = residents.conversations_of(wiring.store(), phone)
    erased = residents.erase_resident(
        wiring.store(), phone, wiring.now(), offer_hours=wiring.settings().waiting_offer_hours
    )
    trackers.forget(wiring.settings().state_dir, conversations)
    console.print("erased: " + ", ".join(f"{count} {kind}" for kind, count in erased.items()))


def rotate_key(
    generate: Annotated[bool, typer.Option("--generate", help="only print a new key, for LINYU_DATA_KEY")] = False,
) -> None:
    """Encrypt everything anew with a new data key. Stop Linyu first, and make a backup (docs/runbooks/change-the-data-key.md)."""
    if generate:
        console.print(DataKeys.generate())
        return
    settings = wiring.settings()
    try:
        with state_folder_held(settings):  # a running Linyu could not read what is rewritten
            _rotate(settings)
    except (AlreadyRunning, state_folder.BadSecret, data_key.WrongDataKey) as error:
        raise _fail(str(error)) from None


def _rotate(settings: Settings) -> None:
    kept_by_us = settings.data_key is None
    if kept_by_us:
        state_folder.add_data_key(settings)
    keys = state_folder.data_keys(settings)
    if len(keys) < 2:
        raise _fail(
            "LINYU_DATA_KEY names one key: give the new one (linyu rotate-key --generate) and the old, as new,old"
        )
    with closing(Store(settings.database, DataKeys(keys), *settings.audit_files)) as store:
        store.migrate()
        data_key.check(store)
        rows = privacy.rotate(store, wiring.now())
    open_forms = trackers.encrypt_with_newest_key(settings.state_dir, keys)
    console.print(f"{rows} rows and {open_forms} unfinished conversations are encrypted with the new key")
    if kept_by_us:
        before = state_folder.keep_newest_data_key(settings, wiring.now())
        console.print(f"the old key is in {before}: keep it apart, as long as backups made with it", soft_wrap=True)
    else:
        console.print("take the old key out of LINYU_DATA_KEY now, and keep it as long as backups made with it")


def _number(phone: str) -> str:
    if not plain_phone(phone):
        raise _fail("this is no phone number")
    return phone


def _fail(text: str) -> typer.Exit:
    Console(stderr=True, highlight=False).print(f"[red]linyu:[/red] {text}", soft_wrap=True)
    return typer.Exit(1)
