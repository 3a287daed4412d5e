"""``amparo copy``: copy the workbooks out, to change them."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from amparo.cli.shared import help_text, refuse_existing
from amparo.resources import bundled

FOUNDATIONS = "foundations"


@click.command(help=help_text("copy.help"), epilog=help_text("copy.example"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--with-pack", is_flag=True, help=help_text("opt.with_pack"))
def command(folder: Path, *, with_pack: bool) -> None:
    """Copy every workbook; nothing is ever run inside the installation."""
    refuse_existing(folder)
    shutil.copytree(
        bundled("workbooks"), folder, ignore=shutil.ignore_patterns("*.local.ipynb", ".*")
    )
    if with_pack:
        shutil.copytree(bundled("curricula") / FOUNDATIONS, folder / FOUNDATIONS)
    click.echo(help_text("copy.done"))
