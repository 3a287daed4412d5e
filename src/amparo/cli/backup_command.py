"""``amparo backup``: one encrypted file that opens anywhere."""

from __future__ import annotations

from pathlib import Path

import click

from amparo.cli.shared import (
    help_text,
    opened,
    opener,
    opener_options,
    refuse_existing,
    working,
    workspace_argument,
)


@click.command(help=help_text("backup.help"), epilog=help_text("backup.example"))
@workspace_argument
@opener_options
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help=help_text("opt.output")
)
def command(
    workspace: Path, output: Path, passphrase_file: Path | None, identity_file: Path | None
) -> None:
    """Write the file in one piece."""
    refuse_existing(output)
    who = opener(passphrase_file, identity_file)
    with opened(workspace, who) as session, working(help_text("progress.backup")):
        session.backup(output.absolute())
    click.echo(help_text("backup.done"))
