"""Save until killed: run by test_kill.py, which counts what was acknowledged.

One process per round is forked from this one, so that a hundred rounds start in milliseconds.
Each acknowledgement goes to a file outside the workspace after the save has returned.
"""

# ruff: noqa: S311  chance here must come out the same each time

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from amparo.store import Envelope, Identity, Store, open_store

ENOUGH = 1000


def save_until_killed(store: Store, number: int, acknowledged: int, chance: random.Random) -> None:
    """Save new records, pairs and edits, as fast as the disk takes them."""
    for step in range(1_000_000):
        ids = [f"{number:08x}{step:08x}{part:016x}" for part in range(1 + step % 3 % 2)]
        text = json.dumps({"pad": "x" * chance.randrange(5000)})
        acks = store.put_many([Envelope(one, "note", text) for one in ids], role="A")
        line = " ".join(f"{one}:{ack.seq}" for one, ack in zip(ids, acks, strict=True))
        os.write(acknowledged, f"{line}\n".encode())
        if chance.random() < 0.05:
            store.checkpoint()


def main(folder: Path, identity: str, acks: Path, rounds: int) -> None:
    """Fork, let it save for a random moment, kill; as often as asked."""
    chance = random.Random(99)
    acknowledged = os.open(acks, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    number = 0
    # On a busy machine a round saves less; a thousand acknowledgements are the least that counts.
    while number < rounds or (number < 10 * rounds and acks.read_text().count("\n") < ENOUGH):
        number += 1
        seed, patience = chance.random(), chance.uniform(0.0, 0.12)
        heard, said = os.pipe()
        child = os.fork()
        if child == 0:
            with open_store(folder, Identity(identity)) as store:
                os.write(said, b"open")
                save_until_killed(store, number, acknowledged, random.Random(seed))
        os.close(said)
        if os.read(heard, 4) != b"open":
            sys.exit(f"round {number} could not open the workspace")
        time.sleep(patience)  # the random moment itself; nothing is awaited
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
