"""One number for all a workspace says, equal after a backup was restored."""

from __future__ import annotations

import hashlib
import json

from amparo.store.database import Database, meta

# A deleted record that undo still reaches is no part of what the workspace says, and does not
# travel in a backup; so it is no part of the number either.
_PARTS = (
    "SELECT * FROM record ORDER BY id",
    "SELECT * FROM change WHERE record_id IN (SELECT id FROM record) ORDER BY seq",
    "SELECT * FROM conflict WHERE record_id IN (SELECT id FROM record) ORDER BY id",
    "SELECT * FROM mark ORDER BY id",
)


def digest(database: Database) -> str:
    """Return the SHA-256 of everything that counts, as 64 hexadecimal digits."""
    total = hashlib.sha256()
    total.update(str(meta(database, "workspace")).encode())
    for part in _PARTS:
        total.update(b"\x00")
        for row in database.execute(part):
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
            total.update(line.encode() + b"\n")
    return total.hexdigest()
