"""What a machine of a cluster is given to do, and what makes it unfit to do it.

A portion travels as it is: rows, codes and places on the shared disk. It shows none of them, for
dask writes into its log how a task looks that went wrong.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amparo import __version__
from amparo.errors import BusyError
from amparo.hardening import harden
from amparo.report.batch.address import (
    ClusterError,
    ClusterFolderError,
    ClusterSpillError,
    ClusterVersionError,
)
from amparo.report.batch.lines import Jobs
from amparo.report.batch.outcome import Failure

if TYPE_CHECKING:
    from amparo.report.batch.journal import Entry

# A keeper whose owner was killed, or whose batch was stopped, needs a moment to go.
_BUSY_S = 15.0
_BUSY_LOOK_S = 0.25
# The shell of a report is one for a whole process, whatever number of threads a worker has.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """The folder of a batch as every machine must see it.

    Args:
        folder: on the shared disk.
        sign: name of a file in it that is there for as long as the batch goes on.
        version: of this program, where the batch was started.
    """

    folder: Path
    sign: str
    version: str = __version__

    def goes_on(self) -> bool:
        """Tell whether anybody still waits for reports."""
        return (self.folder / self.sign).exists()


@dataclass(frozen=True, slots=True, repr=False)
class Portion:
    """A few jobs of one workspace."""

    jobs: Jobs
    place: Place


def make(portion: Portion) -> list[Entry | Failure]:
    """Make the reports of one portion, in the process of a worker; only hashes go back."""
    # The scheduler reads this file too, and makes no report.
    from distributed import get_worker

    from amparo.report.batch.worker import made

    why = unfit(portion.place, get_worker())
    if why is not None:
        return [Failure(job.row, why.key, {}) for job in portion.jobs]
    harden()  # dask has started this process, and knows nothing of what it will read
    with _one_at_a_time:
        end = time.monotonic() + _BUSY_S
        while True:
            found = list(made(portion.jobs, portion.place.folder, portion.place.goes_on))
            if not _is_busy(found) or time.monotonic() > end:
                return found
            time.sleep(_BUSY_LOOK_S)


def _is_busy(found: list[Entry | Failure]) -> bool:
    return any(isinstance(one, Failure) and one.key == BusyError.key for one in found)


def unfit(place: Place, dask_worker: Any) -> type[ClusterError] | None:
    """Say why a worker may not make reports of this batch."""
    if place.version != __version__:
        return ClusterVersionError
    # Only what can put its data on a disk has a way to evict it.
    if hasattr(dask_worker.memory_manager.data, "evict"):
        return ClusterSpillError
    return None if place.goes_on() else ClusterFolderError


def no_second_try(dask_scheduler: Any) -> None:
    """Leave it to the batch how often a task is tried that ended its worker."""
    dask_scheduler.allowed_failures = 0
