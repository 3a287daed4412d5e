"""``amparo open``: open a workspace as pages in the browser of this computer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

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
from amparo.computer import PASSED_ON, notable, passed_on
from amparo.errors import AmparoError
from amparo.keeper import client
from amparo.resources import bundled
from amparo.store import Opener

if TYPE_CHECKING:
    from amparo.serve.keeper_house import KeeperHouse
    from amparo.serve.lan import Lan

F = TypeVar("F", bound=Callable[..., Any])
_HIDE_MINUTES, _LOCK_MINUTES, _MOST_MINUTES = 20, 30, 24 * 60


class PortTakenError(AmparoError):
    """Another program uses this port."""

    key = "error.port_taken"


@dataclass(frozen=True, slots=True)
class Serving:
    """How the pages are served."""

    lang: str
    port: int
    no_browser: bool
    as_json: bool
    hide_after: int
    lock_after: int
    keep_in: Path | None
    no_ready: bool = False
    workbook: Path | None = None
    pack: Path | None = None


def serving_options(function: F) -> F:
    """Add the options of every command that serves pages."""
    minutes = click.IntRange(0, _MOST_MINUTES)
    for add in (
        lang_option,
        pack_option,
        click.option(
            "--workbook",
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help=help_text("opt.workbook"),
        ),
        click.option("--json", "as_json", is_flag=True, help=help_text("opt.json")),
        click.option("--no-browser", is_flag=True, help=help_text("opt.no_browser")),
        click.option("--no-ready", is_flag=True, help=help_text("opt.no_ready")),
        click.option(
            "--port", type=click.IntRange(0, 65535), default=0, help=help_text("opt.port")
        ),
        click.option("--keep-in", type=click.Path(path_type=Path), help=help_text("opt.keep_in")),
        click.option(
            "--lock-after", type=minutes, default=_LOCK_MINUTES, help=help_text("opt.lock_after")
        ),
        click.option(
            "--hide-after", type=minutes, default=_HIDE_MINUTES, help=help_text("opt.hide_after")
        ),
    ):
        function = add(function)
    return function


@click.command(help=help_text("open.help"), epilog=help_text("open.example"))
@click.argument("workspace", type=click.Path(path_type=Path), required=False)
@click.option("--accept-older", is_flag=True, help=help_text("opt.accept_older"))
@opener_options
@serving_options
def command(
    workspace: Path | None,
    passphrase_file: Path | None,
    identity_file: Path | None,
    *,
    accept_older: bool,
    **given: Any,
) -> None:
    """Unlock, or begin for this session only; serve until stopped; lock."""
    how = Serving(**given)
    known(how.lang)
    use_pack(how.pack)
    if workspace is None:
        house = session_house(how)
    else:
        # Without a name: what has one stays in memory for as long as the pages are served.
        house = kept_house(
            workspace, opener(passphrase_file, identity_file), how, accept_older=accept_older
        )
    with closing(house):
        serve(house, how)


def session_house(how: Serving) -> KeeperHouse:
    """Begin an empty workspace for this session only."""
    from amparo.serve.keeper_house import session_place

    place = session_place()
    handle = client.start(place, session_only=True, owner_pid=os.getpid())
    return _house(place, handle, how, session_only=True)


def kept_house(
    workspace: Path, who: Opener, how: Serving, *, accept_older: bool = False
) -> KeeperHouse:
    """Open a workspace that stays, also an older copy if somebody has said so.

    Raises:
        StoreError: it does not open.
    """
    with working(help_text("progress.opening")):
        handle = client.start(workspace, who, owner_pid=os.getpid(), accept_older=accept_older)
    return _house(workspace, handle, how, session_only=False)


def _house(place: Path, handle: client.Handle, how: Serving, *, session_only: bool) -> KeeperHouse:
    from amparo.serve.keeper_house import KeeperHouse, usual_folder

    keep_in = how.keep_in or usual_folder()
    return KeeperHouse(place, handle, session_only=session_only, keep_in=keep_in)


def tell_about_computer(place: Path, *, is_said: bool) -> None:
    """Say in one line that there is something to know, and let the first screen say what."""
    found = notable(place)
    os.environ[PASSED_ON] = passed_on(found)
    if found and is_said:
        click.echo(help_text("open.computer"))


def serve(house: KeeperHouse, how: Serving, lan: Lan | None = None) -> None:
    """Serve the workbook of a house until Ctrl-C.

    Args:
        house: the workspace.
        how: what was chosen.
        lan: where phones come in too.

    Raises:
        PortTakenError: the port is in use.
    """
    from amparo.serve.keeper_house import usual_folder
    from amparo.serve.open import run_in_browser, serve_workbook
    from amparo.serve.screens import Waits

    def ready(address: str) -> None:
        if how.as_json:
            click.echo(json.dumps({"address": address}))
        elif not how.no_browser and run_in_browser(address):
            click.echo(help_text("open.running" if lan is None else "workshop.running"))
        else:
            click.echo(f"{help_text('open.address')}\n\n    {address}\n")

    tell_about_computer(how.keep_in or usual_folder(), is_said=not how.as_json)
    try:
        serve_workbook(
            house=house,
            lang=how.lang,
            port=how.port,
            notebook=how.workbook or bundled("workbooks") / "assess.ipynb",
            on_ready=ready,
            waits=Waits(hide_s=how.hide_after * 60, lock_s=how.lock_after * 60),
            # A pack that somebody is changing is read anew for each page.
            keeps_ready=not how.no_ready and how.pack is None,
            lan=lan,
        )
    except OSError:
        raise PortTakenError("the port is taken", port=how.port) from None
