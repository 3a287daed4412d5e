"""``amparo slot``: who can open a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from amparo.cli.shared import (
    help_text,
    lang_option,
    new_opener,
    opened,
    opener,
    opener_options,
    passphrase,
    recovery_slot,
    workspace_argument,
)


@click.group(help=help_text("slot.help"), epilog=help_text("slot.example"))
def command() -> None:
    """List, add, change, remove."""


@command.command("list", help=help_text("slot.list"))
@workspace_argument
@opener_options
def list_slots(workspace: Path, passphrase_file: Path | None, identity_file: Path | None) -> None:
    """Print one line a slot: its id and its kind."""
    with opened(workspace, opener(passphrase_file, identity_file)) as session:
        for slot in session.slots():
            click.echo(f"{slot.id}  {help_text('slot.kind_' + slot.kind)}")


@command.command("add", help=help_text("slot.add"))
@workspace_argument
@opener_options
@click.option("--recipient", help=help_text("opt.recipient"))
@click.option("--recovery", is_flag=True, help=help_text("opt.recovery"))
@click.option(
    "--new-passphrase-file", type=click.Path(path_type=Path), help=help_text("opt.new_passphrase")
)
@lang_option
def add(workspace: Path, lang: str, **options: object) -> None:
    """Add a recipient, recovery words or one more passphrase."""
    who = opener(options["passphrase_file"], options["identity_file"])  # type: ignore[arg-type]
    recipient = options["recipient"]
    if not recipient and not options["recovery"]:
        another = new_opener(options["new_passphrase_file"])  # type: ignore[arg-type]
        with opened(workspace, who) as session:
            session.add_passphrase(another.text)
    else:
        with opened(workspace, who) as session:
            if recipient:
                session.add_recipient(str(recipient))
            if options["recovery"]:
                recovery_slot(session, lang)
    click.echo(help_text("slot.added"))


@command.command("change", help=help_text("slot.change"))
@workspace_argument
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help=help_text("opt.passphrase")
)
@click.option(
    "--new-passphrase-file", type=click.Path(path_type=Path), help=help_text("opt.new_passphrase")
)
def change(workspace: Path, **options: Path | None) -> None:
    """Change the passphrase that opens it now."""
    old = passphrase(options["passphrase_file"])
    new = new_opener(options["new_passphrase_file"])
    with opened(workspace, old) as session:
        session.change_passphrase(old.text, new.text)
    click.echo(help_text("slot.changed"))


@command.command("remove", help=help_text("slot.remove"))
@workspace_argument
@click.argument("slot_id")
@opener_options
def remove(
    workspace: Path, slot_id: str, passphrase_file: Path | None, identity_file: Path | None
) -> None:
    """Remove one slot; the last one stays."""
    with opened(workspace, opener(passphrase_file, identity_file)) as session:
        session.remove_slot(slot_id)
    click.echo(help_text("slot.removed"))
