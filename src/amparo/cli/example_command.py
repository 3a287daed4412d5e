"""``amparo example``: a fictional workspace, kept in a file or forgotten at the end."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click

from amparo.cli.shared import help_text, known, lang_option, new_opener, opened
from amparo.content.examples import example
from amparo.keeper import client
from amparo.model.base import Record
from amparo.session import Session


@click.command(help=help_text("example.help"), epilog=help_text("example.example"))
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help=help_text("opt.workspace_out")
)
@click.option("--large", is_flag=True, help=help_text("opt.large"))
@click.option("--open", "show", is_flag=True, help=help_text("opt.show"))
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help=help_text("opt.passphrase")
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help=help_text("opt.port"))
@click.option("--no-browser", is_flag=True, help=help_text("opt.no_browser"))
@click.option("--json", "as_json", is_flag=True, help=help_text("opt.json"))
@lang_option
def command(
    output: Path | None,
    passphrase_file: Path | None,
    port: int,
    lang: str,
    **flags: bool,
) -> None:
    """Write the example to a new workspace, or show it for this session only."""
    records = _records(lang, large=flags["large"])
    if output is not None:
        with opened(output, new_opener(passphrase_file), create=True) as session:
            _fill(session, records)
        click.echo(help_text("example.done"))
        return
    from amparo.cli.open_command import serve

    with tempfile.TemporaryDirectory(prefix="am-") as folder:
        place = Path(folder) / "w.amparo"
        handle = client.start(place, session_only=True, owner_pid=os.getpid())
        with Session.connect(handle.environment()) as session:
            _fill(session, records)
            serve(
                session,
                handle,
                lang,
                port,
                browser=not flags["no_browser"],
                as_json=flags["as_json"],
            )
            session.lock()
    sys.exit(0)


def _records(lang: str, *, large: bool) -> tuple[Record, ...]:
    today = datetime.now(UTC).astimezone().date()
    return example("large" if large else "small", known(lang), today)


def _fill(session: Session, records: tuple[Record, ...]) -> None:
    session.save_many([(record, None) for record in records])
