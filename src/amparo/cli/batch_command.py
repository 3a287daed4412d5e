"""``amparo batch``: many reports in one go, from a table of jobs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.cli import words
from amparo.cli.readers import own_readers, own_readers_option
from amparo.cli.shared import help_text

if TYPE_CHECKING:
    from amparo.report.batch import JobsError, Summary

_FAILED = 1
_STOPPED = 130


@click.command(help=help_text("batch.help"), epilog=help_text("batch.example"))
@click.argument("jobs", type=click.Path(path_type=Path))
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help=help_text("opt.folder")
)
@click.option("--workers", type=click.IntRange(1, 64), default=None, help=help_text("opt.workers"))
@click.option("--scheduler", "address", default=None, help=help_text("opt.scheduler"))
@own_readers_option
@click.option("--plain", is_flag=True, help=help_text("opt.plain"))
@click.option("--check", "only_check", is_flag=True, help=help_text("opt.only_check"))
def command(  # noqa: PLR0913 - all named, one for each thing a person may choose
    jobs: Path,
    output: Path,
    workers: int | None,
    address: str | None,
    audiences: Path | None,
    *,
    plain: bool,
    only_check: bool,
) -> int:
    """Check the whole table, then make every report that is not there yet."""
    from amparo.report.batch import Address, JobsError, read_jobs, run

    scheduler = Address.read(address) if address else None
    try:
        known = read_jobs(jobs, plain=plain, own=own_readers(audiences))
    except JobsError as error:
        _say_problems(error)
        raise
    if only_check:
        click.echo(words().text("cli.batch.checked", number=len(known)))
        return 0
    at_once = workers or os.cpu_count() or 1
    try:
        with _progress(len(known)) as told:
            summary = run(known, output, workers=at_once, scheduler=scheduler, told=told)
    except KeyboardInterrupt:
        click.echo(help_text("batch.stopped"), err=True)
        return _STOPPED
    return _end(summary)


def _say_problems(error: JobsError) -> None:
    for one in error.problems:
        place = help_text("batch.row").format(row=one.row, column=one.column) if one.row else ""
        click.echo(f"{place}{words().text(f'cli.{one.key}', **one.values)}", err=True)


def _end(summary: Summary) -> int:
    for one in summary.failures:
        sentence = words().text(one.key, **one.values)
        click.echo(f"{help_text('batch.line').format(row=one.row)}{sentence}", err=True)
    click.echo(
        words().text(
            "cli.batch.done",
            made=summary.made, there=summary.there, failed=len(summary.failures),
        )
    )  # fmt: skip
    return _FAILED if summary.failures else 0


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far it is and how long it still takes."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total)
        yield lambda number: bar.advance(task, number)
