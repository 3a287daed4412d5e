"""``amparo new``: make an empty encrypted workspace."""

from __future__ import annotations

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from amparo.cli.shared import help_text, known, lang_option, new_opener, opened, recovery_slot
from amparo.model.process import DataRule, Process


@click.command(help=help_text("new.help"), epilog=help_text("new.example"))
@click.argument("workspace", type=click.Path(path_type=Path))
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help=help_text("opt.passphrase")
)
@click.option("--recovery", is_flag=True, help=help_text("opt.recovery"))
@lang_option
def command(workspace: Path, passphrase_file: Path | None, lang: str, *, recovery: bool) -> None:
    """Make it, with the process record as its first entry."""
    known(lang)
    who = new_opener(passphrase_file)
    today = datetime.now(UTC).astimezone().date()
    rule = DataRule(storage="one_encrypted_file")
    process = Process(id=secrets.token_hex(16), created_on=today, data_rule=rule)
    with opened(workspace, who, create=True) as session:
        session.save(process, expected_version=None)
        if recovery:
            recovery_slot(session, lang)
    click.echo(help_text("new.done"))
    if not sys.stdin.isatty():
        return
    click.echo(help_text("new.next"))
