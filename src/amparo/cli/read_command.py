"""``amparo read``: two people read, one after the other, every sentence that would leave."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amparo.cli.readers import chosen_reader, reader_options
from amparo.cli.shared import (
    help_text,
    known,
    lang_option,
    opened,
    opener,
    opener_options,
    refuse_existing,
)
from amparo.errors import AmparoError, AudienceError
from amparo.report.audiences import OUTSIDE, REPORTS

if TYPE_CHECKING:
    from datetime import date

    from amparo.messages import Messages
    from amparo.report.leaving import Leaving
    from amparo.report.run import ReportOrder
    from amparo.store import Opener

_LETTER = re.compile("[A-Z]{1,2}")
_STOPPED = 1
READ_FIRST = tuple(name for name, one in REPORTS.items() if OUTSIDE & set(one.audiences))


class NoTerminalError(AmparoError):
    """Reading is done by people: there is no way to do it without a terminal."""

    key = "error.no_terminal"


@click.command(help=help_text("read.help"), epilog=help_text("read.example"))
@click.argument("workspace", type=click.Path(path_type=Path))
@click.argument("report", type=click.Choice(READ_FIRST))
@opener_options
@click.option("--audience", default=None, help=help_text("opt.audience"))
@reader_options
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help=help_text("opt.output")
)
@lang_option
def command(workspace: Path, report: str, output: Path, lang: str, **options: Any) -> int:
    """Show what would leave, ask two people for each sentence, and write their ticks."""
    from amparo.messages import messages
    from amparo.report.run import ReportOrder, write_output
    from amparo.report.ticks import Ticks, ticks_json

    reader = chosen_reader(options, options["audience"] or REPORTS[report].audiences[0])
    order = ReportOrder(report, reader.like, known(lang), without=reader.without)
    _check(report, reader.like)
    need_terminal()
    refuse_existing(output)
    who = opener(options["passphrase_file"], options["identity_file"])
    going, on = _going(workspace, who, order)
    letters = _two_readers(messages(lang), going)
    if letters is None:
        click.echo(help_text("read.stopped"))
        return _STOPPED
    ticks = Ticks(going.digest, letters, len(going.sentences), on.isoformat())
    write_output(output, ticks_json(ticks))
    click.echo(help_text("read.done"))
    return 0


def need_terminal() -> None:
    """Refuse where nobody sits in front.

    Raises:
        NoTerminalError: the input is a file or another program.
    """
    if not sys.stdin.isatty():
        raise NoTerminalError("no terminal")


def _check(report: str, audience: str) -> None:
    if audience not in OUTSIDE & set(REPORTS[report].audiences):
        known_ones = ", ".join(REPORTS[report].audiences)
        raise AudienceError("not a reader outside the group", report=report, known=known_ones)


def _going(workspace: Path, who: Opener, order: ReportOrder) -> tuple[Leaving, date]:
    from amparo.report.leaving import leaving
    from amparo.report.run import ticket_for

    with opened(workspace, who) as session:
        ticket = ticket_for(session, order)
        data = session.report_data(ticket)
    return leaving(data), data.today


def _two_readers(said: Messages, going: Leaving) -> tuple[str, str] | None:
    click.echo("\n" + said.text("report.leaving.limits"))
    if not going.sentences:
        click.echo(said.text("report.leaving.nothing"))
    first = _reader(said, going, "first", "")
    if first is None:
        return None
    second = _reader(said, going, "second", first)
    return None if second is None else (first, second)


def _reader(said: Messages, going: Leaving, which: str, other: str) -> str | None:
    """Return the letter of somebody who ticked every sentence; None when one must not leave."""
    click.echo("\n" + help_text(f"read.{which}"))
    letter = _letter(other)
    total = len(going.sentences)
    for number, sentence in enumerate(going.sentences, start=1):
        click.echo(f"\n[{number}/{total}] {sentence.place}\n    {sentence.text}")
        for flag in sentence.flags:
            click.echo(f"    ! {said.text(f'report.leaving.flag.{flag}')}")
        if not _may_leave():
            return None
    return letter


def _letter(other: str) -> str:
    while True:
        letter = click.prompt(help_text("read.letter")).strip().upper()
        if _LETTER.fullmatch(letter) and letter != other:
            return letter
        click.echo(help_text("read.other_letter"))


def _may_leave() -> bool:
    yes = {"y", help_text("read.yes_sign")}
    no = {"n", help_text("read.no_sign")}
    while True:
        said = click.prompt(help_text("read.may_leave")).strip().lower()
        if said in yes | no:
            return said in yes
