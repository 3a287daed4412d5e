"""What several commands share: who opens, in which language, and where the result goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from amparo.cli import words
from amparo.errors import AmparoError, LanguageError, ReadOnlyError
from amparo.keeper import client
from amparo.messages import languages
from amparo.session import Session
from amparo.store import Identity, Opener, Passphrase
from amparo.store.openers import SECRET_BYTES, secret_line

F = TypeVar("F", bound=Callable[..., Any])


class NoPassphraseError(AmparoError):
    """Nobody can type a passphrase here, and no file with one was named."""

    key = "error.no_passphrase"


def help_text(key: str) -> str:
    """Return a help sentence of the command line."""
    return words().text(f"cli.{key}")


def workspace_argument(function: F) -> F:
    """Add the argument that names the workspace folder."""
    return click.argument("workspace", type=click.Path(path_type=Path))(function)


def opener_options(function: F) -> F:
    """Add the two ways to open without a terminal."""
    for name, key in (("--identity-file", "opt.identity"), ("--passphrase-file", "opt.passphrase")):
        function = click.option(name, type=click.Path(path_type=Path), help=help_text(key))(
            function
        )
    return function


def lang_option(function: F) -> F:
    """Add ``--lang``; without it, the language of the terminal."""
    return click.option(
        "--lang", default=lambda: words().lang, show_default=False, help=help_text("opt.lang")
    )(function)


def pack_option(function: F) -> F:
    """Add ``--pack``: content of one's own instead of the one that ships."""
    kind = click.Path(path_type=Path, exists=True, file_okay=False)
    return click.option("--pack", type=kind, help=help_text("opt.pack"))(function)


def use_pack(pack: Path | None) -> None:
    """Let this process and those it starts read *pack* instead of the content that ships.

    Raises:
        PackError: something in it breaks a rule; ``amparo check`` names every place.
    """
    if pack is None:
        return
    from amparo.content import OWN_PACK, load

    load(pack)
    os.environ[OWN_PACK] = str(pack.absolute())


def known(lang: str) -> str:
    """Return *lang* if it has a catalogue.

    Raises:
        LanguageError: there is none.
    """
    if lang not in languages():
        raise LanguageError("no catalogue for this language", known=", ".join(languages()))
    return lang


def read_secret(path: Path) -> str:
    """Read one line from a file, or from standard input for ``-``.

    Raises:
        NoPassphraseError: the file cannot be read or is empty.
    """
    try:
        raw = sys.stdin.buffer.read(SECRET_BYTES) if str(path) == "-" else path.read_bytes()
        return secret_line(raw[:SECRET_BYTES].decode("utf-8"))
    except (OSError, ValueError):
        raise NoPassphraseError("the secret file cannot be read or is empty") from None


def opener(passphrase_file: Path | None, identity_file: Path | None) -> Opener:
    """Return what opens the workspace: an identity, a passphrase from a file, or one typed.

    Raises:
        NoPassphraseError: there is no file and no terminal.
    """
    if identity_file is not None:
        return Identity(read_secret(identity_file))
    return passphrase(passphrase_file)


def passphrase(passphrase_file: Path | None) -> Passphrase:
    """Return the passphrase from a file, or typed in the terminal.

    Raises:
        NoPassphraseError: there is no file and no terminal.
    """
    if passphrase_file is not None:
        return Passphrase(read_secret(passphrase_file))
    _need_terminal()
    return Passphrase(click.prompt(help_text("ask.passphrase"), hide_input=True))


def _need_terminal() -> None:
    if not sys.stdin.isatty():
        raise NoPassphraseError("no terminal and no file")


def new_opener(passphrase_file: Path | None) -> Passphrase:
    """Return the passphrase of a new workspace: from a file, or six words offered and typed back.

    Raises:
        NoPassphraseError: there is no file and no terminal.
    """
    if passphrase_file is not None:
        return Passphrase(read_secret(passphrase_file))
    _need_terminal()
    from amparo.store.passphrase import suggest, word_language

    click.echo(help_text("ask.offer") + f"\n\n    {suggest(word_language(words().lang))}\n")
    typed = click.prompt(
        help_text("ask.new_passphrase"), hide_input=True, confirmation_prompt=help_text("ask.again")
    )
    return Passphrase(typed)


@contextmanager
def opened(workspace: Path, who: Opener, *, create: bool = False) -> Iterator[Session]:
    """Open (or make) a workspace through a keeper of its own, and end the keeper afterwards."""
    with working(help_text("progress.making" if create else "progress.opening")):
        handle = client.start(workspace, who, create=create, owner_pid=os.getpid())
    with Session.connect(handle.environment()) as session:
        try:
            yield session
        finally:
            session.lock()


def recovery_slot(session: Session, lang: str) -> None:
    """Add a slot that six words open, and show the words once, three and three."""
    from amparo.store.passphrase import recovery_words, split, word_language

    chosen = recovery_words(word_language(lang))
    session.add_recovery(chosen)
    first, second = split(chosen)
    click.echo(help_text("recovery.shown"))
    click.echo(f"\n    1: {first}\n    2: {second}\n")


@contextmanager
def working(text: str) -> Iterator[None]:
    """Show on a terminal that something longer than a second is going on."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


def refuse_existing(path: Path) -> None:
    """Refuse to write where something stands already.

    Raises:
        ReadOnlyError: the folder above does not exist or is no folder.
        OutputExistsError: something stands there.
    """
    from amparo.errors import OutputExistsError

    if path.exists():
        raise OutputExistsError("the output exists")
    if not path.parent.is_dir():
        raise ReadOnlyError("the folder of the output does not exist")
