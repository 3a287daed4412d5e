"""Save in a separate space until killed: run by test_space.py, which counts what was acknowledged.

Each round kills right before one call to the disk or to the database, a step later each time, so
that every place of a save, a drawing together and a leaving is met.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from amparo.store import Envelope, Identity, Space, find_space, open_store, space_key

space_key.WORK_FACTOR = 4  # as the test that made the space: its cost is not what is looked at


class Dying:
    """A database that ends this process before its n-th statement."""

    def __init__(self, real: Any, left: int) -> None:
        self._real, self._left = real, left

    def execute(self, *arguments: Any) -> Any:
        """Carry out one statement, or die."""
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1
        return self._real.execute(*arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def save_until_killed(folder: Path, identity: str, words: str, step: int, said: Callable) -> None:
    """Enter, save, leave; die before statement number *step* of the workspace's database."""
    store = open_store(folder, Identity(identity))
    slot, key = find_space(store, words)
    vars(store)["_database"] = Dying(store.database, step)  # each step ends in one kill
    space = Space(store, slot, key)
    for number in range(20):
        envelope = Envelope(f"{step:016x}{number:016x}", "note", '{"text": "x"}')
        said(f"{envelope.id} {space.put(envelope, role='A').seq}\n")
    space.close()
    said("end\n")
    os._exit(0)


def main(folder: Path, identity: str, words: str, acks: Path, rounds: int) -> None:
    """Fork, let it save, be killed; as often as asked."""
    out = os.open(acks, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for step in range(rounds):
        child = os.fork()
        if child == 0:
            save_until_killed(
                folder, identity, words, step, lambda line: os.write(out, line.encode())
            )
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
            sys.exit(f"round {step} failed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
