"""Fill a small disk to the brim and work on: run by test_full_disk.py inside its own mount.

Prints one JSON line of what happened.
"""

import json
import sys
from pathlib import Path

from amparo.errors import DiskFullError
from amparo.store import Envelope, Identity, backup, create, open_store


def fill(store, size: int) -> int:
    """Save until nothing more fits; return how many were acknowledged."""
    saved = len(store.list())
    while True:
        text = json.dumps({"n": saved, "pad": "x" * size})
        try:
            store.put(Envelope(f"{saved:032x}", "note", text), role="A")
        except DiskFullError:
            return saved
        saved += 1


def main(small: Path, large: Path, identity: Identity) -> None:
    """Fill, read, delete, back up, save again."""
    with create(small / "w.amparo", [identity]) as store:
        saved = fill(store, 4000)
        saved = fill(store, 10)
        digest = store.digest()
        readable = len(store.list()) == saved
        backup(store, large / "elsewhere")
        had_reserve = (small / "w.amparo" / "reserve").exists()
        store.delete(*(f"{number:032x}" for number in range(saved // 2)), role="A")
        store.purge(role="A")
        store.put(Envelope("f" * 32, "note", json.dumps("again")), role="A")
        backup(store, small / "here")
    with open_store(small / "w.amparo", identity) as again:
        left = len(again.list()) == saved - saved // 2 + 1
    found = {
        "saved": saved,
        "readable": readable,
        "digest": digest,
        "had_reserve": had_reserve,
        "left": left,
        "names": sorted(path.name for path in small.iterdir()),
    }
    print(json.dumps(found))  # noqa: T201  the answer


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Identity(sys.argv[3]))
