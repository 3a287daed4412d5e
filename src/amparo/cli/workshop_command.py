"""``amparo workshop-server``: open a workspace for a room full of phones.

It is an act of its own and never a setting: it says first what phones give away, listens on one
chosen address, and only after somebody has typed the words.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amparo.cli.open_command import Serving, kept_house, serve, serving_options, session_house
from amparo.cli.shared import help_text, known, opener, opener_options, use_pack
from amparo.errors import AmparoError
from amparo.messages import messages

if TYPE_CHECKING:
    from amparo.serve.lan import Lan

_USUAL_HOURS, _MOST_HOURS = 12, 72


class NoConsentError(AmparoError):
    """Nobody typed the words; nothing listens."""

    key = "error.no_consent"


class ChoiceError(AmparoError):
    """What is served and how it is protected was not said, or said twice."""

    key = "error.workshop_choice"


@dataclass(frozen=True, slots=True)
class Phones:
    """How phones come in."""

    address: str | None
    phone_port: int
    certificate: Path | None
    plain_http: bool
    hours: int
    counts_only: bool


@click.command(
    "workshop-server", help=help_text("workshop.help"), epilog=help_text("workshop.example")
)
@click.argument("workspace", type=click.Path(path_type=Path), required=False)
@click.option("--session-only", is_flag=True, help=help_text("opt.session_only"))
@click.option("--address", help=help_text("opt.address"))
@click.option(
    "--phone-port", type=click.IntRange(0, 65535), default=0, help=help_text("opt.phone_port")
)
@click.option(
    "--certificate",
    type=click.Path(path_type=Path),
    help=help_text("opt.certificate"),
)
@click.option("--plain-http", is_flag=True, help=help_text("opt.plain_http"))
@click.option(
    "--hours",
    type=click.IntRange(1, _MOST_HOURS),
    default=_USUAL_HOURS,
    show_default=True,
    help=help_text("opt.hours"),
)
@click.option("--counts-only", is_flag=True, help=help_text("opt.counts_only"))
@opener_options
@serving_options
def command(
    workspace: Path | None,
    passphrase_file: Path | None,
    identity_file: Path | None,
    *,
    session_only: bool,
    **given: Any,
) -> None:
    """Say what phones give away, ask, unlock, serve until stopped, end the workshop."""
    phones = Phones(**{name: given.pop(name) for name in Phones.__dataclass_fields__})
    how = Serving(**given)
    known(how.lang)
    if (workspace is None) != session_only:
        raise ChoiceError("one workspace, or none and --session-only")
    use_pack(how.pack)
    lan = agreed(phones, how.lang)
    if workspace is None:
        house = session_house(how)
    else:
        house = kept_house(workspace, opener(passphrase_file, identity_file), how)
    with closing(house):
        serve(house, how, lan)


def agreed(phones: Phones, lang: str) -> Lan:
    """Return the listener that somebody chose and agreed to.

    Raises:
        ChoiceError: neither a certificate nor plain http was chosen, or both.
        AddressError: phones cannot be let in at this address.
        CertificateError: it cannot be used there.
        NoConsentError: the words were not typed.
    """
    from amparo.serve.lan import Lan, chosen

    if (phones.certificate is None) != phones.plain_http:
        raise ChoiceError("one of a certificate and plain http")
    address = chosen(phones.address or _choose())
    fingerprint = ""
    if phones.certificate is not None:
        from amparo.serve import certificate

        certificate.require_usable(phones.certificate, address)
        fingerprint = certificate.fingerprint(phones.certificate, lang).words
    _ask("workshop.page", "workshop.consent", lang)
    if phones.plain_http:
        _ask("workshop.plain", "workshop.consent_plain", lang)
    return Lan(
        address=address,
        port=phones.phone_port,
        certificate=phones.certificate,
        fingerprint=fingerprint,
        life_s=phones.hours * 3600.0,
        counts_only=phones.counts_only,
    )


def _choose() -> str:
    from amparo.serve.lan import AddressError, addresses

    found = addresses()
    if not found or not sys.stdin.isatty():
        raise AddressError("no address was chosen", known=", ".join(found) or "-")
    click.echo(help_text("workshop.choose"), err=True)
    for number, address in enumerate(found, 1):
        click.echo(f"  {number}  {address}", err=True)
    number = click.prompt(
        help_text("workshop.number"), type=click.IntRange(1, len(found)), err=True
    )
    return found[number - 1]


def _ask(page: str, consent: str, lang: str) -> None:
    """Show a page and go on only when somebody types the words under it.

    It is read aloud to the room, so it stands in the room's language, whatever the terminal speaks.
    """
    room = messages(lang)
    wanted = room.text(f"cli.{consent}")
    click.echo(f"\n{room.text(f'cli.{page}')}\n", err=True)
    typed = ""
    if sys.stdin.isatty():
        question = room.text("cli.workshop.ask", words=wanted)
        typed = click.prompt(question, default="", show_default=False, err=True)
    if " ".join(typed.split()).casefold() != wanted.casefold():
        raise NoConsentError("the words were not typed")
