"""The scripts and styles of the interface parts, as files that a browser keeps for a year.

One version stands for the whole folder: a part imports its helpers from the same folder, so an
old part must never meet a new helper. This module stays light: kernels ask it for the version.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path

ROUTE = "/am/parts/"
FILE_NAME = r"[a-z0-9_]{1,64}\.(?:js|css)"
_PACKAGE = "amparo_widgets"
# The parts of every step; of a screen that asks for more, the rest comes with its parts.
_EVERYWHERE = ("shell", "step_head", "foot", "records")
_RELATIVE = re.compile(r"""((?:from|import)\s*\(?\s*)(["'])\./([a-z0-9_]+\.(?:js|css))\2""")


def parts_folder() -> Path | None:
    """Return the folder of the installed parts, found without importing them; None without one."""
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "static"
    return folder if folder.is_dir() else None


def parts_version() -> str:
    """Return twelve digits that change when any file of the parts changes."""
    whole = hashlib.sha256()
    for path in _files():
        whole.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def part_address(name: str) -> str:
    """Return the address of one file of the parts, for example ``common.js``."""
    return f"{ROUTE}{name}?v={parts_version()}"


def part_text(name: str) -> str | None:
    """Return one file; its relative imports carry the version too. None if there is no such file.

    Args:
        name: a bare file name that ends in ``.js`` or ``.css``.
    """
    folder = parts_folder()
    if folder is None or not re.fullmatch(FILE_NAME, name) or not (folder / name).is_file():
        return None
    text = (folder / name).read_text(encoding="utf-8")
    return _RELATIVE.sub(rf"\1\2./\3?v={parts_version()}\2", text)


def first_addresses() -> tuple[str, ...]:
    """Return what every step needs, with its imports: fetched while the kernel makes the page."""
    folder = parts_folder()
    if folder is None:
        return ()
    found: list[str] = []
    waiting = [f"{name}.js" for name in _EVERYWHERE]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            text = (folder / name).read_text(encoding="utf-8")
            waiting += [other for *_, other in _RELATIVE.findall(text)]
    version = parts_version()
    return tuple(f"{ROUTE}{name}?v={version}" for name in found)


def _files() -> list[Path]:
    folder = parts_folder()
    return sorted(p for p in folder.iterdir() if p.suffix in {".js", ".css"}) if folder else []
