"""Content from a stick is taken in only if it is signed, newer, whole and sound."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from amparo.content import foundations
from amparo.content.loading import FOUNDATIONS
from amparo.errors import AmparoError, PackError
from amparo.messages import languages, messages
from amparo.packs import (
    PACK,
    STICK,
    SignatureError,
    check_sums,
    fingerprint,
    install,
    installed,
    make_pack,
    new_key,
    read_public,
    sign_file,
    trust,
    trusted_folder,
    verify_file,
)
from amparo.packs.installing import OlderPackError, WrongPackError
from amparo.packs.keys import KeyFileError
from amparo.packs.signing import UnknownSignerError, UnsignedError
from amparo.packs.sums import ChangedFilesError
from amparo.report.importing.limits import ImportFileError
from amparo.resources import DATA, bundled, content_folder

SHIPPED = bundled("curricula") / FOUNDATIONS


@dataclass(frozen=True)
class Group:
    """A group that trusts one key, and the place where a pack is handed over."""

    data: Path
    key: Path
    made: bytes

    def signed(self, place: Path, data: bytes | None = None, key: Path | None = None) -> Path:
        place.write_bytes(self.made if data is None else data)
        sign_file(place, key or self.key, PACK)
        return place


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A key, and the content that ships, one version on, as a file: checked once, for seconds."""
    folder = tmp_path_factory.mktemp("signer")
    new_key(folder / "key")
    shutil.copytree(SHIPPED, folder / "source")
    header = folder / "source" / "pack.yaml"
    header.write_text(header.read_text("utf-8").replace("'0.1.0'", "'0.2.0'"), "utf-8")
    make_pack(folder / "source", folder / "key", folder / "new.zip")
    return folder / "key", (folder / "new.zip").read_bytes()


