"""Tasks for the workers: a few jobs of one workspace each, and each workspace in a line."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path

from amparo.report.batch.jobs import Job

# In the environment of the process that workers are forked from: what it reads beforehand.
LANGUAGES = "AMPARO_BATCH_LANGUAGES"
# A job whose worker ended is tried so often, by itself.
TRIES_ALONE = 2
_JOBS_OF_A_TASK = 8
Jobs = tuple[Job, ...]
Line = deque[Jobs]


def lines(jobs: Iterable[Job], most: int | None = None) -> deque[Line]:
    """Put the jobs of each workspace in a line: one keeper alone may have it open at a time.

    Args:
        jobs: any, in any order.
        most: how many jobs a task has at most; None for the usual number.

    Returns:
        one line a workspace; the tasks of a line run one after the other, lines side by side.
    """
    of_workspace: dict[tuple[Path, Path], list[Job]] = {}
    for job in jobs:
        of_workspace.setdefault((job.workspace.resolve(), job.identity_file), []).append(job)
    most = most or _JOBS_OF_A_TASK
    found: dict[Path, Line] = {}
    for (workspace, _), whole in of_workspace.items():
        line = found.setdefault(workspace, deque())
        for at in range(0, len(whole), most):
            line.append(tuple(whole[at : at + most]))
    return deque(found.values())
