"""The folder for a stick: what is in it, and that its launcher installs nothing it should not."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

from amparo.packs import check_sums, new_key, trust

ROOT = Path(__file__).resolve().parents[2]
_TOOL = ROOT / "tools" / "portable" / "build.py"
_PROGRAM = (
    "def main():\n    import os, sys\n    print(sys.argv[1:], os.environ.get('AMPARO_DATA'))\n"
)
_UNIVERSAL = """
six==1.17.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via something
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:cc
appnope==1.0.0 ; sys_platform == 'darwin' \\
    --hash=sha256:dd
yarl==1.0 ; python_full_version == '3.12.*' \\
    --hash=sha256:ee
soupsieve==1.0 ; python_full_version < '3.11.5' \\
    --hash=sha256:ff
soupsieve==2.0 ; python_full_version >= '3.11.5' \\
    --hash=sha256:00
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder without a download: the lock is empty, the list is signed."""
    place = tmp_path_factory.mktemp("built")
    (place / "lock").write_text("# nothing\n", "utf-8")
    new_key(place / "key")
    subprocess.run(
        [sys.executable, _TOOL, "--out", place / "stick", "--lock", place / "lock",
         "--key", place / "key"],
        check=True, capture_output=True,
    )  # fmt: skip
    return place


@pytest.fixture
def stick(built: Path, tmp_path: Path) -> Path:
    """A copy with a tiny program in place of ours, in a folder with spaces and accents."""
    copy = tmp_path / "Memoria de ñandú"
    shutil.copytree(built / "stick", copy)
    wheel = next((copy / "parts" / "wheels").glob("*.whl"))
    small = wheel.with_name("amparo-0.0.1-py3-none-any.whl")
    wheel.unlink()
    with ZipFile(small, "w") as archive:
        info = "amparo-0.0.1.dist-info"
        archive.writestr("amparo/__init__.py", "")
        archive.writestr("amparo/cli.py", _PROGRAM)
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: amparo\nVersion: 0.0.1\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")  # fmt: skip
        archive.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256(small.read_bytes()).hexdigest()
    lines = f"amparo==0.0.1 --hash=sha256:{digest}\n"
    (copy / "parts" / "requirements.txt").write_text(lines, "utf-8")
    return copy


def _start(stick: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    home = stick.parent / "home"
    (home / "t").mkdir(parents=True, exist_ok=True)
    places = {"HOME": str(home), "TMPDIR": str(home / "t"), "LANG": "es_ES.UTF-8", **more}
    return subprocess.run(
        ["sh", stick / "start.sh", *words], capture_output=True, text=True, timeout=120,
        env={"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **places},
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_folder_holds_what_each_system_needs_under_neutral_names(built: Path) -> None:
    """Whoever sees the stick in a drawer reads no product name."""
    names = {path.name for path in (built / "stick").iterdir()}

    assert names == {
        "README.txt", "SHA256SUMS", "SHA256SUMS.sig", "parts", "start.bat", "start.command",
        "start.sh",
    }  # fmt: skip
    assert os.access(built / "stick" / "start.command", os.X_OK)


def test_the_page_of_the_folder_is_there_in_four_languages(built: Path) -> None:
    """It is read by people who have nothing else yet."""
    text = (built / "stick" / "README.txt").read_text("utf-8-sig")

    assert "⟦" not in text
    assert all(word in text for word in ("no internet", "no necesita", "pas besoin", "الإنترنت"))
    assert "amparo" not in text.lower()


def test_r42_every_file_stands_in_a_list_that_is_signed(built: Path, tmp_path: Path) -> None:
    """Whoever gets the stick from a stranger can see whether it is the one that was made."""
    trust(built / "key.pub", tmp_path / "keys")

    count = check_sums(built / "stick", tmp_path / "keys")

    files = [path for path in (built / "stick").rglob("*") if path.is_file()]
    assert count == len(files) - 2


def test_r42_the_bill_of_materials_names_what_is_inside(built: Path) -> None:
    """When a weakness becomes known, somebody must be able to look whether it is in here."""
    bill = json.loads((built / "stick" / "parts" / "sbom.json").read_text("utf-8"))

    main = bill["metadata"]["component"]
    wheel = next((built / "stick" / "parts" / "wheels").glob("amparo-*.whl"))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert (main["name"], main["version"]) == ("amparo", version("amparo"))
    assert main["externalReferences"][0]["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_the_launcher_installs_once_and_stays_on_the_stick(stick: Path) -> None:
    """Nothing of it may stay on a computer that belongs to somebody else, or come from it.

    The second start installs nothing, and opens the one workspace that is there: nobody should
    have to type the name of a folder.
    """
    data, home = stick / "data", stick.parent / "home"
    elsewhere = stick.parent / "elsewhere" / "amparo"
    elsewhere.mkdir(parents=True)
    (elsewhere / "cli.py").write_text("def main():\n    print('led astray')\n")

    first = _start(
        stick, "doctor", PYTHONPATH=str(elsewhere.parent), AMPARO_DATA="/elsewhere",
        PIP_INDEX_URL="http://127.0.0.1:9/", PIP_NO_INDEX="0",
    )  # fmt: skip
    (data / "mine" / "slots").mkdir(parents=True)
    again = _start(stick)

    assert first.returncode == 0, first.stderr
    assert first.stdout == f"['doctor'] {data}\n"
    assert again.stdout == f"{['open', str(data / 'mine'), '--keep-in', str(data)]} {data}\n"
    assert "Preparando" in first.stderr
    assert again.stderr == ""
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_r42_a_changed_part_is_not_installed(stick: Path) -> None:
    """A stick passes through many hands."""
    wheel = next((stick / "parts" / "wheels").glob("*.whl"))
    with ZipFile(wheel, "a") as archive:
        archive.writestr("amparo/more.py", "import os\n")

    done = _start(stick)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "alguien de confianza" in done.stderr
    assert not any((stick / "installed").rglob("cli.py"))


def test_without_a_python_that_fits_it_says_so(stick: Path) -> None:
    """A window that closes at once teaches nobody."""
    (stick / "parts" / "pythons.txt").write_text("3.99\n")

    done = _start(stick)

    assert done.returncode == 2
    assert "Falta un Python" in done.stderr
    assert "3.99" in done.stderr


def test_a_target_gets_what_its_system_and_python_need(tmp_path: Path) -> None:
    """pip would look at the computer that builds, not at the one that installs."""
    (tmp_path / "lock").write_text(_UNIVERSAL, "utf-8")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import json, lock\n"
        "read = lock.read_lock(Path(sys.argv[2]))\n"
        "print(json.dumps({f'{t.name} {p}': sorted({one.line for part in lock.wanted(read, t, p)"
        " for one in part}) for t in lock.TARGETS for p in ('3.11', '3.12')}))"
    )

    said = subprocess.run(
        [sys.executable, "-c", program, _TOOL.parent, tmp_path / "lock"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = {
        name: [line.split("=")[0] for line in lines]
        for name, lines in json.loads(said.stdout).items()
    }

    assert len(found) == 10
    assert found["linux-aarch64 3.11"] == ["six", "soupsieve", "soupsieve"]
    assert found["windows-amd64 3.11"] == ["colorama", "six", "soupsieve", "soupsieve"]
    assert found["macos-arm64 3.12"] == ["appnope", "six", "soupsieve", "yarl"]
    assert "six==1.17.0 --hash=sha256:aa --hash=sha256:bb" in json.loads(said.stdout)["linux-x86_64 3.12"]  # fmt: skip