@pytest.fixture
def group(signer: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Group:
    monkeypatch.setenv(DATA, str(tmp_path / "data"))
    trust(signer[0].with_name("key.pub"), trusted_folder())
    return Group(tmp_path / "data", *signer)


def _zipped(write: Callable[[ZipFile], None]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        write(archive)
    return stream.getvalue()


def _with_header(made: bytes, old: str, new: str) -> bytes:
    """Return a pack with another first page; nobody has checked it."""

    def write(archive: ZipFile) -> None:
        with ZipFile(io.BytesIO(made)) as given:
            for name in given.namelist():
                text = given.read(name).decode("utf-8")
                archive.writestr(name, text.replace(old, new) if name == "pack.yaml" else text)

    return _zipped(write)


def _state(group: Group) -> dict[str, bytes]:
    """Return every file that installing may have written."""
    found = (path for path in group.data.rglob("*") if path.is_file())
    return {str(path.relative_to(group.data)): path.read_bytes() for path in found}


def test_a_signed_newer_pack_is_used_at_once_by_everything(group: Group, tmp_path: Path) -> None:
    """A group without a network must be able to get what others have learned.

    What an interrupted installation left is cleared, the pack before stays (a page that is open
    still reads it), older ones go, and nobody else may see which content a group uses.
    """
    home = content_folder() / FOUNDATIONS
    for name in ("0.0.7", "0.0.8", ".new-half"):
        shutil.copytree(SHIPPED, home / name)
    before = foundations(only=()).version

    version = install(group.signed(tmp_path / "new.zip"))

    pack = foundations()
    assert (before, version, pack.version) == ("0.1.0", "0.2.0", "0.2.0")
    assert [(one.version, one.is_used, one.ships) for one in installed()] == [
        ("0.2.0", True, False),
        ("0.0.8", False, False),
        ("0.1.0", False, True),
    ]
    assert "⟦" not in pack.text("ar", "term", next(iter(pack.terms)), "term")
    assert sorted(path.name for path in home.iterdir()) == ["0.0.8", "0.2.0"]
    modes = {path.stat().st_mode & 0o077 for path in [home / "0.2.0", *(home / "0.2.0").glob("*/")]}
    assert modes == {0}


def test_a_newer_program_uses_its_own_pack(group: Group) -> None:
    """What was taken in years ago must not hide what ships today."""
    shutil.copytree(SHIPPED, content_folder() / FOUNDATIONS / "0.0.9")

    assert foundations(only=()).version == "0.1.0"


def test_a_pack_that_breaks_a_later_rule_is_passed_over(group: Group) -> None:
    """A program that was made new must open, whatever content lies there."""
    broken = content_folder() / FOUNDATIONS / "9.0.0"
    shutil.copytree(SHIPPED, broken)
    (broken / "glossary.yaml").write_text("- [", "utf-8")

    assert foundations(only=("glossary",)).version == "0.1.0"


def _unsigned(group: Group, place: Path) -> None:
    place.write_bytes(group.made)


def _signed_by_a_stranger(group: Group, place: Path) -> None:
    new_key(place.with_name("stranger"))
    group.signed(place, key=place.with_name("stranger"))


def _changed_afterwards(group: Group, place: Path) -> None:
    group.signed(place)
    data = bytearray(place.read_bytes())
    data[200] ^= 1
    place.write_bytes(data)


def _signed_for_another_purpose(group: Group, place: Path) -> None:
    group.signed(place)
    sign_file(place, group.key, STICK)


def _signature_of_another_file(group: Group, place: Path) -> None:
    other = group.signed(place.with_name("other"), b"harmless")
    place.write_bytes(group.made)
    other.with_name("other.sig").replace(place.with_name(place.name + ".sig"))


def _no_signature_at_all(group: Group, place: Path) -> None:
    place.write_bytes(group.made)
    place.with_name(place.name + ".sig").write_bytes(b"\xff" * 300)


def _same_version(group: Group, place: Path) -> None:
    group.signed(place, _with_header(group.made, "'0.2.0'", "'0.1.0'"))


def _older_version(group: Group, place: Path) -> None:
    group.signed(place, _with_header(group.made, "'0.2.0'", "'0.0.9'"))


def _another_pack(group: Group, place: Path) -> None:
    group.signed(place, _with_header(group.made, "id: foundations", "id: other"))


def _fewer_languages(group: Group, place: Path) -> None:
    group.signed(place, _with_header(group.made, "[en, es, fr, ar]", "[en]"))


def _less_in_it(group: Group, place: Path) -> None:
    sources = SHIPPED / "sources.yaml"
    header = (SHIPPED / "pack.yaml").read_text("utf-8").replace("'0.1.0'", "'0.2.0'")
    start, _, _ = header.partition("files:")

    def write(archive: ZipFile) -> None:
        archive.writestr("pack.yaml", f"{start}files:\n  - sources.yaml\n")
        archive.writestr("sources.yaml", sources.read_text("utf-8"))
        for lang in ("en", "es", "fr", "ar"):
            archive.writestr(
                f"{lang}/sources.md", (SHIPPED / lang / "sources.md").read_text("utf-8")
            )

    group.signed(place, _zipped(write))


def _unsound(group: Group, place: Path) -> None:
    group.signed(place, _zipped(lambda archive: archive.writestr("pack.yaml", "format: 1\n")))


def _bomb(group: Group, place: Path) -> None:
    data = _zipped(lambda archive: archive.writestr("pack.yaml", b"\0" * 50_000_000))
    group.signed(place, data)


def _path_that_leads_outside(group: Group, place: Path) -> None:
    group.signed(place, _zipped(lambda archive: archive.writestr("../../evil.yaml", "x")))


def _absolute_path(group: Group, place: Path) -> None:
    group.signed(place, _zipped(lambda archive: archive.writestr("/evil.yaml", "x")))


def _link(group: Group, place: Path) -> None:
    entry = ZipInfo("pack.yaml")
    entry.external_attr = 0o120777 << 16
    group.signed(place, _zipped(lambda archive: archive.writestr(entry, "/etc/passwd")))


def _program_inside(group: Group, place: Path) -> None:
    group.signed(place, _zipped(lambda archive: archive.writestr("en/run.py", "print(1)")))


def _no_zip(group: Group, place: Path) -> None:
    group.signed(place, b"no zip at all")


def _too_large(group: Group, place: Path) -> None:
    group.signed(place, b"\0" * 20_000_001)


def _not_there(_group: Group, _place: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (_unsigned, UnsignedError),
        (_signed_by_a_stranger, UnknownSignerError),
        (_changed_afterwards, SignatureError),
        (_signed_for_another_purpose, SignatureError),
        (_signature_of_another_file, SignatureError),
        (_no_signature_at_all, UnsignedError),
        (_same_version, OlderPackError),
        (_older_version, OlderPackError),
        (_another_pack, WrongPackError),
        (_fewer_languages, WrongPackError),
        (_less_in_it, WrongPackError),
        (_unsound, PackError),
        (_bomb, ImportFileError),
        (_path_that_leads_outside, ImportFileError),
        (_absolute_path, ImportFileError),
        (_link, ImportFileError),
        (_program_inside, ImportFileError),
        (_no_zip, ImportFileError),
        (_too_large, ImportFileError),
        (_not_there, ImportFileError),
    ],
)
def test_r42_a_pack_that_is_not_right_changes_nothing(
    group: Group,
    tmp_path: Path,
    spoil: Callable[[Group, Path], None],
    error: type[AmparoError],
) -> None:
    """A plan silently altered sends a person the wrong way."""
    spoil(group, tmp_path / "pack.zip")
    before = _state(group)

    with pytest.raises(error) as raised:
        install(tmp_path / "pack.zip")

    assert _state(group) == before
    assert foundations(only=()).version == "0.1.0"
    for lang in languages():
        assert "⟦" not in messages(lang).error(raised.value)


def test_a_signature_is_one_that_openssh_reads(group: Group, tmp_path: Path) -> None:
    """Whoever has no Amparo yet can check a stick with what their system brings."""
    place = tmp_path / "SHA256SUMS"
    place.write_bytes(b"something\n")
    sign_file(place, group.key, STICK)
    known = tmp_path / "known"
    known.write_text(f"us {group.key.with_name('key.pub').read_text()}", "ascii")

    command = ["ssh-keygen", "-Y", "verify", "-f", known, "-I", "us", "-n", STICK,
               "-s", f"{place}.sig"]  # fmt: skip
    if shutil.which("ssh-keygen"):
        good = subprocess.run(command, input=b"something\n", capture_output=True, check=False)
        bad = subprocess.run(command, input=b"another\n", capture_output=True, check=False)
        listed = subprocess.run(["ssh-keygen", "-lf", f"{group.key}.pub"], capture_output=True, text=True, check=True)  # fmt: skip
        assert (good.returncode, bad.returncode == 0) == (0, False), good.stderr
        assert fingerprint(read_public(group.key.with_name("key.pub"))) in listed.stdout
    assert place.with_name("SHA256SUMS.sig").read_text().startswith("-----BEGIN SSH SIGNATURE")


def test_a_key_is_private_and_never_written_over(group: Group) -> None:
    """Whoever can read it can sign."""
    assert group.key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(AmparoError):
        new_key(group.key)


@pytest.mark.parametrize("text", [b"", b"ssh-rsa AAAA x\n", b"ssh-ed25519 !!! x\n", b"\xff\n"])
def test_a_file_without_a_key_is_refused_and_passed_over(
    group: Group, tmp_path: Path, text: bytes
) -> None:
    """One damaged file in the folder must not lock the group out of its content."""
    (tmp_path / "odd.pub").write_bytes(text)
    (trusted_folder() / "odd.pub").write_bytes(text)

    with pytest.raises(KeyFileError):
        trust(tmp_path / "odd.pub", trusted_folder())
    data = group.signed(tmp_path / "new.zip").read_bytes()
    verify_file(tmp_path / "new.zip", data, trusted_folder(), PACK)


def test_an_unsound_folder_is_not_signed(group: Group, tmp_path: Path) -> None:
    """A signature says that somebody answers for it."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "pack.yaml").write_text("- [", "utf-8")

    with pytest.raises(PackError):
        make_pack(tmp_path / "source", group.key, tmp_path / "new.zip")
    assert not (tmp_path / "new.zip").exists()


@pytest.fixture
def stick(group: Group, tmp_path: Path) -> Path:
    """A folder with two files, their list, and its signature."""
    from hashlib import sha256

    folder = tmp_path / "stick"
    (folder / "parts").mkdir(parents=True)
    lines = []
    for name in ("start.sh", "parts/one"):
        (folder / name).write_text(name, "utf-8")
        lines.append(f"{sha256(name.encode()).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")
    sign_file(folder / "SHA256SUMS", group.key, STICK)
    return folder


def test_r42_a_stick_is_whole_as_it_was_signed(stick: Path) -> None:
    """What people keep on it and what it installs there is not part of it."""
    (stick / "data").mkdir()
    (stick / "data" / "mine").write_text("x")

    assert check_sums(stick, trusted_folder()) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stick: (stick / "parts/one").write_text("other"),
        lambda stick: (stick / "parts/one").unlink(),
        lambda stick: (stick / "parts/two").write_text("more"),
        lambda stick: (stick / "autorun.inf").write_text("more"),
    ],
)
def test_r42_a_stick_that_was_changed_is_told(stick: Path, spoil: Callable[[Path], object]) -> None:
    """A program that is added runs as well as one that is changed."""
    spoil(stick)

    with pytest.raises(ChangedFilesError):
        check_sums(stick, trusted_folder())


def test_r42_a_list_that_was_changed_is_told(stick: Path) -> None:
    """Whoever changes a file changes its line too."""
    with (stick / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  start.bat\n")

    with pytest.raises(SignatureError):
        check_sums(stick, trusted_folder())
