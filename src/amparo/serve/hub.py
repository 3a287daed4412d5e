"""The server of one organisation on a network's hub: started by the hub, locked at first.

The key of a workspace never lies with the hub: the page asks for the passphrase. Everything else
is as on a computer of one's own: one process, one keeper, one run folder.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from importlib.util import find_spec
from pathlib import Path

from amparo.errors import AmparoError
from amparo.serve.base import BASE
from amparo.serve.hub_place import HubPlace, forget_hub
from amparo.serve.keeper_house import KeeperHouse
from amparo.serve.open import serve_workbook
from amparo.serve.run_folder import process_environment
from amparo.serve.screens import Waits

_WORKSPACE = "notes.amparo"


class HubExtraError(AmparoError):
    """JupyterHub's own program, which asks the hub who somebody is, is not installed."""

    key = "hub.error.extra"


class HubPortTakenError(AmparoError):
    """Another program uses the port that the hub chose."""

    key = "hub.error.port"


def own_folder(folder: Path) -> Path:
    """Return the organisation's folder, made if need be; nobody else may look into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):
        folder.chmod(0o700)
    return folder


def serve_on_a_hub(
    place: HubPlace,
    *,
    folder: Path,
    lang: str,
    notebook: Path,
    waits: Waits,
    keeps_ready: bool,
) -> None:
    """Serve the workspace in *folder* until the hub stops it, or it is erased.

    Args:
        place: what the hub said.
        folder: the organisation's own; its workspace is made by the first visitor.
        lang: language of a page that asks for none.
        notebook: the workbook.
        waits: when the pages hide and the workspace locks by itself.
        keeps_ready: whether one kernel waits for the next page while the workspace is open.

    Raises:
        HubExtraError: JupyterHub is not installed.
        HubPortTakenError: the port is in use.
    """
    if find_spec("jupyterhub") is None:
        raise HubExtraError("jupyterhub is missing")
    forget_hub(os.environ)
    workspace = own_folder(folder) / _WORKSPACE
    house = KeeperHouse(workspace, None, session_only=False, keep_in=folder)
    with process_environment({BASE: place.base}), closing(house):
        try:
            serve_workbook(
                house=house,
                lang=lang,
                port=place.port,
                notebook=notebook,
                on_ready=lambda _: None,
                waits=waits,
                keeps_ready=keeps_ready,
                hub=place,
            )
        except OSError:
            raise HubPortTakenError("the port is taken") from None
