"""Linux tells everything in files; *root* is where they begin, so that a test can bring its own."""

from __future__ import annotations

from pathlib import Path

from amparo.computer.finding import State

# File systems that keep their own key, or lie on a network: the disk below says nothing.
_TELL_NOTHING = frozenset({"zfs", "ecryptfs", "fuse", "nfs", "nfs4", "cifs", "overlay", "tmpfs"})
_DEVICE, _ROOT, _POINT = 2, 3, 4
_DEEPEST = 8


def swap(root: Path) -> State:
    """Tell whether memory can be written to a disk that everybody can read."""
    lines = _lines(root / "proc/swaps")
    if lines is None:
        return "unknown"
    places = [line.split()[0] for line in lines[1:] if line.split()]
    return "warn" if any(not _is_harmless(root, place) for place in places) else "ok"


def hibernation(root: Path) -> State:
    """Tell whether the whole memory can be written to the disk."""
    lines = _lines(root / "sys/power/state")
    if lines is None or not any("disk" in line.split() for line in lines):
        return "ok"
    ways = _lines(root / "sys/power/disk")
    if ways is not None and "[disabled]" in " ".join(ways):
        return "ok"
    # Without a place to write to there is nothing to hibernate into.
    places = _lines(root / "proc/swaps")
    return "ok" if places is not None and len(places) <= 1 else "warn"


def disk(root: Path, place: Path) -> State:
    """Tell whether the disk under *place* is encrypted."""
    found = _mount(root, place)
    if found is None:
        return "unknown"
    device, kind = found
    if kind.partition(".")[0] in _TELL_NOTHING:
        return "unknown"
    block = root / "sys/dev/block" / device
    if not block.exists():
        return "unknown"
    return "ok" if _is_encrypted(block) else "warn"


def memory_mb(root: Path) -> int | None:
    """Return how much memory is free for new programs."""
    for line in _lines(root / "proc/meminfo") or ():
        name, _, rest = line.partition(":")
        if name == "MemAvailable" and rest.split()[:1]:
            return int(rest.split()[0]) // 1024
    return None


def _is_harmless(root: Path, place: str) -> bool:
    """Tell whether swap goes to compressed memory or to an encrypted device."""
    name = Path(place).name
    if name.startswith("zram"):
        return True
    if not place.startswith("/dev/"):
        return disk(root, Path(place)) == "ok"
    resolved = (root / place.lstrip("/")).resolve().name
    return any(_is_encrypted(root / "sys/block" / one) for one in {name, resolved})


def _mount(root: Path, place: Path) -> tuple[str, str] | None:
    """Return device number and kind of the file system that holds *place*."""
    best: tuple[int, str, str] | None = None
    for line in _lines(root / "proc/self/mountinfo") or ():
        head, _, tail = line.partition(" - ")
        parts, kinds = head.split(), tail.split()
        if len(parts) <= _POINT or not kinds:
            continue
        point = Path(parts[_POINT].replace("\\040", " "))
        # Of several at one place the last one lies on top.
        if place.is_relative_to(point) and (best is None or len(point.parts) >= best[0]):
            best = (len(point.parts), parts[_DEVICE], kinds[0])
    return None if best is None else (best[1], best[2])


def _is_encrypted(block: Path, depth: int = 0) -> bool:
    """Tell whether a device, or every one that it is made of, is an encrypted one."""
    uuid = _lines(block / "dm/uuid")
    if uuid and uuid[0].startswith("CRYPT-"):
        return True
    below = block / "slaves"
    if depth >= _DEEPEST or not below.is_dir():
        return False
    found = list(below.iterdir())
    return bool(found) and all(_is_encrypted(one, depth + 1) for one in found)


def _lines(path: Path) -> list[str] | None:
    try:
        return path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
