"""Serve a session-only workspace to a room in a process of its own; print where it opens."""

import json
import os
import secrets
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from amparo.keeper import client
from amparo.model.plan import Sheet
from amparo.serve import kernels
from amparo.serve.keeper_house import KeeperHouse, session_place
from amparo.serve.lan import Lan
from amparo.serve.open import serve_workbook

NOTEBOOK = Path(__file__).parents[2] / "serve" / "fixtures" / "small_page.ipynb"


def announce(address: str) -> None:
    """Print what the command line would print."""
    sys.stdout.write(json.dumps({"address": address}) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve as the first argument says in JSON: ``address`` and so on."""
    given = json.loads(sys.argv[1])
    kernels.MOST_EACH = given.get("most_each", kernels.MOST_EACH)
    certificate = given.get("certificate")
    lan = Lan(
        given["address"],
        certificate=Path(certificate) if certificate else None,
        fingerprint="lantern copper meadow violin" if certificate else "",
        counts_only=given.get("counts_only", False),
    )
    place = session_place()
    handle = client.start(place, session_only=True, owner_pid=os.getpid())
    with closing(KeeperHouse(place, handle, session_only=True, keep_in=place.parent)) as house:
        sheet = Sheet(
            id=secrets.token_hex(16),
            created_on=date(2026, 3, 1),
            signal="Bell three times",
            go_to="the heron",
        )
        house.session.save(sheet, expected_version=None)
        serve_workbook(
            house=house,
            lang="en",
            port=0,
            notebook=NOTEBOOK,
            on_ready=announce,
            keeps_ready=True,
            lan=lan,
        )


if __name__ == "__main__":
    main()
