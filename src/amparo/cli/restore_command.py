"""``amparo restore``: a workspace again, from a backup file alone."""

from __future__ import annotations

import os
from pathlib import Path

import click

from amparo.cli.shared import help_text, opener, opener_options, refuse_existing, working
from amparo.keeper import client
from amparo.session import Session


@click.command(help=help_text("restore.help"), epilog=help_text("restore.example"))
@click.argument("backup", type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help=help_text("opt.workspace_out"),
)
@opener_options
def command(
    backup: Path, output: Path, passphrase_file: Path | None, identity_file: Path | None
) -> None:
    """Check the file with its own key first; only a whole workspace appears."""
    refuse_existing(output)
    who = opener(passphrase_file, identity_file)
    with working(help_text("progress.opening")):
        handle = client.start(output, who, restore_from=backup, owner_pid=os.getpid())
    with Session.connect(handle.environment()) as session:
        session.lock()
    click.echo(help_text("restore.done"))
