"""`linyu points`: the ledger of the volunteers' points."""

import typer
from rich.console import Console

from bot import wiring
from bot.services.points import points

points_app = typer.Typer(no_args_is_help=True, help="The volunteers' points.")


@points_app.command()
def verify() -> None:
    """Prove that every transfer sums to nothing, nobody is below zero, and every reward is paid for."""
    console = Console(highlight=False)
    found = points.verify(wiring.store())
    for line in found:
        console.print(line)
    console.print("the ledger is whole" if not found else f"{len(found)} faults")
    if found:
        raise typer.Exit(1)
