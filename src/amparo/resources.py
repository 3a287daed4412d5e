"""Find the folders that ship with the product, in a wheel and in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from amparo.errors import BundleMissingError

Part = Literal["workbooks", "curricula"]

_PACKAGE = Path(__file__).resolve().parent


def bundled(part: Part) -> Path:
    """Return the folder that holds *part*, in a wheel or in a checkout.

    Raises:
        BundleMissingError: neither place has it; the installation is damaged.
    """
    candidates = (_PACKAGE / "_bundled" / part, _PACKAGE.parents[1] / part)
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise BundleMissingError(f"{part} is in neither of its two places", part=part)


def package_folder(name: str) -> Path:
    """Return a folder inside the installed package, e.g. ``locale`` or ``report/fonts``.

    Raises:
        BundleMissingError: the installation is damaged.
    """
    folder = _PACKAGE / name
    if not folder.is_dir():
        raise BundleMissingError(f"{name} is not in the package", part=name)
    return folder
