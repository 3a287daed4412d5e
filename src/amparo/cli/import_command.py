"""``amparo import``: what somebody changed in an exported table goes back into the workspace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from amparo.cli import words
from amparo.cli.shared import (
    help_text,
    opened,
    opener,
    opener_options,
    read_secret,
    workspace_argument,
)

if TYPE_CHECKING:
    from amparo.report.importing import Change, Changes
    from amparo.session import Session

_REFUSED = 1
_ID_DIGITS = 8


@click.command(help=help_text("import.help"), epilog=help_text("import.example"))
@click.argument("file", type=click.Path(path_type=Path))
@workspace_argument
@opener_options
@click.option("--apply", "save", is_flag=True, help=help_text("opt.apply"))
def command(
    file: Path,
    workspace: Path,
    passphrase_file: Path | None,
    identity_file: Path | None,
    *,
    save: bool,
) -> int:
    """Say what a file would change; change it only when told to."""
    from amparo.report.importing import apply, changes_for, read_proposals

    identity = read_secret(identity_file) if identity_file else ""
    # Before anybody is asked for a passphrase: a file that is refused needs none.
    proposals = read_proposals(file, identity)
    with opened(workspace, opener(passphrase_file, identity_file)) as session:
        changes = changes_for(
            proposals.records,
            session.stored(),
            today=datetime.now(UTC).astimezone().date(),
            was_deleted=_was_deleted(session),
        )
        _tell(changes)
        if proposals.unread_sheets:
            click.echo(words().text("cli.import.sheets", number=proposals.unread_sheets))
        saved = apply(session, changes) if save else 0
    click.echo(_end(changes, saved=saved))
    return _REFUSED if changes.of("refused") else 0


def _was_deleted(session: Session) -> Callable[[str], bool]:
    is_empty = session.status().seq == 0
    return lambda record_id: not is_empty and bool(session.history(record_id))


def _tell(changes: Changes) -> None:
    for kind in dict.fromkeys(change.kind for change in changes.all):
        own = [change.state for change in changes.all if change.kind == kind]
        counts = {state: own.count(state) for state in ("new", "changed", "same", "refused")}
        click.echo(words().text("cli.import.kind", kind=_table(kind), **counts))
    for change in changes.all:
        for line in _lines(change):
            click.echo(f"  {line}")


def _lines(change: Change) -> list[str]:
    lines = [_line("changed", change, change.fields)] if change.state == "changed" else []
    if change.left:
        lines.append(_line("left", change, change.left))
    for fault in change.faults:
        key = "cli.import.refused_column" if fault.column else "cli.import.refused"
        lines.append(
            words().text(
                key,
                table=_table(fault.place.table), row=fault.place.row, column=fault.column,
                why=words().text(fault.key),
            )
        )  # fmt: skip
    return lines


def _line(key: str, change: Change, names: tuple[str, ...]) -> str:
    """Say which fields of which entry, and never what stands in them."""
    record_id = change.record.id[:_ID_DIGITS] if change.record else ""
    fields = words().text("report.join.items").join(_field(change.kind, one) for one in names)
    kind = words().text(f"kind.{change.kind}")
    return words().text(f"cli.import.{key}", kind=kind, id=record_id, fields=fields)


def _field(kind: str, name: str) -> str:
    keys = (f"field.{kind}.{name}", f"field.record.{name}", f"report.tables.{name}")
    return words().text(next(key for key in keys if words().has(key)))


def _table(name: str) -> str:
    kind, _, list_name = name.partition(".")
    if not words().has(f"kind.{kind}.many"):
        return words().text("cli.import.unknown")
    title = words().text(f"kind.{kind}.many")
    return f"{title}: {words().text(f'field.{kind}.{list_name}')}" if list_name else title


def _end(changes: Changes, *, saved: int) -> str:
    if saved:
        return words().text("cli.import.done", number=saved)
    if changes.of("refused"):
        return words().text("cli.import.mend")
    if changes.can_be_saved:
        return words().text("cli.import.dry")
    return words().text("cli.import.nothing")
