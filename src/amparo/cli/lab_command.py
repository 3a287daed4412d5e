"""``amparo lab``: open copied workbooks in JupyterLab, to change them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from amparo.cli.shared import (
    help_text,
    known,
    lang_option,
    opener,
    opener_options,
    pack_option,
    use_pack,
    working,
)
from amparo.errors import AmparoError
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Opener


class NoWorkbookError(AmparoError):
    """The folder has no notebook to open."""

    key = "error.no_workbook"


@click.command(help=help_text("lab.help"), epilog=help_text("lab.example"))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--workspace", type=click.Path(path_type=Path), help=help_text("opt.workspace"))
@opener_options
@pack_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help=help_text("opt.port"))
@click.option("--no-browser", is_flag=True, help=help_text("opt.no_browser"))
@lang_option
def command(
    folder: Path, workspace: Path | None, pack: Path | None, port: int, lang: str, **given: object
) -> None:
    """Begin for this session only, or unlock a workspace; lock it at the end."""
    from amparo.serve.keeper_house import session_place
    from amparo.serve.lab import run_lab

    known(lang)
    first = next(iter(sorted(folder.glob("*.ipynb"))), None)
    if first is None:
        raise NoWorkbookError("no notebook in this folder")
    use_pack(pack)
    if workspace is None:
        handle = client.start(session_place(), session_only=True, owner_pid=os.getpid())
    else:
        # Without a name: what has one stays in memory for as long as the pages are served.
        handle = _started(workspace, opener(given["passphrase_file"], given["identity_file"]))  # type: ignore[arg-type]
    with Session.connect(handle.environment()) as session:
        rights = session.grant(("read", "write"), role="K", identity="page")
        code = run_lab(
            folder,
            {**rights, "AMPARO_LANG": lang},
            port=port,
            browser=not given["no_browser"],
            first=first.name,
        )
        session.lock()
    sys.exit(code)


def _started(workspace: Path, who: Opener) -> client.Handle:
    with working(help_text("progress.opening")):
        return client.start(workspace, who, owner_pid=os.getpid())
