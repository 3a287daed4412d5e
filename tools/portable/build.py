"""Build a folder for a USB stick: everything that Amparo needs, for people without a network.

``python tools/portable/build.py --out FOLDER``. What is downloaded is held against the digests
of the lock; what is in the folder stands in SHA256SUMS, which can be signed.
"""

from __future__ import annotations

import argparse
import ensurepip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from bill import bill_of_materials, digest
from lock import HERE, TARGETS, Target, read_lock, wanted

from amparo.messages import languages, messages

ROOT = Path(__file__).resolve().parents[2]
_STICK = Path(__file__).resolve().parent / "stick"
_THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
_OURS = "amparo"
SUMS = "SHA256SUMS"
# In the order in which whoever finds the stick will want it.
_READ_IN = ("en", "es", "fr", "ar")


def build(out: Path, lock: Path, targets: Sequence[Target], pythons: Sequence[str]) -> None:
    """Write the folder; it must not exist yet."""
    wheels = out / "parts" / "wheels"
    wheels.mkdir(parents=True)
    own = _own_wheel(wheels)
    for target in targets:
        for python in pythons:
            _download(lock, target, python, wheels)
    line = f"{_OURS}=={own.name.split('-')[1]} --hash=sha256:{digest(own)}\n"
    parts = out / "parts"
    (parts / "requirements.txt").write_text(lock.read_text("utf-8") + line, "utf-8")
    (parts / "pythons.txt").write_text("".join(f"{one}\n" for one in pythons), "utf-8")
    shutil.copy(_installer(), parts)
    _write_words(out)
    for path in sorted(_STICK.iterdir()):
        place = parts if path.suffix == ".py" else out
        shutil.copy(path, place / path.name)
    bill = bill_of_materials(wheels.glob("*.whl"), _OURS)
    (parts / "sbom.json").write_text(bill, "utf-8")
    (out / SUMS).write_text(_sums(out), "utf-8")


def _own_wheel(wheels: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return next(wheels.glob(f"{_OURS}-*.whl"))


def _download(lock: Path, target: Target, python: str, wheels: Path) -> None:
    for locked, version in wanted(read_lock(lock), target, python).items():
        if not locked:
            continue
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as asked:
            asked.write("\n".join(one.line for one in locked))
            asked.flush()
            subprocess.run(
                [
                    sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                    "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:",
                    "--dest", str(wheels), "--requirement", asked.name,
                    *_for_another(target, version),
                ],
                check=True,
            )  # fmt: skip


def _for_another(target: Target, python: str) -> list[str]:
    tags = [word for tag in target.tags for word in ("--platform", tag)]
    return [*tags, "--python-version", python, "--implementation", "cp"]


def _installer() -> Path:
    """Return pip as Python itself brings it: some systems have a Python without one."""
    inside = Path(ensurepip.__file__).parent / "_bundled"
    places = (inside, Path("/usr/share/python-wheels"))
    return next(path for place in places for path in sorted(place.glob("pip-*.whl")))


def _write_words(out: Path) -> None:
    """Write what the stick says before anything is installed, out of the catalogues."""
    prefix = "portable."
    words = {
        lang: {key.removeprefix(prefix): text for key, text in messages(lang).under(prefix).items()}
        for lang in languages()
    }
    (out / "parts" / "words.json").write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    ways = ("what", "linux", "mac", "windows", "python", "data", "trace", "sums")
    read = "\n\n\n".join(
        "\n\n".join(words[lang][f"readme.{name}"] for name in ways) for lang in _READ_IN
    )
    needed = "\n".join(words[lang]["no_python"] for lang in _READ_IN)
    # With a mark in front, so that an old Windows shows Arabic letters too.
    (out / "README.txt").write_text(read + "\n", "utf-8-sig", newline="\r\n")
    (out / "parts" / "no-python.txt").write_text(needed + "\n", "utf-8")


def _sums(out: Path) -> str:
    paths = sorted(path for path in out.rglob("*") if path.is_file())
    return "".join(f"{digest(path)}  {path.relative_to(out).as_posix()}\n" for path in paths)


def _targets(names: Iterable[str]) -> tuple[Target, ...]:
    asked = frozenset(names)
    if asked == {"all"}:
        return TARGETS
    if asked == {"here"}:
        return (HERE,)
    known = {target.name: target for target in TARGETS}
    return tuple(known[name] for name in sorted(asked))


def main() -> int:
    """Build it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements.lock")
    parser.add_argument("--platforms", nargs="+", default=["here"])
    parser.add_argument("--pythons", nargs="+", default=[_THIS_PYTHON])
    parser.add_argument("--key", type=Path, help="sign the list of digests with this key")
    given = parser.parse_args()
    if given.out.exists():
        sys.stderr.write(f"{given.out.name} is there already; nothing was written\n")
        return 2
    build(given.out, given.lock, _targets(given.platforms), given.pythons)
    if given.key is not None:
        from amparo.packs import STICK, sign_file

        sign_file(given.out / SUMS, given.key, STICK)
    files = [path for path in given.out.rglob("*") if path.is_file()]
    megabytes = sum(path.stat().st_size for path in files) // 1_000_000
    sys.stdout.write(f"{given.out}: {len(files)} files, {megabytes} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
