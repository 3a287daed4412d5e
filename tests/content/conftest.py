from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.content import Pack, load
from amparo.resources import bundled

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def foundations_folder() -> Path:
    return bundled("curricula") / "foundations"


@pytest.fixture(scope="session")
def foundations(foundations_folder: Path) -> Pack:
    return load(foundations_folder)


@pytest.fixture
def pack_with(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of a sound pack with the files of one situation, or of the test, laid over."""

    def make(situation: str | None = None, **files: str) -> Path:
        folder = tmp_path / "pack"
        shutil.copytree(FIXTURES / "sound", folder)
        if situation:
            shutil.copytree(FIXTURES / situation, folder, dirs_exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def sound_pack() -> Path:
    return FIXTURES / "sound"
