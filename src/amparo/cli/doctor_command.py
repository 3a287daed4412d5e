"""``amparo doctor``: look at this computer, in plain words; nothing is sent anywhere."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from amparo.cli import words
from amparo.cli.shared import help_text
from amparo.computer import Finding, examine

_SIGNS = {"ok": "✓", "warn": "!", "unknown": "?"}
# These make Amparo itself unsafe or unusable; the others are the computer's own.
_MUST = frozenset({"versions", "database", "fonts", "dumps"})


@click.command(help=help_text("doctor.help"), epilog=help_text("doctor.example"))
@click.option("--json", "as_json", is_flag=True, help=help_text("opt.json"))
@click.option("--keep-in", type=click.Path(path_type=Path), help=help_text("opt.keep_in"))
def command(*, as_json: bool, keep_in: Path | None) -> None:
    """Print one line a finding; exit 2 when something should be mended."""
    findings = examine(keep_in)
    if as_json:
        click.echo(json.dumps({"findings": [asdict(one) for one in findings]}))
    else:
        for one in findings:
            click.echo(f"{_SIGNS[one.state]} {sentence(one)}")
    sys.exit(2 if any(one.state == "warn" and one.name in _MUST for one in findings) else 0)


def sentence(finding: Finding) -> str:
    """Return what a finding means and what to do."""
    return words().text(f"cli.doctor.{finding.name}.{finding.state}", **finding.values)
