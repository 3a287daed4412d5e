"""``amparo certificate``: make the certificate of a workshop beforehand, or say which one it is."""

from __future__ import annotations

from pathlib import Path

import click

from amparo.cli import words
from amparo.cli.shared import help_text, known, lang_option, refuse_existing

_USUAL_DAYS, _MOST_DAYS = 3, 30


@click.command(help=help_text("certificate.help"), epilog=help_text("certificate.example"))
@click.option("--address", "addresses", multiple=True, help=help_text("opt.certificate_address"))
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    default=Path("room.pem"),
    help=help_text("opt.certificate_out"),
)
@click.option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    default=_USUAL_DAYS,
    show_default=True,
    help=help_text("opt.days"),
)
@click.option(
    "--show",
    type=click.Path(path_type=Path),
    help=help_text("opt.certificate_show"),
)
@lang_option
def command(
    addresses: tuple[str, ...], output: Path, days: int, show: Path | None, lang: str
) -> None:
    """Make two files, or look at one; say the fingerprint in words and in full."""
    from amparo.serve import certificate
    from amparo.serve.lan import AddressError
    from amparo.serve.lan import addresses as own

    known(lang)
    if show is None:
        if not addresses:
            raise AddressError("no address was given", known=", ".join(own()) or "-")
        refuse_existing(output)
        refuse_existing(certificate.for_phones(output))
        found = certificate.make(addresses, days, output, lang)
        click.echo(help_text("certificate.made"))
        click.echo(f"\n    {output}\n    {certificate.for_phones(output)}\n")
    else:
        found = certificate.fingerprint(show, lang)
    click.echo(words().text("cli.certificate.words", bits=found.bits))
    click.echo(f"\n    {found.words}\n")
    click.echo(help_text("certificate.digits"))
    click.echo(f"\n    {found.digits}\n")
    day = words().date(found.until.date())
    click.echo(words().text("cli.certificate.until", day=day))
