"""The three commands of the how-to page, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LANGS = ["es", "fr", "ar"]


def _swap(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_the_command_line_shows_hands_out_and_takes_back(
    run_amparo: Any, copy: Path, tmp_path: Path
) -> None:
    """What a translator sees: how much is missing, what to mend, what was put in."""
    out = tmp_path / "hand"
    root = ("--root", copy)

    shown = run_amparo("translate", "status", *root)
    told = json.loads(run_amparo("translate", "status", "--json", *root).stdout)
    given = run_amparo("translate", "export", "es", "-o", out, "--format", "xliff", *root)
    sent = _swap(out / "es-interface-ui.xlf", ">Listo</target>", ">Listo {x}</target>")
    refused = run_amparo("translate", "import", sent, *root)
    _swap(sent, ">Listo {x}</target>", ">Ya está</target>")
    taken = run_amparo("translate", "import", sent, *root)

    assert "examples/small" in shown.stdout
    assert "100%" in shown.stdout
    assert {row["lang"] for row in told} == set(LANGS)
    assert given.returncode == 0
    assert refused.returncode == 2
    assert refused.stdout.startswith("es-interface-ui.xlf: ui.ready: Keep these names")
    assert "Nothing was written" in refused.stdout
    assert (taken.returncode, taken.stdout) == (0, "Entries changed: 1. Files written: 1.\n")


def test_an_installed_amparo_is_not_written_into(run_installed: Any, tmp_path: Path) -> None:
    """The next update would throw the translator's work away."""
    given = run_installed("translate", "export", "es", "-o", tmp_path / "es")
    refused = run_installed("translate", "import", tmp_path / "es" / "es-interface-ui.po")

    assert given.returncode == 0, given.stderr
    assert refused.returncode == 2
    assert "--root" in refused.stderr
