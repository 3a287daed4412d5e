"""What the computer does with what is typed, told in plain words; unknown is never "fine"."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amparo.board.parts import start
from amparo.board.scene import Scene
from amparo.cli import open_command
from amparo.computer import Finding, passed_on, told
from amparo.computer.asking import Said, ask_system
from amparo.computer.examining import PASSED_ON, Computer, about
from amparo.messages import languages, messages
from amparo.model.workspace import Workspace

_SWAPS = "Filename Type Size Used Priority\n"
_NAMES = ("swap", "hibernation", "disk", "dumps", "space", "memory", "clock")


@pytest.fixture
def linux(tmp_path: Path) -> Callable[..., Computer]:
    """Make a Linux of files; every value can be given."""

    def make(
        *, swaps: str = _SWAPS, state: str = "freeze mem", ways: str = "[platform] shutdown",
        crypt: bool = False, below: bool = False, kind: str = "ext4", memory_kb: int = 8_000_000,
    ) -> Computer:  # fmt: skip
        root = tmp_path / "root"
        block = root / "sys/devices/dm-1"
        for folder in ("proc/self", "sys/power", "sys/dev/block", "sys/block"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        (block / "dm").mkdir(parents=True)
        (block / "dm/uuid").write_text("CRYPT-LUKS2-x" if crypt else "LVM-x")
        if below:
            (block / "slaves/dm-0/dm").mkdir(parents=True)
            (block / "slaves/dm-0/dm/uuid").write_text("CRYPT-LUKS2-y")
        (root / "sys/dev/block/254:1").symlink_to(block)
        (root / "sys/block/dm-1").symlink_to(block)
        (root / "proc/self/mountinfo").write_text(
            f"1 0 254:1 / / rw - {kind} /dev/x rw\n2 1 0:5 / /proc rw - proc proc rw\n"
        )
        (root / "proc/swaps").write_text(swaps)
        (root / "proc/meminfo").write_text(f"MemTotal: 1 kB\nMemAvailable: {memory_kb} kB\n")
        (root / "sys/power/state").write_text(state)
        (root / "sys/power/disk").write_text(ways)
        return Computer(tmp_path, system="Linux", root=root)

    return make


def _states(computer: Computer) -> dict[str, str]:
    return {one.name: one.state for one in about(computer)}


def test_r44_a_calm_linux_has_nothing_to_warn_of(linux) -> None:
    """A warning that is always there is not read."""
    found = _states(linux(crypt=True))

    assert {name: found[name] for name in ("swap", "hibernation", "disk", "memory", "clock")} == {
        "swap": "ok", "hibernation": "ok", "disk": "ok", "memory": "ok", "clock": "ok",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/dev/sda2 partition 100 0 -2\n", "warn"),
        ("/dev/zram0 partition 100 0 100\n", "ok"),
        ("/dev/dm-1 partition 100 0 -2\n", "ok"),
        ("/swapfile file 100 0 -2\n", "ok"),
        ("/dev/zram0 partition 9 0 1\n/dev/sda2 partition 100 0 -2\n", "warn"),
    ],
)
def test_r44_swap_is_a_danger_only_where_it_can_be_read(linux, line: str, expected: str) -> None:
    """Pieces of a plan on an open disk; compressed memory and encrypted disks are none."""
    assert _states(linux(swaps=_SWAPS + line, crypt=True))["swap"] == expected


def test_r44_a_swap_file_on_an_open_disk_is_told(linux) -> None:
    """It is a file like every other one to whoever takes the disk."""
    assert _states(linux(swaps=f"{_SWAPS}/swapfile file 100 0 -2\n"))["swap"] == "warn"


@pytest.mark.parametrize(
    ("state", "ways", "swaps", "expected"),
    [
        ("freeze mem disk", "[platform]", f"{_SWAPS}/dev/sda2 partition 1 0 -2\n", "warn"),
        ("freeze mem disk", "[disabled]", f"{_SWAPS}/dev/sda2 partition 1 0 -2\n", "ok"),
        ("freeze mem disk", "[platform]", _SWAPS, "ok"),
        ("freeze mem", "[platform]", f"{_SWAPS}/dev/sda2 partition 1 0 -2\n", "ok"),
    ],
)
def test_r44_hibernation_is_told_where_it_can_happen(
    linux, state: str, ways: str, swaps: str, expected: str
) -> None:
    """A closed lid must not write the whole memory to the disk without anybody knowing."""
    assert _states(linux(state=state, ways=ways, swaps=swaps))["hibernation"] == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"crypt": True}, "ok"),
        ({"below": True}, "ok"),
        ({}, "warn"),
        ({"kind": "zfs"}, "unknown"),
        ({"kind": "fuse.encfs"}, "unknown"),
    ],
)
def test_r44_the_disk_under_the_workspace_is_looked_at(linux, given: dict, expected: str) -> None:
    """An encrypted disk somewhere in the computer is no help for the one that is written to."""
    assert _states(linux(**given))["disk"] == expected


def test_r44_what_cannot_be_seen_is_unknown(tmp_path: Path) -> None:
    """A computer that shows nothing of itself must not be called safe."""
    found = _states(Computer(tmp_path, system="Linux", root=tmp_path / "nowhere"))

    assert (found["swap"], found["disk"], found["memory"]) == ("unknown",) * 3


def test_a_nearly_full_computer_is_told_with_numbers(linux, monkeypatch) -> None:
    """A save that fails in a meeting is lost work."""
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("U", (), {"free": 100 * 1024 * 1024}))

    found = {one.name: one for one in about(linux(memory_kb=300_000))}

    assert found["space"] == Finding("space", "warn", {"megabytes": 100})
    assert found["memory"] == Finding("memory", "warn", {"megabytes": 292})


@pytest.mark.parametrize(("year", "expected"), [(1970, "warn"), (2027, "ok"), (2107, "warn")])
def test_a_clock_that_cannot_be_right_is_told(linux, year: int, expected: str) -> None:
    """With an empty battery the day of deletion would be any day."""
    computer = replace(linux(), now=lambda: datetime(year, 6, 1, tzinfo=UTC))

    assert _states(computer)["clock"] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {"sysctl": "total = 0.00M  used = 0.00M  free = 0.00M", "fdesetup": "FileVault is On.\n",
             "pmset": " hibernatemode        0\n"},
            ("ok", "ok", "ok"),
        ),
        (
            {"sysctl": "total = 2048.00M  used = 1.00M", "fdesetup": "FileVault is Off.\n",
             "pmset": " hibernatemode        3\n"},
            ("warn", "warn", "warn"),
        ),
        ({"sysctl": "total = 2048.00M used = 1.00M (encrypted)"}, ("ok", "unknown", "unknown")),
        ({}, ("unknown", "unknown", "unknown")),
    ],
)  # fmt: skip
def test_r44_macos_is_asked_through_its_own_programs(
    tmp_path: Path, said: dict[str, str], expected: tuple[str, str, str]
) -> None:
    """Where there are no files to read, what is not answered stays unknown."""

    def ask(command: tuple[str, ...]) -> Said | None:
        text = said.get(Path(command[0]).name)
        return None if text is None else Said(0, text)

    found = _states(Computer(tmp_path, system="Darwin", ask=ask))

    assert (found["swap"], found["hibernation"], found["disk"]) == expected


@pytest.mark.parametrize(
    ("values", "code", "expected"),
    [
        ({"PagingFiles": [""], "HibernateEnabled": 0}, 0, ("ok", "ok", "ok")),
        ({"PagingFiles": ["?:\\pagefile.sys"], "HibernateEnabled": 1}, 1, ("warn", "warn", "warn")),
        ({}, -1, ("unknown", "unknown", "unknown")),
    ],
)
def test_r44_windows_is_asked_through_its_registry(
    tmp_path: Path, values: dict, code: int, expected: tuple[str, str, str]
) -> None:
    """What only an administrator may see is unknown to everybody else."""
    computer = Computer(
        tmp_path,
        system="Windows",
        ask=lambda _: Said(code, ""),
        registry=lambda _, n: values.get(n),
    )

    found = _states(computer)

    assert (found["swap"], found["hibernation"], found["disk"]) == expected


def test_an_unknown_system_is_unknown(tmp_path: Path) -> None:
    """A system that nobody thought of is not a safe one."""
    found = _states(Computer(tmp_path, system="Plan9"))

    assert {found[name] for name in ("swap", "hibernation", "disk")} == {"unknown"}


def test_a_program_that_is_not_there_gives_no_answer(tmp_path: Path) -> None:
    """Another system must not stop the doctor."""
    assert ask_system((str(tmp_path / "nothing"),)) is None
    assert ask_system(("/bin/sh", "-c", "exit 3")) == Said(3, "")


@pytest.mark.parametrize("lang", languages())
def test_every_finding_has_a_sentence_in_every_language(lang: str) -> None:
    """A key between brackets helps nobody on a bad day."""
    catalogue = messages(lang)
    missing = [
        f"{name}.{state}"
        for name in (*_NAMES, "versions", "database", "fonts")
        for state in ("ok", "warn", "unknown")
        if not catalogue.has(f"cli.doctor.{name}.{state}")
    ]

    # Four of them are always known.
    assert missing == ["clock.unknown", "versions.unknown", "database.unknown", "fonts.unknown"]


def test_findings_travel_to_a_page_as_names_and_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's process gets what was found, and nothing that somebody else put there."""
    given = (Finding("swap", "warn"), Finding("space", "warn", {"megabytes": 12}))
    monkeypatch.setenv(PASSED_ON, f"{passed_on(given)} x<b>.warn disk.ok ../etc.warn")

    assert told() == given


def test_r44_the_first_screen_says_what_should_be_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever decides where a plan is kept must know that the disk can be read."""
    monkeypatch.setenv(PASSED_ON, "disk.warn memory.warn.300")
    nothing = Scene(Workspace(), {}, messages("en"), datetime(2026, 11, 29, tzinfo=UTC).date())

    said = start.draw(nothing)["computer"]
    monkeypatch.delenv(PASSED_ON)

    assert said[0].startswith("The disk is not encrypted")
    assert "300 MB" in said[1]
    assert start.draw(nothing)["computer"] == []


def test_r44_opening_says_in_one_line_that_there_is_something_to_know(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A terminal is read for one line; a program that reads the address gets no other."""
    monkeypatch.setenv(PASSED_ON, "")
    monkeypatch.setattr(open_command, "notable", lambda _: (Finding("swap", "warn"),))

    open_command.tell_about_computer(tmp_path, is_said=True)
    aloud = capsys.readouterr().out
    open_command.tell_about_computer(tmp_path, is_said=False)

    assert "amparo doctor" in aloud
    assert capsys.readouterr().out == ""
    assert os.environ[PASSED_ON] == "swap.warn"
