"""Take a signed pack in: looked at from outside in, put into place in one step.

In this order: size, signature, the list of the zip, the rules of content, what it replaces. Until
the last of them has passed, nothing of it stands where content is looked for.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from amparo.content import Pack, check, load
from amparo.content.loading import FOUNDATIONS, chosen_folder, versions
from amparo.errors import AmparoError, DiskFullError, PackError, ReadOnlyError
from amparo.packs.making import NAME
from amparo.packs.signing import PACK, verify_file
from amparo.report.importing.limits import ImportFileError, opened_zip, read_bounded, unpacked
from amparo.resources import bundled, content_folder

_NEW = ".new-"
_KEPT = 2  # a page that is open may still read the one before


class OlderPackError(AmparoError, ValueError):
    """The pack is not newer than the one that is used; nothing was changed."""

    key = "error.pack_older"


class WrongPackError(AmparoError, ValueError):
    """The pack is another one, or takes something away that workspaces may hold."""

    key = "error.pack_wrong"


@dataclass(frozen=True, slots=True)
class Installed:
    """One pack that could be used.

    Attributes:
        version: its number.
        is_used: whether pages read this one.
        ships: whether it came with the program.
    """

    version: str
    is_used: bool
    ships: bool


def trusted_folder() -> Path:
    """Return the folder of the keys that this group trusts."""
    return content_folder().parent / "trusted"


def install(file: Path, keys: Path | None = None) -> str:
    """Put a signed pack into use; return its version.

    Args:
        file: of ``make_pack``, its signature beside it.
        keys: folder of trusted keys; by default the group's own.

    Raises:
        SignatureError: nobody who is trusted has signed it as it is.
        ImportFileError: it is too large, damaged, a bomb, or leads outside.
        PackError: something in it breaks a rule of content.
        WrongPackError: it is another pack, or one with less in it.
        OlderPackError: the one that is used is as new or newer.
        ReadOnlyError: there is no place for it.
    """
    data = read_bounded(file)
    verify_file(file, data, keys or trusted_folder(), PACK)
    home = content_folder() / FOUNDATIONS
    with _workshop(home) as workshop:
        _unpack(data, workshop)
        version = _accepted(workshop)
        _sync(workshop)
        target = home / version
        if target.exists():  # left over from an installation that was cut short or is not used
            shutil.rmtree(target)
        workshop.rename(target)
        _sync_folder(home)
    _forget_oldest(home)
    return version


def installed() -> tuple[Installed, ...]:
    """Return the pack that ships and every one that was taken in, newest first."""
    used = chosen_folder()
    home = content_folder() / FOUNDATIONS
    own = [Installed(path.name, path == used, ships=False) for _, path in versions(home)]
    shipped = bundled("curricula") / FOUNDATIONS
    ours = Installed(load(shipped, only=()).version, shipped == used, ships=True)
    return (*own, ours)


@contextmanager
def _workshop(home: Path) -> Iterator[Path]:
    """Lend an empty folder beside the place of the pack; what is left of it goes."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in home.glob(f"{_NEW}*"):
            shutil.rmtree(old, ignore_errors=True)
        workshop = Path(tempfile.mkdtemp(prefix=_NEW, dir=home))
    except OSError:
        raise ReadOnlyError("no place for content") from None
    try:
        yield workshop
    except OSError:
        raise DiskFullError("the pack could not be written") from None
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _unpack(data: bytes, workshop: Path) -> None:
    archive = opened_zip(data)
    names = archive.namelist()
    if not all(NAME.fullmatch(name) for name in names):
        raise ImportFileError("odd_names")
    for name in names:
        target = workshop / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        target.write_bytes(unpacked(archive, name))


def _accepted(workshop: Path) -> str:
    """Return the version of a pack that may take the place of the one that is used."""
    used = chosen_folder()
    first, before = load(workshop, only=()), load(used, only=())
    if first.id != before.id or not set(before.languages) <= set(first.languages):
        raise WrongPackError("another pack, or fewer languages")
    if _number(first.version) <= _number(before.version):
        raise OlderPackError("not newer", version=first.version, used=before.version)
    # Last, because it takes seconds: every sentence in every language.
    issues = check(workshop)
    if issues:
        raise PackError.at(Path(issues[0].path), issues[0].line, issues[0].fact)
    if not _holds_all(load(workshop), load(used)):
        raise WrongPackError("less in it")
    return first.version


def _holds_all(new: Pack, used: Pack) -> bool:
    """Tell whether a workspace finds in *new* all that it found before."""
    there = set(new.spoken())
    return all((kind, new.current_id(id_)) in there for kind, id_ in used.spoken())


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _forget_oldest(home: Path) -> None:
    for _, path in versions(home)[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        _sync_folder(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
