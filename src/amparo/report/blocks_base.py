"""What every block has: a name in JSON."""

from __future__ import annotations

from typing import ClassVar


class Block:
    """Anything that stands on a page; ``kind`` names it in JSON."""

    __slots__ = ()
    kind: ClassVar[str]
