"""What a group was promised at the beginning: where its entries are kept, and until when.

Source:
    domain safety rule 3 (where, and deleted on a day); a promise holds for what stands already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from amparo.model.base import Record
from amparo.model.process import Process
from amparo.model.workspace import Workspace

Storage = Literal["session_only", "one_encrypted_file", "paper_only"]
Save = tuple[Record, int | None]


def honest(process: Process, *, session_only: bool) -> Process:
    """Return *process* saying where it really is kept, and going itself on the day it names."""
    told = process.data_rule.storage
    if not session_only:
        told = "one_encrypted_file"
    elif told == "one_encrypted_file":
        told = "session_only"
    rule = {**process.data_rule.model_dump(), "storage": told}
    return process.with_changes(data_rule=rule, delete_by=process.data_rule.delete_by)


def redated(saves: list[Save], workspace: Workspace, versions: Mapping[str, int]) -> list[Save]:
    """Return what else must be saved because the day to delete everything became another one.

    Entries that were given a day of their own keep it.
    """
    process = next((record for record, _ in saves if isinstance(record, Process)), None)
    if process is None:
        return []
    before = workspace.one(Process)
    old = before.data_rule.delete_by if before else None
    new = process.data_rule.delete_by
    own = {record.id for record, _ in saves}
    return [
        (record.with_changes(delete_by=new), versions[record.id])
        for record in workspace
        if old != new and record.delete_by == old and record.id not in own
    ]
