"""A room full of people on one keeper: how long a save takes, and whether any is lost.

Thirty participants write forty times each while every one of them listens, and reads the wall
anew at each number it hears: first a line a second each, which is far quicker than people are,
then as fast as the keeper answers. Exits with an error when anything is lost, or when a target is
missed at the first pace.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import psutil

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

PEOPLE = int(os.environ.get("PEOPLE", "30"))
SAVES = int(os.environ.get("SAVES", "40"))
PAUSE_S = float(os.environ.get("PAUSE_S", "1"))
MOST_P95_MS = 300.0
_PATIENCE_S = 60.0


@dataclass(frozen=True)
class Result:
    """What came of one room."""

    took_ms: tuple[float, ...]
    lost: int
    deaf: int
    seconds: float
    heard: int
    cpu_ms: float
    memory_mb: float

    @property
    def p50_ms(self) -> float:
        """The save in the middle."""
        return quantiles(self.took_ms, n=100)[49]

    @property
    def p95_ms(self) -> float:
        """All but one save in twenty were quicker."""
        return quantiles(self.took_ms, n=100)[94]


class Person:
    """One participant: writes, listens, and reads the wall when there is something new."""

    def __init__(self, keepers: Session, identity: str) -> None:
        place = keepers.admit("participant", identity=identity)
        self.session, self.reader = Session.connect(place), Session.connect(place)
        self.took_ms: list[float] = []
        self.heard = self.last_read = 0
        self._wanted: dict[str, str] = {}
        self._stirred = threading.Event()
        self._is_done = False
        self._close = self.session.listen(self._hear)
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def write(self, saves: int, pause_s: float) -> None:
        """Make lines and change each once, half of them on the wall."""
        for number in range(saves):
            record_id = secrets.token_hex(16) if number % 2 == 0 else next(reversed(self._wanted))
            text = f"line {number} {secrets.token_hex(8)}"
            began = time.perf_counter()
            self.session.contribute(
                record_id, prompt="sign", text=text, place="wall" if number % 4 == 0 else "own",
                expected_version=number % 2 or None,
            )  # fmt: skip
            took = time.perf_counter() - began
            self.took_ms.append(took * 1000)
            self._wanted[record_id] = text
            if pause_s > took:
                time.sleep(pause_s - took)

    def lost(self) -> int:
        """Return how many acknowledged texts are not what is stored."""
        held = {line.id: line.text for line in self.session.wall().own}
        return sum(held.get(record_id) != text for record_id, text in self._wanted.items())

    def has_heard_all(self) -> bool:
        """Wait until this person has read the wall as it stands now; False when that never comes."""
        last = time.monotonic() + _PATIENCE_S
        while self.last_read != self.session.wall().seq and time.monotonic() < last:
            time.sleep(0.05)
        return self.last_read == self.session.wall().seq

    def end(self) -> None:
        """Stop listening."""
        self._is_done = True
        self._close()
        self._stirred.set()
        self._thread.join()
        for session in (self.session, self.reader):
            session.close()

    def _hear(self, number: int | None) -> None:
        if number is not None:
            self.heard += 1
        self._stirred.set()

    def _look(self) -> None:
        while self._stirred.wait() and not self._is_done:
            self._stirred.clear()
            self.last_read = self.reader.wall().seq


def room(folder: Path, people: int, saves: int, pause_s: float) -> Result:
    """Let everybody write at once in a workspace of its own."""
    handle = client.start(folder, Identity.generate(), create=True)
    with Session.connect(handle.environment()) as keepers:
        today = datetime.now(UTC).date()
        keepers.save_many([(record, None) for record in example("large", "en", today)])
        seated = [Person(keepers, secrets.token_hex(4)) for _ in range(people)]
        try:
            return _measure(handle, seated, saves, pause_s)
        finally:
            for person in seated:
                person.end()
            keepers.lock()
            handle.wait(30)


def _measure(handle: client.Handle, seated: list[Person], saves: int, pause_s: float) -> Result:
    keeper = psutil.Process(handle.pid)
    cpu, began = sum(keeper.cpu_times()[:2]), time.perf_counter()
    writers = [threading.Thread(target=one.write, args=(saves, pause_s)) for one in seated]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    seconds, cpu = time.perf_counter() - began, sum(keeper.cpu_times()[:2]) - cpu
    took = tuple(ms for person in seated for ms in person.took_ms)
    return Result(
        took_ms=took,
        lost=sum(person.lost() for person in seated) + len(seated) * saves - len(took),
        deaf=sum(not person.has_heard_all() for person in seated),
        seconds=seconds,
        heard=sum(person.heard for person in seated),
        cpu_ms=cpu * 1000 / max(1, len(took)),
        memory_mb=keeper.memory_full_info().pss / 1e6,
    )


def main() -> None:
    """Measure both paces and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        paces = (("a line a second", PAUSE_S), ("as fast as answered", 0.0))
        found = [
            (name, room(Path(folder) / str(pause_s), PEOPLE, SAVES, pause_s))
            for name, pause_s in paces
        ]
    sys.stdout.write(f"{PEOPLE} people x {SAVES} saves, all listening\n")
    head = ("pace", "lost", "deaf", "p50 ms", "p95 ms", "max ms", "saves/s", "CPU ms", "MB")
    sys.stdout.write("".join(f"{name:>21}" if name == "pace" else f"{name:>9}" for name in head))
    for name, one in found:
        row = (
            one.lost, one.deaf, round(one.p50_ms), round(one.p95_ms), round(max(one.took_ms)),
            round(len(one.took_ms) / one.seconds), round(one.cpu_ms, 1), round(one.memory_mb),
        )  # fmt: skip
        sys.stdout.write(f"\n{name:>21}" + "".join(f"{value:>9}" for value in row))
    sys.stdout.write("\n")
    sys.exit(_missed(found[0][1], [one for _, one in found]))


def _missed(paced: Result, found: list[Result]) -> str | None:
    if any(one.lost or one.deaf for one in found):
        return "an acknowledged save was lost, or somebody did not hear of one"
    return None if paced.p95_ms <= MOST_P95_MS else f"p95 is over {MOST_P95_MS:.0f} ms"


if __name__ == "__main__":
    main()
