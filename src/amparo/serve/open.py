"""Open a workbook in the browser of this machine."""

from __future__ import annotations

import asyncio
import webbrowser
from collections.abc import Callable
from pathlib import Path

from amparo.computer import refuse_old
from amparo.kernels import PROVISIONER
from amparo.report.lean import load_jsonschema
from amparo.serve.house import House
from amparo.serve.hub_place import HubPlace
from amparo.serve.lan import Lan
from amparo.serve.pages import TEMPLATE_PREFIX
from amparo.serve.quiet import quiet_logs
from amparo.serve.run_folder import process_environment, run_folder
from amparo.serve.screens import Mode, Screens, Waits


def serve_workbook(  # noqa: PLR0913 - all named, one for each thing a person may choose
    *,
    house: House,
    lang: str,
    port: int,
    notebook: Path,
    on_ready: Callable[[str], None],
    waits: Waits | None = None,
    keeps_ready: bool = True,
    lan: Lan | None = None,
    hub: HubPlace | None = None,
) -> None:
    """Serve *notebook* on this machine until SIGINT, SIGTERM or the end of its keeper.

    Call it in the main thread: it waits for signals.

    Args:
        house: the workspace; the server holds nothing of it.
        lang: language of a page that asks for none.
        port: port on 127.0.0.1; 0 takes any free one.
        notebook: the workbook; read, never written, and run in an empty folder.
        on_ready: called once with the address to open, which holds the secret token.
        waits: when the pages hide and the workspace locks by itself.
        keeps_ready: whether one kernel waits for the next page (80 MB, once one was open 20).
        lan: where phones may come in too; without it, nobody else ever can.
        hub: the hub that started this, whose visitors come in; nobody else does then.

    Raises:
        OSError: the port is taken.
        CertificateError: the certificate cannot be used.
        TooOldError: a program below has known weaknesses; nothing is served.
    """
    refuse_old()
    with run_folder() as run, quiet_logs():
        ours = {
            **run.environment(),
            "JUPYTER_PATH": str(TEMPLATE_PREFIX),
            # Forked where that is safe, else started the plain way: it decides for itself.
            "JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER,
        }
        with process_environment(ours):
            # Late: Voilà reads its paths when it is imported, and takes half a second to do so.
            load_jsonschema()
            from amparo.serve.app import AmparoApp

            mode: Mode = "open" if house.is_open() else "locked"
            screens = Screens(waits or Waits(), mode=mode)
            app = AmparoApp(
                run=run,
                notebook=notebook,
                lang=lang,
                house=house,
                screens=screens,
                keeps_ready=keeps_ready,
                lan=lan,
                hub=hub,
            )
            app.initialize([])
            asyncio.run(app.serve(port=port, on_ready=on_ready))


def run_in_browser(address: str) -> bool:
    """Open *address* in a browser; tell whether there was one (else print the address)."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    ):
        # A text browser would take over the terminal and cannot run the workbook.
        return False
    return browser.open(address)
