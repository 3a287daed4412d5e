"""``amparo report``: print a sheet, a plan or an analysis."""

from __future__ import annotations

import importlib
from pathlib import Path
from threading import Thread

import click

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
from amparo.model.reach import AUDIENCES
from amparo.report.audiences import BLANKS, KEEPERS_ONLY

_PAPERS = ("a4", "letter", "oficio")
_REPORTS = ("sheet", "plan", "analysis", "notes")


class PlainAnalysisError(AmparoError):
    """The analysis was asked for without a recipient and without an explicit plain copy."""

    key = "error.plain_analysis"


@click.command(help=help_text("report.help"), epilog=help_text("report.example"))
@click.argument("report", type=click.Choice([*_REPORTS, *BLANKS]))
@click.argument("workspace", type=click.Path(path_type=Path), required=False)
@opener_options
@click.option(
    "--audience", type=click.Choice(AUDIENCES), default="group", help=help_text("opt.audience")
)
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help=help_text("opt.output")
)
@click.option("--paper", type=click.Choice(_PAPERS), default="a4", help=help_text("opt.paper"))
@click.option("--to", "recipients", multiple=True, help=help_text("opt.to"))
@click.option("--plain", is_flag=True, help=help_text("opt.plain"))
@lang_option
def command(
    report: str, workspace: Path | None, output: Path, lang: str, **options: object
) -> None:
    """Make it in memory and write the finished file at once."""
    from amparo.report.run import encrypt_for, make_report, write_output

    known(lang)
    recipients = tuple(str(one) for one in options["recipients"])  # type: ignore[union-attr]
    if report in KEEPERS_ONLY and not recipients and not options["plain"]:
        raise PlainAnalysisError("neither a recipient nor a plain copy was asked for")
    refuse_existing(output)
    paper = str(options["paper"])
    if report in BLANKS:
        from amparo.report.blank import make_blank

        data = make_blank(lang=lang, paper=paper, report=report)
    elif workspace is None:
        raise click.MissingParameter(param_hint="WORKSPACE", param_type="argument")
    else:
        who = opener(options["passphrase_file"], options["identity_file"])  # type: ignore[arg-type]
        # The keeper unlocks in its own process; meanwhile this one reads the report machinery.
        warming = Thread(target=_warm_up, daemon=True)
        warming.start()
        audience = str(options["audience"])
        with opened(workspace, who) as session, working(help_text("progress.report")):
            warming.join()  # a module that is half read must not be used
            data = make_report(session, report, audience=audience, lang=lang, paper=paper)  # type: ignore[arg-type]
    write_output(output, encrypt_for(data, recipients) if recipients else data)
    click.echo(help_text("report.done"))


def _warm_up() -> None:
    from amparo.report.lean import load_exporter_base, load_papermill

    load_papermill()
    load_exporter_base()
    importlib.import_module("amparo.report.engine_shell")
    importlib.import_module("amparo.report.exporter")
