"""Records that can be judged: those nobody has cut for an audience.

A workspace that was cut for a group holds risk states without numbers. A rule passes over them
and says less; it never breaks, and never guesses. So judge the whole workspace, then cut it.

Source:
    domain safety rule 1 (what is recorded, and who may see it); the rule is ours.
"""

from __future__ import annotations

from typing import TypeVar

from amparo.model.base import Record
from amparo.model.workspace import Workspace

R = TypeVar("R", bound=Record)


def whole(ws: Workspace, model: type[R]) -> tuple[R, ...]:
    """Return the records of one kind that still have every field they need, in order."""
    needed = {name for name, field in model.model_fields.items() if field.is_required()}
    return tuple(record for record in ws.all(model) if needed <= record.model_fields_set)
