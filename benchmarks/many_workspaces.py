"""Workspaces of the large example whose words differ, so that no route profits from the last one."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

HEAD = "workspace,identity_file,report,lang,audience,format,recipient"
LANGUAGES = ("es", "en", "fr", "ar")
_LINE = 280


def differing(number: int, size: Any = "large") -> tuple[Any, ...]:
    """The records of an example, with a word of its own in every sentence."""
    today = datetime.now(UTC).date()
    return tuple(_with_word(record, f"k{number}") for record in example(size, "es", today))


def _with_word(record: Any, word: str) -> Any:
    changes = {
        name: f"{word} {value}"
        for name in type(record).model_fields
        if isinstance(value := getattr(record, name), str) and " " in value and len(value) < _LINE
    }
    return record.with_changes(**changes) if changes else record


def make(folder: Path, key: Identity, count: int, rows: list[str], size: Any = "large") -> None:
    """Write ``count`` workspaces, the key, and a table with each of *rows* for each of them.

    A row is ``report,lang,audience``.
    """
    table = [HEAD]
    for number in range(count):
        handle = client.start(folder / f"w{number}", key, create=True, owner_pid=os.getpid())
        with Session.connect(handle.environment()) as session:
            session.save_many([(record, None) for record in differing(number, size)])
            session.lock()
        handle.wait(30)
        table += [f"w{number},key,{row},," for row in rows]
    (folder / "key").write_text(key.text, "utf-8")
    (folder / "jobs.csv").write_text("\n".join(table) + "\n", "utf-8")
