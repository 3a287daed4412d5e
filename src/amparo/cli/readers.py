"""Who will read it, on the command line: a usual reader, or one of a file of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from amparo.cli import words
from amparo.cli.shared import help_text

if TYPE_CHECKING:
    from amparo.report.own_audiences import OwnAudience

F = TypeVar("F", bound=Callable[..., Any])


def own_readers_option(function: F) -> F:
    """Add ``--audiences``."""
    return click.option(
        "--audiences", type=click.Path(path_type=Path), help=help_text("opt.audiences")
    )(function)


def reader_options(function: F) -> F:
    """Add ``--audiences`` and ``--as``."""
    function = click.option("--as", "own_reader", help=help_text("opt.as"))(function)
    return own_readers_option(function)


def chosen_reader(options: Mapping[str, Any], usual: Any) -> OwnAudience:
    """Return who reads: the one named with ``--as``, else the *usual* one.

    Raises:
        NoSuchReaderError: only one of both options was given, or the file has no such reader.
        OwnAudiencesError: the file was refused; its lines were said.
    """
    from amparo.report.own_audiences import NoSuchReaderError, OwnAudience

    path, name = options["audiences"], options["own_reader"]
    if path is None and name is None:
        return OwnAudience(usual)
    known = own_readers(path)
    if name not in known:
        raise NoSuchReaderError("no reader of this name")
    return known[name]


def own_readers(path: Path | None) -> dict[str, OwnAudience]:
    """Return the readers of a file, none without one; its mistakes are said line by line.

    Raises:
        OwnAudiencesError: the file was refused.
    """
    from amparo.report.own_audiences import OwnAudiencesError, read_audiences

    if path is None:
        return {}
    try:
        return read_audiences(path)
    except OwnAudiencesError as error:
        for issue in error.issues:
            place = help_text("audiences.line").format(line=issue.line)
            click.echo(f"{place}{issue.sentence(words())}", err=True)
        raise
