"""`linyu knowledge` and `linyu training`: pages and sentences on their way to and from git."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import wiring
from bot.errors import BadInput
from bot.services.kernel.permissions import OPERATOR
from bot.services.knowledge import page_versions
from bot.services.learning import learning

knowledge_app = typer.Typer(no_args_is_help=True, help="Knowledge pages: to files and back.")
training_app = typer.Typer(no_args_is_help=True, help="Sentences that staff approved for training.")


@knowledge_app.command("export")
def export_pages(folder: Path) -> None:
    """Write every page that residents are told as a Markdown file, such as into data/knowledge."""
    count = page_versions.export_to(wiring.store(), folder, wiring.now())
    typer.echo(f"{count} pages are in {folder}")


@knowledge_app.command("import")
def import_pages(
    folder: Path,
    live: Annotated[bool, typer.Option("--live", help="they were reviewed elsewhere: tell residents at once")] = False,
) -> None:
    """Take in files that differ from what residents are told: as drafts, or live."""
    try:
        changed = page_versions.import_from(wiring.store(), folder, wiring.now(), live=live)
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except BadInput as error:
        typer.echo(f"a page cannot be taken in: {error.field} is not right", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{len(changed)} pages are {'live' if live else 'drafts'}: {', '.join(changed) or '-'}")


@training_app.command("export")
def export_training(folder: Annotated[Path | None, typer.Argument()] = None) -> None:
    """Write the approved sentences, masked, in Rasa's format: to zh/learnt.yml and en/learnt.yml below FOLDER, or here."""
    files = learning.export(wiring.store(), OPERATOR, wiring.now())
    for language, text in files.items():
        if folder is None:
            sys.stdout.write(text)
            continue
        (folder / language).mkdir(parents=True, exist_ok=True)
        (folder / language / "learnt.yml").write_text(text, "utf-8")
    if folder is not None:
        typer.echo(f"written for {', '.join(files) or 'no language: nothing is approved yet'}")
