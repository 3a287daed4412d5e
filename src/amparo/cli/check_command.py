"""``amparo check``: read a content pack and list everything that is wrong with it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from amparo.cli.shared import help_text, known, lang_option


@click.command(help=help_text("check.help"), epilog=help_text("check.example"))
@click.argument("pack", type=click.Path(path_type=Path, exists=True, file_okay=False))
@lang_option
def command(pack: Path, lang: str) -> None:
    """Print one line an issue; exit 2 when there is one."""
    from amparo.content import check, check_report

    lines = check_report(pack, known(lang))
    for line in lines:
        click.echo(line)
    sys.exit(2 if check(pack) else 0)
