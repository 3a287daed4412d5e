"""A small copy of the project that translators may change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.translate import Project, export, project

ROOT = Path(__file__).resolve().parents[2]
_CATALOGUES = ("ui.po", "report.po", "review.po", "content.po")
_LESSONS = ("glossary.md", "measures.md")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy with four catalogues, two lessons and the small example, in four languages."""
    root = tmp_path / "copy"
    locale = root / "src" / "amparo" / "locale"
    for lang in ("en", "es", "fr", "ar"):
        (locale / lang).mkdir(parents=True)
        for name in _CATALOGUES:
            shutil.copy(ROOT / "src/amparo/locale" / lang / name, locale / lang / name)
    shutil.copy(ROOT / "src/amparo/locale/reviews.yaml", locale)
    for pack, names in (("foundations", _LESSONS), ("examples", ("small.md",))):
        for lang in ("en", "es"):
            (root / "curricula" / pack / lang).mkdir(parents=True)
            for name in names:
                target = root / "curricula" / pack / lang / name
                shutil.copy(ROOT / "curricula" / pack / lang / name, target)
    return root


@pytest.fixture
def here(copy: Path) -> Project:
    """The words of the copy."""
    return project(copy)


@pytest.fixture
def files_of(here: Project, tmp_path: Path) -> Callable[..., dict[str, Path]]:
    """Return a function that exports one language and names its files by part."""

    def out(lang: str, form: str = "po") -> dict[str, Path]:
        folder = tmp_path / f"{lang}-{form}"
        paths = export(here, lang, folder, form)  # type: ignore[arg-type]
        return {path.stem.removeprefix(f"{lang}-"): path for path in paths}

    return out


@pytest.fixture
def snapshot(copy: Path) -> Callable[[], dict[str, bytes]]:
    """Return a function that reads every file of the copy."""

    def read() -> dict[str, bytes]:
        return {
            path.relative_to(copy).as_posix(): path.read_bytes()
            for path in sorted(copy.rglob("*"))
            if path.is_file()
        }

    return read


def _run(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from amparo.cli import main; main()", *map(str, arguments)],
        env={**os.environ, "AMPARO_LANG": "en", **more},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def run_amparo() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs ``amparo`` as a process of its own."""
    return _run


@pytest.fixture
def run_installed(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return the same for an Amparo that lies where a wheel would put it."""
    place = tmp_path / "site" / "amparo"
    shutil.copytree(ROOT / "src" / "amparo", place, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "curricula", place / "_bundled" / "curricula")
    return lambda *arguments: _run(*arguments, PYTHONPATH=str(place.parent))
