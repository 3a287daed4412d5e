"""What a capability may allow; the keeper asks for one of these before every command."""

from __future__ import annotations

from typing import Literal, get_args

# wall: what a room may see together; contribute: one's own lines for it; count: numbers alone.
Right = Literal["read", "write", "report", "admin", "wall", "contribute", "count"]
RIGHTS: frozenset[Right] = frozenset(get_args(Right))
