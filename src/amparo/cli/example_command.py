"""``amparo example``: a fictional workspace, kept in a file or forgotten at the end."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from amparo.cli.open_command import Serving, serve, serving_options, session_house
from amparo.cli.shared import help_text, known, new_opener, opened
from amparo.content.examples import EXAMPLES, Size, example
from amparo.model.base import Record
from amparo.session import Session


@click.command(help=help_text("example.help"), epilog=help_text("example.example"))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help=help_text("opt.workspace_out")
)
@click.option(
    "--name", type=click.Choice(EXAMPLES), default="small", help=help_text("opt.example_name")
)
@click.option("--large", is_flag=True, help=help_text("opt.large"))
@click.option("--open", "show", is_flag=True, help=help_text("opt.show"))
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help=help_text("opt.passphrase")
)
@serving_options
def command(
    output: Path | None,
    passphrase_file: Path | None,
    *,
    name: Size,
    large: bool,
    show: bool,  # noqa: ARG001 - what happens without -o, said aloud
    **given: Any,
) -> None:
    """Write the example to a new workspace, or show it for this session only."""
    how = Serving(**given)
    records = _records(how.lang, "large" if large else name)
    if output is not None:
        with opened(output, new_opener(passphrase_file), create=True) as session:
            _fill(session, records)
        click.echo(help_text("example.done"))
        return
    with closing(session_house(how)) as house:
        _fill(house.session, records)
        serve(house, how)


def _records(lang: str, name: Size) -> tuple[Record, ...]:
    today = datetime.now(UTC).astimezone().date()
    return example(name, known(lang), today)


def _fill(session: Session, records: tuple[Record, ...]) -> None:
    session.save_many([(record, None) for record in records])
