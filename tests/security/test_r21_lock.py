"""Lock ends the keeper, and only the passphrase starts another one."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

import psutil

from amparo.store import Passphrase, open_store

from .counts import tell


def _copies(pid: int, *needles: bytes) -> tuple[int, int]:
    """Count how often any of *needles* stands in the writable memory of a process, and its bytes."""
    found = looked = 0
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            begin, end = (int(one, 16) for one in place.split("-"))
            memory.seek(begin)
            with contextlib.suppress(OSError):  # a page that only the system may read
                held = memory.read(end - begin)
                found += sum(held.count(needle) for needle in needles)
                looked += len(held)
    return found, looked


def _seen_in(server, kept_example) -> tuple[bool, int, int]:
    """Say whether the scan finds what is there, how often the key, and how many bytes it read."""
    with open_store(kept_example.place, Passphrase(kept_example.passphrase)) as store:
        key = store.secret.key
    token, _ = _copies(server.process.pid, server.token.encode())
    keys, looked = _copies(server.process.pid, key, key.hex().encode())
    return token > 0, keys, looked


def test_r21_a_locked_server_has_forgotten_the_passphrase_too(opened, kept_example, capsys) -> None:
    """It opens all that the key opens: typed in the terminal or in the page, it must not stay."""
    passphrase = kept_example.passphrase.encode()
    server = opened("open", kept_example.place, "--passphrase-file", kept_example.secret)
    found = []

    for _ in range(3):
        server.new_kernel(server.cookie())
        server.post("/am/lock")
        copies, looked = _copies(server.process.pid, passphrase)
        tell(capsys, "R21", "bytes of memory searched for the passphrase", looked)
        found.append(copies)
        server.post("/am/unlock", {"passphrase": kept_example.passphrase})

    assert found == [0, 0, 0]


def test_r21_lock_ends_the_keeper_and_the_passphrase_brings_all_back(
    opened, kept_example, capsys
) -> None:
    """A taken laptop holds no key; the group that comes home finds its work."""
    passphrase = kept_example.passphrase
    server = opened(
        "open", kept_example.place, "--passphrase-file", kept_example.secret, "--lang", "es"
    )
    kernel = server.new_kernel(server.cookie())
    keepers, kernels = server.keepers(), server.kernels()

    locked = server.post("/am/lock")
    gone = psutil.wait_procs([*keepers, *kernels], timeout=5)[1]
    finds, keys, looked = _seen_in(server, kept_example)
    door, now, paper, frame, readers = (
        server.look("/locked?lang=es"),
        server.look("/now"),
        server.look("/am/paper/sheet"),
        server.look("/am/preview/sheet"),
        server.look("/am/readers"),
    )
    began = time.monotonic()
    wrong = server.post("/am/unlock?lang=es", {"passphrase": "not the right one at all"})
    waited_s = time.monotonic() - began
    right = server.post("/am/unlock", {"passphrase": passphrase})
    again = server.new_kernel(server.cookie())

    assert (locked.status, wrong.status, right.status) == (200, 409, 200)
    assert (len(keepers), gone) == (1, [])
    # The scan finds what is there, and the key is in no memory that is left.
    assert (finds, keys) == (True, 0)
    tell(capsys, "R21", "bytes of memory searched for the key", looked)
    assert "Frase de paso" in door.text
    assert "Campana" not in now.text
    assert (paper.status, frame.status, readers.status) == (423, 423, 303)
    assert waited_s >= 0.5
    assert json.loads(wrong.text)["text"]
    assert again != kernel
    assert "Campana" in server.look("/now?lang=es").text
    assert passphrase not in server.log.read_text()

    remains = json.loads(server.post("/am/forget?lang=es", {"word": "borrar"}).text)["remains"]
    server.process.wait(20)
    assert len(remains) > 2
    assert not kept_example.place.exists()
