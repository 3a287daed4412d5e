"""``amparo open``: open a workspace as pages in the browser of this computer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from amparo.cli.shared import (
    help_text,
    known,
    lang_option,
    opener,
    opener_options,
    working,
    workspace_argument,
)
from amparo.errors import AmparoError
from amparo.keeper import client
from amparo.resources import bundled
from amparo.session import Session


class PortTakenError(AmparoError):
    """Another program uses this port."""

    key = "error.port_taken"


@click.command(help=help_text("open.help"), epilog=help_text("open.example"))
@workspace_argument
@opener_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, help=help_text("opt.port"))
@click.option("--no-browser", is_flag=True, help=help_text("opt.no_browser"))
@click.option("--json", "as_json", is_flag=True, help=help_text("opt.json"))
@lang_option
def command(
    workspace: Path,
    passphrase_file: Path | None,
    identity_file: Path | None,
    port: int,
    lang: str,
    **flags: bool,
) -> None:
    """Unlock, serve until stopped, lock."""
    known(lang)
    who = opener(passphrase_file, identity_file)
    with working(help_text("progress.opening")):
        handle = client.start(workspace, who, owner_pid=os.getpid())
    with Session.connect(handle.environment()) as session:
        serve(
            session, handle, lang, port, browser=not flags["no_browser"], as_json=flags["as_json"]
        )
        session.lock()


def page_environment(session: Session) -> dict[str, str]:
    """Return what a page's process needs to reach the keeper: to read and write, and no more."""
    return session.grant(("read", "write"), role="K", identity="page")


def serve(
    session: Session,
    handle: client.Handle,
    lang: str,
    port: int,
    *,
    browser: bool,
    as_json: bool,
) -> None:
    """Serve the workbook of an open keeper until Ctrl-C.

    Raises:
        PortTakenError: the port is in use.
    """
    from amparo.serve.open import run_in_browser, serve_workbook

    def ready(address: str) -> None:
        if as_json:
            click.echo(json.dumps({"address": address}))
        elif not (browser and run_in_browser(address)):
            click.echo(f"{help_text('open.address')}\n\n    {address}\n")
        else:
            click.echo(help_text("open.running"))

    try:
        serve_workbook(
            environment=page_environment(session),
            lang=lang,
            port=port,
            notebook=bundled("workbooks") / "assess.ipynb",
            on_ready=ready,
            alive=lambda: not handle.wait(0),
        )
    except OSError:
        raise PortTakenError("the port is taken", port=port) from None
