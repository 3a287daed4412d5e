"""``amparo wipe``: delete a whole workspace for good, and look whether it is gone."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from amparo.cli import words
from amparo.cli.shared import help_text, workspace_argument
from amparo.errors import AmparoError
from amparo.store import REMAINS, wipe


class NotConfirmedError(AmparoError):
    """Nobody typed the word that confirms a wipe; nothing was deleted."""

    key = "error.wipe_unconfirmed"


@click.command(help=help_text("wipe.help"), epilog=help_text("wipe.example"))
@workspace_argument
@click.option("--yes", is_flag=True, help=help_text("wipe.yes"))
def command(workspace: Path, *, yes: bool) -> None:
    """Ask once, destroy the keys, remove the rest, say what no program can take back."""
    if not yes:
        _ask()
    wipe(workspace)
    click.echo(help_text("wipe.done"))
    for key in REMAINS:
        click.echo(f"- {words().text(key)}")


def _ask() -> None:
    word = help_text("wipe.word")
    typed = ""
    if sys.stdin.isatty():
        question = words().text("cli.wipe.ask", word=word)
        typed = click.prompt(question, default="", show_default=False, prompt_suffix=" ")
    if typed.strip().casefold() != word.casefold():
        raise NotConfirmedError("the word was not typed")
