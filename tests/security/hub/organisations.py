"""Start the servers of several organisations, each a process of its own, as a hub would.

Standard input: a list of ``{environment, folder, mark, open}``. The libraries are read once and
the processes forked after that: what a hub pays for each server is not what is tested here.
"""

import json
import os
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import jupyterhub.services.auth  # noqa: F401 - read once for all

from amparo.keeper import client
from amparo.model.plan import Sheet
from amparo.model.threats import Threat
from amparo.serve.base import BASE
from amparo.serve.hub import own_folder
from amparo.serve.hub_place import HubPlace, forget_hub
from amparo.serve.keeper_house import KeeperHouse
from amparo.serve.open import serve_workbook
from amparo.serve.pages import TEMPLATE_PREFIX
from amparo.store import Identity

NOTEBOOK = Path(__file__).with_name("own_words.ipynb")


def serve(given: dict) -> None:
    """Serve one organisation, with its mark in every field of what it wrote, until it is ended."""
    os.environ.update(given["environment"])
    place = HubPlace.of(os.environ)
    forget_hub(os.environ)
    os.environ[BASE] = place.base
    folder = own_folder(Path(given["folder"]) / "data")
    os.environ["XDG_RUNTIME_DIR"] = os.environ["TMPDIR"] = given["folder"]
    workspace, handle = folder / "notes.amparo", None
    if given["open"]:
        opener = Identity.generate()
        handle = client.start(workspace, opener, create=True, owner_pid=os.getpid())
    with closing(KeeperHouse(workspace, handle, session_only=False, keep_in=folder)) as house:
        if handle is not None:
            house.session.save_many([(one, None) for one in written(given["mark"])])
        serve_workbook(
            house=house,
            lang="en",
            port=place.port,
            notebook=NOTEBOOK,
            on_ready=lambda _: None,
            keeps_ready=False,
            hub=place,
        )


def written(mark: str) -> tuple[Sheet, Threat]:
    """Return records with *mark* in every field that holds words."""
    words = dict.fromkeys(("signal", "second_signal", "all_clear", "go_to", "meet_at"), mark)
    lists = dict.fromkeys(("signs", "first_five", "do_not", "if_taken", "afterwards"), (mark,))
    sheet = Sheet(id="a" * 32, created_on=date(2026, 3, 1), **words, **lists)
    told = dict.fromkeys(("sentence", "gendered_form", "history", "reason_if_low"), mark)
    threat = Threat(
        id="b" * 32,
        created_on=date(2026, 3, 1),
        threat_type="property_destruction",
        targets=(mark,),
        signs_to_watch=(mark,),
        **told,
    )
    return sheet, threat


def read_once() -> None:
    """Import what every server needs, as if it were the first."""
    os.environ["JUPYTER_PATH"] = str(TEMPLATE_PREFIX)
    import amparo.serve.app  # noqa: F401


def main() -> None:
    """Fork one child for each organisation, say their numbers, and end when they have."""
    read_once()
    children = []
    for given in json.loads(sys.stdin.readline()):
        child = os.fork()
        if child == 0:
            try:
                serve(given)
            finally:
                sys.stdout.flush()
                os._exit(0)
        children.append(child)
    sys.stdout.write(json.dumps(children) + "\n")
    sys.stdout.flush()
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
