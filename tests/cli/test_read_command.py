"""Two people at a terminal read what leaves, and only then a paper for others is made."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pty: Any = pytest.importorskip("pty", reason="no terminals of this kind here")


@pytest.fixture
def at_a_terminal(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run ``amparo`` in a terminal, answering each question as it comes."""

    def run(*arguments: object, answers: Callable[[str], str | None]) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", "from amparo.cli import main; main()", *map(str, arguments)],
            stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
            env={**os.environ, "HOME": str(tmp_path), "AMPARO_LANG": "en", "TERM": "dumb"},
        )  # fmt: skip
        os.close(theirs)
        told = _talk(ours, answers)
        os.close(ours)
        return process.wait(60), told

    return run


def _talk(ours: int, answers: Callable[[str], str | None]) -> str:
    told, seen = "", 0
    while select.select([ours], [], [], 60)[0]:
        try:
            told += os.read(ours, 4096).decode("utf-8", "replace")
        except OSError:  # the other end is gone
            break
        answer = answers(told[seen:])
        if answer is not None:
            seen = len(told)
            os.write(ours, f"{answer}\n".encode())
    return told


def _readers(*letters: str, no_at: int | None = None) -> Callable[[str], str | None]:
    """Give each letter in turn, and say yes to every sentence but the one numbered *no_at*."""
    left = list(letters)
    asked = 0

    def answer(new: str) -> str | None:
        nonlocal asked
        if new.endswith("(A, B, …): "):
            return left.pop(0)
        if new.endswith("n = no: "):
            asked += 1
            return "n" if asked == no_at else "y"
        return None

    return answer


def test_two_who_read_everything_let_a_paper_be_made(
    at_a_terminal: Callable[..., tuple[int, str]],
    amparo: Any,
    example: Path,
    identity: tuple[Path, str],
    tmp_path: Path,
) -> None:
    """The same letter is asked again; then the file of ticks opens the way, and holds no text."""
    ticks, paper = tmp_path / "ticks.json", tmp_path / "allies.pdf"
    who = ("--identity-file", identity[0], "--lang", "es")
    order = ("report", "allies", example, "-o", paper, *who)

    before = amparo(*order)
    code, told = at_a_terminal(
        "read", example, "allies", "-o", ticks, *who, answers=_readers("C", "C", "D")
    )
    after = amparo(*order, "--ticks", ticks)

    assert before.returncode == 2
    assert "two people have not read it" in before.stderr
    assert code == 0, told
    assert "Acompáñennos hasta que la asamblea decida" in told
    assert "Ninguna lista y ninguna máquina" in told
    assert after.returncode == 0, after.stderr
    assert paper.read_bytes().startswith(b"%PDF")
    held = json.loads(ticks.read_text("ascii"))
    assert held["letters"] == ["C", "D"]
    assert set(held) == {"digest", "letters", "sentences", "on"}


def test_one_no_stops_and_writes_nothing(
    at_a_terminal: Callable[..., tuple[int, str]],
    example: Path,
    identity: tuple[Path, str],
    tmp_path: Path,
) -> None:
    """A doubt of one person is enough."""
    ticks = tmp_path / "ticks.json"

    code, told = at_a_terminal(
        "read", example, "public", "-o", ticks, "--identity-file", identity[0],
        answers=_readers("A", "B", no_at=3),
    )  # fmt: skip

    assert code == 1
    assert "Change the sentence" in told
    assert not ticks.exists()


def test_no_script_can_read_for_people(
    amparo: Any, example: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    """A loop that answers yes would be the third reader of every paper."""
    ticks = tmp_path / "ticks.json"

    made = amparo(
        "read", example, "allies", "-o", ticks, "--identity-file", identity[0],
        given="A\n" + "y\n" * 99,
    )  # fmt: skip

    assert made.returncode == 2
    assert "two people in a terminal" in made.stderr
    assert not ticks.exists()


def test_a_reader_of_ones_own_is_named_with_its_file(
    amparo: Any, example: Path, identity: tuple[Path, str], tmp_path: Path
) -> None:
    """A reader that is not in the file gets nothing, and a mistake is told with its line."""
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("audiences:\n  lawyers: {like: group, without: [rule]}\n", "utf-8")
    bad.write_text("audiences:\n  lawyers: {like: group, without: [poem]}\n", "utf-8")
    plan = ("report", "plan", example, "--identity-file", identity[0], "-o")

    made = amparo(*plan, tmp_path / "a.pdf", "--audiences", good, "--as", "lawyers")
    wrong = amparo(*plan, tmp_path / "b.pdf", "--audiences", bad, "--as", "lawyers")
    other = amparo(*plan, tmp_path / "c.pdf", "--audiences", good, "--as", "press")

    assert made.returncode == 0, made.stderr
    assert (wrong.returncode, wrong.stderr.splitlines()[0][:7]) == (2, "line 2:")
    assert other.returncode == 2
    assert not (tmp_path / "c.pdf").exists()
