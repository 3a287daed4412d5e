"""``amparo translate``: how complete each language is, and files for translators."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from amparo.cli import words
from amparo.cli.shared import help_text

_FORMATS = ("po", "xliff")
_PATH = click.Path(path_type=Path)
_root = click.option("--root", type=_PATH, help=help_text("opt.root"))


def _say(key: str, **values: object) -> str:
    return words().text(f"cli.{key}", **values)


@click.group(help=help_text("translate.help"), epilog=help_text("translate.example"))
def command() -> None:
    """Look, hand out, take back."""


@command.command("status", help=help_text("translate.status"))
@click.option("--json", "as_json", is_flag=True, help=help_text("opt.json"))
@_root
def status_command(root: Path | None, *, as_json: bool) -> None:
    """Print a table of parts and languages."""
    from amparo.translate import project, status

    rows = status(project(root))
    if as_json:
        click.echo(json.dumps([_plain(row) for row in rows], ensure_ascii=False))
    else:
        for line in _table(rows):
            click.echo(line)


def _plain(row: Any) -> dict[str, Any]:
    held = {"part": row.part, "lang": row.lang, "total": row.total}
    return {**held, "percent": row.percent, "missing": list(row.missing)}


def _table(rows: tuple[Any, ...]) -> list[str]:
    langs = sorted({row.lang for row in rows})
    by_part: dict[str, dict[str, Any]] = {}
    for row in rows:
        by_part.setdefault(row.part, {})[row.lang] = row
    wide = max((len(name) for name in by_part), default=0) + 2
    named = "".join(f"{lang:>14}" for lang in langs)
    lines = [f"{help_text('translate.part'):<{wide}}{help_text('translate.entries'):>8}{named}"]
    for name, held in by_part.items():
        lines.append(_line(name, wide, [[held[lang]] for lang in langs]))
    for key, wanted in (("translate.interface", True), ("translate.lessons", False)):
        sums = [[r for r in rows if r.lang == x and r.is_interface is wanted] for x in langs]
        lines.append(_line(help_text(key), wide, sums))
    return lines


def _line(name: str, wide: int, cells: list[list[Any]]) -> str:
    from amparo.translate.status import percent

    told, total = "", 0
    for rows in cells:
        total, missing = sum(r.total for r in rows), sum(len(r.missing) for r in rows)
        said = f"{percent(total, missing)}%" + (f" (-{missing})" if missing else "")
        told += f"{said:>14}"
    return f"{name:<{wide}}{total:>8}{told}"


@command.command("export", help=help_text("translate.export"))
@click.argument("lang")
@click.option("--output", "-o", type=_PATH, required=True, help=help_text("opt.translate_out"))
@click.option("--format", "form", type=click.Choice(_FORMATS), default="po",
              help=help_text("opt.translate_format"))  # fmt: skip
@_root
def export_command(lang: str, output: Path, form: Any, root: Path | None) -> None:
    """Write one file a part."""
    from amparo.translate import export, project

    paths = export(project(root), lang, output, form)
    click.echo(_say("translate.exported", number=len(paths)))


@command.command("import", help=help_text("translate.import"))
@click.argument("files", nargs=-1, required=True, type=_PATH)
@click.option("--check", is_flag=True, help=help_text("opt.translate_check"))
@_root
def import_command(files: tuple[Path, ...], root: Path | None, *, check: bool) -> None:
    """Take files back, all of them or none; exit 2 when something has to be mended."""
    from amparo.translate import bring_in, project

    done = bring_in(project(root), files, check=check)
    for trouble in done.troubles:
        click.echo(trouble.sentence(words()))
    if done.troubles:
        click.echo(_say("translate.nothing_written", number=len(done.troubles)))
        sys.exit(2)
    key = "translate.would_write" if check else "translate.written"
    click.echo(_say(key, number=done.changed, files=len(done.written)))
    for name in ("empty", "unsure", "stale"):
        if left := getattr(done, name):
            click.echo(_say(f"translate.left.{name}", number=left))
