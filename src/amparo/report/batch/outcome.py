"""What becomes of a job: a file, which the journal has, or a failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amparo.errors import AmparoError


class WorkerEndedError(AmparoError):
    """The process that made this report ended each time it was tried."""

    key = "error.batch_worker"


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not made: the key of a sentence and its plain values."""

    row: int
    key: str
    values: dict[str, Any]
