"""``amparo hub-page``: the server of one organisation, as a JupyterHub starts it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from amparo.cli.shared import help_text, known, lang_option, pack_option, use_pack
from amparo.resources import bundled

_HIDE_MINUTES, _LOCK_MINUTES, _MOST_MINUTES = 20, 30, 24 * 60
_MINUTES = click.IntRange(0, _MOST_MINUTES)


@click.command(help=help_text("hub_page.help"), epilog=help_text("hub_page.example"))
@click.option("--folder", type=click.Path(path_type=Path), help=help_text("opt.hub_folder"))
@lang_option
@pack_option
@click.option("--no-ready", is_flag=True, help=help_text("opt.no_ready"))
@click.option(
    "--hide-after", type=_MINUTES, default=_HIDE_MINUTES, help=help_text("opt.hide_after")
)
@click.option(
    "--lock-after", type=_MINUTES, default=_LOCK_MINUTES, help=help_text("opt.lock_after")
)
def command(
    folder: Path | None,
    lang: str,
    pack: Path | None,
    *,
    no_ready: bool,
    hide_after: int,
    lock_after: int,
) -> None:
    """Read what the hub says, and serve the organisation's workspace, locked at first."""
    from amparo.serve.hub import serve_on_a_hub
    from amparo.serve.hub_place import HubPlace
    from amparo.serve.keeper_house import usual_folder
    from amparo.serve.screens import Waits

    known(lang)
    use_pack(pack)
    serve_on_a_hub(
        HubPlace.of(os.environ),
        folder=folder or usual_folder(),
        lang=lang,
        notebook=bundled("workbooks") / "assess.ipynb",
        waits=Waits(hide_s=hide_after * 60, lock_s=lock_after * 60),
        keeps_ready=not no_ready and pack is None,
    )
