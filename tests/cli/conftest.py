"""The command line as somebody uses it: a process of its own, a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyrage as _pyrage
import pytest

pyrage: Any = _pyrage  # a compiled module, without types
Run = Callable[..., subprocess.CompletedProcess[str]]
PASSPHRASE = "lantern copper meadow violin harbor ticket"


@pytest.fixture(scope="session")
def amparo(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return a function that runs ``amparo`` and never opens a browser."""
    home = tmp_path_factory.mktemp("home")

    def run(
        *arguments: object, lang: str = "en", given: str = ""
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "HOME": str(home), "AMPARO_LANG": lang}
        return subprocess.run(
            [sys.executable, "-c", "from amparo.cli import main; main()", *map(str, arguments)],
            env=environment, input=given, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the passphrase of the example."""
    path = tmp_path_factory.mktemp("secret") / "passphrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return path


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A file with an age identity, and its recipient."""
    made = pyrage.x25519.Identity.generate()
    path = tmp_path_factory.mktemp("identity") / "identity"
    path.write_text(f"# made for a test\n{made}\n", "utf-8")
    return path, str(made.to_public())


@pytest.fixture(scope="session")
def example(
    amparo: Run, secret: Path, identity: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The small example in Spanish, which the identity opens in a millisecond."""
    folder = tmp_path_factory.mktemp("work") / "w.amparo"
    made = amparo("example", "-o", folder, "--lang", "es", "--passphrase-file", secret)
    assert made.returncode == 0, made.stderr
    added = amparo("slot", "add", folder, "--recipient", identity[1], "--passphrase-file", secret)
    assert added.returncode == 0, added.stderr
    yield folder
