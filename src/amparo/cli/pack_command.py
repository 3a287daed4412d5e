"""``amparo pack``: newer content from a stick, if somebody the group trusts has signed it."""

from __future__ import annotations

from pathlib import Path

import click

from amparo.cli import words
from amparo.cli.shared import help_text

_FILE = click.Path(path_type=Path)
_keys = click.option("--keys", type=_FILE, help=help_text("pack.opt.keys"))


@click.group(help=help_text("pack.help"), epilog=help_text("pack.example"))
def command() -> None:
    """Make, sign, trust, install, list, verify."""


@command.command("new-key", help=help_text("pack.new_key"))
@click.argument("file", type=_FILE)
def new_key(file: Path) -> None:
    """Write a key and its public half, and say what people compare."""
    from amparo import packs

    shown = packs.new_key(file)
    click.echo(words().text("cli.pack.key_made", fingerprint=shown))


@command.command("trust", help=help_text("pack.trust"))
@click.argument("file", type=_FILE)
@_keys
def trust(file: Path, keys: Path | None) -> None:
    """Put a public key into the folder of the trusted ones."""
    from amparo import packs

    shown = packs.trust(file, keys or packs.trusted_folder())
    click.echo(words().text("cli.pack.trusted", fingerprint=shown))


@command.command("sign", help=help_text("pack.sign"))
@click.argument("folder", type=_FILE)
@click.option("--key", type=_FILE, required=True, help=help_text("pack.opt.key"))
@click.option("--output", "-o", type=_FILE, required=True, help=help_text("opt.output"))
def sign(folder: Path, key: Path, output: Path) -> None:
    """Check a folder of content, make it one file, sign it."""
    from amparo import packs

    packs.make_pack(folder, key, output)
    click.echo(help_text("pack.signed"))


@command.command("install", help=help_text("pack.install"))
@click.argument("file", type=_FILE)
@_keys
def install(file: Path, keys: Path | None) -> None:
    """Look at everything, then put it into use in one step."""
    from amparo import packs

    version = packs.install(file, keys)
    click.echo(words().text("cli.pack.installed", version=version))


@command.command("list", help=help_text("pack.list"))
def list_packs() -> None:
    """Print one line a pack: its version, where it is from, whether it is used."""
    from amparo import packs

    for one in packs.installed():
        place = help_text("pack.ships" if one.ships else "pack.taken_in")
        used = help_text("pack.used") if one.is_used else ""
        click.echo(f"{one.version}  {place}  {used}".rstrip())


@command.command("verify", help=help_text("pack.verify"))
@click.argument("folder", type=_FILE)
@_keys
def verify(folder: Path, keys: Path | None) -> None:
    """Look whether the folder of a stick is whole and signed."""
    from amparo import packs

    count = packs.check_sums(folder, keys or packs.trusted_folder())
    click.echo(words().text("cli.pack.whole", count=count))
