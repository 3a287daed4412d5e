"""Lock ends the keeper, and only the passphrase starts another one."""

from __future__ import annotations

import json
import time
from pathlib import Path

import psutil
import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Passphrase

PASSPHRASE = "lantern copper meadow violin harbor ticket"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small example, opened by a passphrase."""
    from datetime import date

    place = tmp_path_factory.mktemp("work") / "w.amparo"
    handle = client.start(place, Passphrase(PASSPHRASE), create=True)
    with Session.connect(handle.environment()) as session:
        session.save_many([(one, None) for one in example("small", "es", date(2026, 11, 24))])
        session.lock()
    handle.wait(20)
    return place


def test_lock_ends_the_keeper_and_the_passphrase_brings_all_back(
    opened, workspace: Path, tmp_path: Path
) -> None:
    """A taken laptop holds no key; the group that comes home finds its work."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE, "utf-8")
    server = opened("open", workspace, "--passphrase-file", secret, "--lang", "es")
    kernel = server.new_kernel(server.cookie())
    keepers, kernels = server.keepers(), server.kernels()

    locked = server.post("/am/lock")
    gone = psutil.wait_procs([*keepers, *kernels], timeout=5)[1]
    door, now, paper = (
        server.look("/locked?lang=es"),
        server.look("/now"),
        server.look("/am/paper/sheet"),
    )
    began = time.monotonic()
    wrong = server.post("/am/unlock?lang=es", {"passphrase": "not the right one at all"})
    waited_s = time.monotonic() - began
    right = server.post("/am/unlock", {"passphrase": PASSPHRASE})
    again = server.new_kernel(server.cookie())

    assert (locked.status, wrong.status, right.status) == (200, 409, 200)
    assert (len(keepers), gone) == (1, [])
    assert "Frase de paso" in door.text
    assert "Campana" not in now.text
    assert paper.status == 423
    assert waited_s >= 0.5
    assert json.loads(wrong.text)["text"]
    assert again != kernel
    assert "Campana" in server.look("/now?lang=es").text
    assert PASSPHRASE not in server.log.read_text()

    remains = json.loads(server.post("/am/forget?lang=es", {"word": "borrar"}).text)["remains"]
    server.process.wait(20)
    assert len(remains) > 2
    assert not workspace.exists()
