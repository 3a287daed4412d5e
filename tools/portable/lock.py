"""Read the lock: which file of which package may be installed where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

# The first and the last bugfix of a Python: a lock may ask for other packages on each.
_BUGFIXES = ("0", "99")


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of the lock, with the digests of every file that may stand for it."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def line(self) -> str:
        """The package without the condition under which it is wanted."""
        digests = " ".join(f"--hash={one}" for one in self.hashes)
        return f"{self.requirement.name}{self.requirement.specifier} {digests}"


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of computer, as pip and as the conditions of a lock name it.

    Attributes:
        name: what people choose by.
        tags: platforms of wheels that run there; none means this very computer.
        marks: values of a condition, such as ``sys_platform``.
    """

    name: str
    tags: tuple[str, ...]
    marks: dict[str, str]


def _linux(machine: str) -> Target:
    modern = tuple(f"manylinux_2_{minor}_{machine}" for minor in range(34, 4, -1))
    marks = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    tags = (*modern, f"manylinux2014_{machine}", f"manylinux1_{machine}", f"linux_{machine}")
    return Target(f"linux-{machine}", tags, {**marks, "platform_machine": machine})


def _mac(machine: str) -> Target:
    versions = [*((number, 0) for number in range(14, 10, -1)), (10, 15), (10, 12), (10, 9)]
    tags = tuple(
        f"macosx_{major}_{minor}_{kind}"
        for kind in (machine, "universal2")
        for major, minor in versions
    )
    marks = {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"}
    return Target(f"macos-{machine}", tags, {**marks, "platform_machine": machine})


_WINDOWS = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
    "platform_machine": "AMD64",
}  # fmt: skip
TARGETS = (
    _linux("x86_64"),
    _linux("aarch64"),
    Target("windows-amd64", ("win_amd64",), _WINDOWS),
    _mac("arm64"),
    _mac("x86_64"),
)
HERE = Target("here", (), {})


def read_lock(path: Path) -> tuple[Locked, ...]:
    """Return every package of a lock that was written with digests."""
    found: list[Locked] = []
    for line in path.read_text("utf-8").replace("\\\n", " ").splitlines():
        text = line.partition("#")[0].strip()
        if not text:
            continue
        named, *digests = text.split("--hash=")
        found.append(Locked(Requirement(named.strip()), tuple(one.strip() for one in digests)))
    return tuple(found)


def wanted(lock: tuple[Locked, ...], target: Target, python: str) -> dict[tuple[Locked, ...], str]:
    """Return what is installed on *target*, and the Python it is for.

    It is twice where bugfixes of one Python differ: nobody knows which one will be there.
    """
    versions = [f"{python}.{bugfix}" for bugfix in _BUGFIXES]
    return {
        tuple(one for one in lock if _is_for(one, target, python, version)): version
        for version in versions
    }


def _is_for(one: Locked, target: Target, python: str, version: str) -> bool:
    marker = one.requirement.marker
    known = {"python_version": python, "python_full_version": version}
    return marker is None or marker.evaluate({**known, **target.marks})
