"""Three workspaces that one identity opens, and a table of jobs beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyrage as _pyrage
import pytest

from amparo.content.examples import example
from amparo.keeper import client
from amparo.session import Session
from amparo.store import Identity

pyrage: Any = _pyrage  # a compiled module, without types
HEAD = "workspace,identity_file,report,lang,audience,format,recipient"


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three workspaces ``w0`` to ``w2`` and the identity ``key`` of all of them."""
    folder = tmp_path_factory.mktemp("network")
    identity = str(pyrage.x25519.Identity.generate())
    (folder / "key").write_text(f"# of the network\n{identity}\n", "ascii")
    (folder / "other-key").write_text(f"{pyrage.x25519.Identity.generate()}\n", "ascii")
    for number in range(3):
        handle = client.start(folder / f"w{number}", Identity(identity), create=True)
        with Session.connect(handle.environment()) as session:
            records = example("small", "en", date(2026, 11, 24))
            session.save_many([(record, None) for record in records])
            session.lock()
        handle.wait(30)
    return folder


@pytest.fixture
def table(network: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a table of jobs beside links to the workspaces."""

    def write(rows: Iterable[str], head: str = HEAD) -> Path:
        for one in network.iterdir():
            link = tmp_path / one.name
            if not link.is_symlink():
                link.symlink_to(one)
        path = tmp_path / "jobs.csv"
        path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
        return path

    return write
