"""What all child processes of a block cost: CPU time, and their share of the memory at its peak."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import suppress
from typing import Self

import psutil

_LOOK_S = 0.1
_LOOKS_A_SAMPLE = 10  # reading the memory of a process holds it up
_FORKED = "multiprocessing.forkserver"


class Family:
    """Watches the children of this process.

    Attributes:
        peak_mb: proportional memory of all of them together at its peak.
        now_mb: the same at the last look.
        worker_mb: of one worker of a batch, every sample of it.
        keeper_mb: of one keeper, every sample of it.
    """

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self.now_mb = 0.0
        self.worker_mb: list[float] = []
        self.keeper_mb: list[float] = []
        self.by_worker: dict[int, list[float]] = defaultdict(list)
        self._cpu: dict[tuple[int, float], float] = {}
        self._end = threading.Event()

    @property
    def cpu_s(self) -> float:
        """CPU seconds of every process that was seen, up to when it was last seen."""
        return sum(self._cpu.values())

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        rounds = 0
        while not self._end.wait(_LOOK_S):
            family = psutil.Process().children(recursive=True)
            for one in family:
                with suppress(psutil.Error):
                    self._cpu[one.pid, one.create_time()] = sum(one.cpu_times()[:2])
            rounds += 1
            if rounds % _LOOKS_A_SAMPLE == 0:
                self._weigh(family)

    def _weigh(self, family: list[psutil.Process]) -> None:
        whole = 0.0
        for one in family:
            with suppress(psutil.Error):
                mb = one.memory_full_info().pss / 1e6
                whole += mb
                if _is_worker(one):
                    self.worker_mb.append(mb)
                    self.by_worker[one.pid].append(mb)
                elif "amparo.keeper" in one.cmdline():
                    self.keeper_mb.append(mb)
        self.now_mb = whole
        self.peak_mb = max(self.peak_mb, whole)


def _is_worker(one: psutil.Process) -> bool:
    """Workers look like the process that they were forked from, and are its children."""
    parent = one.parent()
    return (
        _FORKED in " ".join(one.cmdline())
        and parent is not None
        and _FORKED in " ".join(parent.cmdline())
    )
