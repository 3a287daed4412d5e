"""Wipe until killed: run by test_wipe.py, which looks at what each kill has left.

For every step that touches the disk, a fresh copy of one workspace is wiped by a process that
kills itself right before that step. What it claimed is said on a line of its own.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from amparo.store import Identity, open_store, wipe, wipe_open

STEPS = ("fsync", "unlink", "rmdir", "remove")


def die_before(step: int) -> None:
    """Let *step* calls to the disk pass, and end this process at the next."""
    left = [step]

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return real(*arguments, **named)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))


def main(original: Path, identity: str, way: str) -> None:
    """Kill at the first step, at the second, and so on, until a wipe comes to its end."""
    for step in range(1000):
        copy = original.with_name(f"{step}.amparo")
        shutil.copytree(original, copy)
        child = os.fork()
        if child == 0:
            store = open_store(copy, Identity(identity)) if way == "open" else None
            die_before(step)
            wipe_open(store) if store else wipe(copy)
            os.write(1, f"{step} wiped\n".encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))
        os.write(1, f"{step} killed\n".encode())
    sys.exit("no end")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
