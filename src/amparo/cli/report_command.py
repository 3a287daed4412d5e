"""``amparo report NAME``: one command a report, its options read off the report's own model."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, get_args

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
    working,
)
from amparo.errors import AmparoError
from amparo.report.audiences import BLANKS, OUTSIDE, REPORTS, is_guarded
from amparo.report.formats import FORMATS
from amparo.report.parameters import parameters_of

if TYPE_CHECKING:
    from amparo.report.sealing import Seal

_PAPERS = ("a4", "letter", "oficio")
_METAVARS = {date: "YYYY-MM-DD"}


class PlainAnalysisError(AmparoError):
    """A keepers' paper or an open file was asked for without a recipient or a plain copy."""

    key = "error.plain_analysis"


class _Reports(click.Group):
    """Makes the command of one report when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*REPORTS, *BLANKS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name in BLANKS:
            return _blank(cmd_name)
        return _report(cmd_name) if cmd_name in REPORTS else None


@click.command(cls=_Reports, help=help_text("report.help"), epilog=help_text("report.example"))
def command() -> None:
    """Say which reports there are."""


def _common(function: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option("--output", "-o", required=True, type=click.Path(path_type=Path),
                     help=help_text("opt.output")),
        click.option("--paper", type=click.Choice(_PAPERS), default="a4",
                     help=help_text("opt.paper")),
        click.option("--to", "recipients", multiple=True, help=help_text("opt.to")),
        lang_option,
    )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


def _blank(report: str) -> click.Command:
    @click.command(report, help=help_text(f"report.of.{report}"))
    @_common
    def made(output: Path, lang: str, paper: str, recipients: tuple[str, ...]) -> None:
        from amparo.report.blank import make_blank

        seal = _seal(recipients, None, "pdf")
        refuse_existing(output)
        _give(output, seal.close(make_blank(lang=known(lang), paper=paper, report=report)))

    return made


def _report(report: str) -> click.Command:
    audiences = REPORTS[report].audiences

    @click.argument("workspace", type=click.Path(path_type=Path))
    @opener_options
    @click.option(
        "--audience", type=click.Choice(audiences), default=audiences[0], show_default=True,
        help=help_text("opt.audience"),
    )  # fmt: skip
    @click.option(
        "--format", "form", type=click.Choice(list(FORMATS)), default="pdf", show_default=True,
        help=help_text("opt.format"),
    )  # fmt: skip
    @reader_options
    @click.option("--plain", is_flag=True, help=help_text("opt.plain"))
    @click.option(
        "--password-file", type=click.Path(path_type=Path), help=help_text("opt.password_file")
    )
    @_common
    def made(workspace: Path, output: Path, lang: str, **options: Any) -> None:
        from amparo.report.opened import check_audience
        from amparo.report.run import ReportOrder, make_report

        reader = chosen_reader(options, options["audience"])
        order = ReportOrder(
            report, reader.like, known(lang), options["paper"], options["form"],
            without=reader.without,
            parameters={name: _plain(options[name]) for name in _names(report)
                        if options[name] is not None},
        )  # fmt: skip
        seal = _seal(options["recipients"], options["password_file"], order.form)
        check_audience(report, order.audience)
        closed = is_guarded(report, order.audience) or FORMATS[order.form].is_open
        if closed and not seal and not options["plain"]:
            raise PlainAnalysisError("neither a recipient nor a plain copy was asked for")
        refuse_existing(output)
        ticks = _ticks(options.get("ticks"))
        who = opener(options["passphrase_file"], options["identity_file"])
        # The keeper unlocks in its own process; meanwhile this one reads the report machinery.
        warming = Thread(target=_warm_up, daemon=True)
        warming.start()
        with opened(workspace, who) as session, working(help_text("progress.report")):
            warming.join()  # a module that is half read must not be used
            data = make_report(session, order, ticks)
        _give(output, seal.close(data))

    for option in reversed([*_own_options(report), *_ticks_option(report)]):
        made = option(made)
    return click.command(report, help=help_text(f"report.of.{report}"))(made)


def _ticks_option(report: str) -> list[Callable[..., Any]]:
    if not OUTSIDE & set(REPORTS[report].audiences):
        return []
    return [
        click.option("--ticks", type=click.Path(path_type=Path), help=help_text("opt.ticks")),
    ]


def _ticks(path: Path | None) -> Any:
    from amparo.report.ticks import read_ticks

    return read_ticks(path) if path else None


def _names(report: str) -> list[str]:
    return list(parameters_of(report).model_fields)


def _own_options(report: str) -> list[Callable[..., Any]]:
    return [
        click.option(
            f"--{name}", default=None, help=help_text(field.description or name),
            type=_type(field.annotation), metavar=_METAVARS.get(_held(field.annotation)),
        )
        for name, field in parameters_of(report).model_fields.items()
    ]  # fmt: skip


def _held(annotation: Any) -> Any:
    return next(kind for kind in (*get_args(annotation), annotation) if kind is not type(None))


def _type(annotation: Any) -> Any:
    kinds = {date: click.DateTime(["%Y-%m-%d"]), int: click.INT}
    return kinds.get(_held(annotation), click.STRING)


def _plain(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value


def _seal(recipients: tuple[str, ...], password_file: Path | None, form: str) -> Seal:
    """Return what closes the file, refused before anybody has waited for a report."""
    from amparo.report.sealing import Seal, read_password

    password = None if password_file is None else read_password(password_file)
    seal = Seal(recipients, password)
    seal.check(form)
    return seal


def _give(output: Path, data: bytes) -> None:
    from amparo.report.run import write_output

    write_output(output, data)
    click.echo(help_text("report.done"))


def _warm_up() -> None:
    from amparo.report.lean import load_exporter_base, load_papermill

    load_papermill()
    load_exporter_base()
    importlib.import_module("amparo.report.engine_shell")
    importlib.import_module("amparo.report.exporter")
