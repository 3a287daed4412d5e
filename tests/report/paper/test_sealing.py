"""A locked paper opens with its password and with nothing else, and leaves no clear copy."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from amparo.errors import ReportError
from amparo.messages import languages, messages
from amparo.report.blocks import Document, Heading, Paragraph
from amparo.report.sealing import (
    PasswordFileError,
    PasswordFormError,
    PasswordSignsError,
    Seal,
    WeakPasswordError,
    check_password,
    lock,
    read_password,
)
from amparo.report.typeset import typeset

PASSWORD = "corral viento lupa ñandú"
MARKER = "Huixquilucan"


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A tagged PDF with a marker in its title, in a heading and in its text."""
    blocks = (Heading(f"{MARKER} heading", 1), Paragraph(f"{MARKER} text"))
    return typeset(Document(lang="es", title=MARKER, blocks=blocks))


@pytest.fixture(scope="module")
def locked(paper: bytes) -> bytes:
    """The same, locked."""
    return lock(paper, PASSWORD)


def test_only_the_password_opens_it(locked: bytes) -> None:
    """An empty password of the owner would open it for everybody."""
    for wrong in ("", "corral viento lupa nandu", PASSWORD.upper(), PASSWORD + " "):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(locked), password=wrong)
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(locked, password=wrong)

    text = pypdfium2.PdfDocument(locked, password=PASSWORD)[0].get_textpage().get_text_range()

    assert f"{MARKER} text" in text


def test_it_is_aes_256_with_its_properties_inside(locked: bytes, paper: bytes) -> None:
    """Older ways to lock a PDF are opened in minutes."""
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as opened:
        told = opened.encryption
        assert (told.R, told.V, told.bits) == (6, 5, 256)
        assert str(told.stream_method) == str(told.string_method) == "EncryptionMethod.aesv3"
        assert opened.allow == pikepdf.Permissions()
        assert opened.trailer.Encrypt.get("/EncryptMetadata", True)
        # What made it readable aloud is still there.
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.StructTreeRoot is not None
        assert str(opened.docinfo["/Title"]) == MARKER
    with pikepdf.open(io.BytesIO(paper)) as before:
        assert bytes(before.trailer.ID[0]) not in locked


def test_nothing_of_the_paper_stands_in_the_file(locked: bytes, paper: bytes) -> None:
    """Not in its properties, not in its outline, not in a compressed stream."""
    assert MARKER.encode() in paper
    for code in ("utf-8", "utf-16-be", "utf-16-le"):
        assert MARKER.encode(code) not in locked
        assert PASSWORD.encode(code) not in locked
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))


def test_twice_the_same_paper_is_two_files(locked: bytes, paper: bytes) -> None:
    """Equal bytes would tell who got the same paper."""
    again = lock(paper, PASSWORD)

    assert _first_stream(again) != _first_stream(locked)


def _first_stream(data: bytes) -> bytes:
    return data.partition(b"stream\n")[2].partition(b"endstream")[0]


def test_no_clear_copy_touches_a_disk(
    paper: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written and removed can be found again."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_mtime_ns

    lock(paper, PASSWORD)

    assert tmp_path.stat().st_mtime_ns == before  # a file that came and went would have moved it


@pytest.mark.parametrize(("password", "error"), [
    ("corto", WeakPasswordError),
    ("aaaaaaaaaaaaaa", WeakPasswordError),
    ("Password1234", WeakPasswordError),
    ("", WeakPasswordError),
    ("corral viento ½ lupa", PasswordSignsError),
    ("corral viento\u00a0lupa", PasswordSignsError),
    ("corral viento lu\u0301pa", PasswordSignsError),
    ("corral viento \u200flupa", PasswordSignsError),
    ("corral viento\tlupa", PasswordSignsError),
    ("ñandú corral viento " * 8, PasswordSignsError),
])  # fmt: skip
def test_a_password_that_would_not_hold_is_refused_and_not_repeated(
    paper: bytes, password: str, error: type[Exception]
) -> None:
    """A lock that opens at the first guess, or that the reader's program cannot open."""
    with pytest.raises(error) as caught:
        lock(paper, password)

    said = f"{caught.value} {caught.value.__cause__} {getattr(caught.value, 'values', '')}"
    assert not password or password not in said


@pytest.mark.parametrize(
    "password", ["corral viento lupa ñandú", "نخلة مطر جسر قمر", "a1-B2 c3+D4!"]
)
def test_any_script_can_be_a_password(paper: bytes, password: str) -> None:
    """Whoever gets the paper types it in her own letters."""
    assert len(pypdfium2.PdfDocument(lock(paper, password), password=password)) == 1


def test_only_a_pdf_takes_a_password() -> None:
    """A spreadsheet without a lock must not pass for a locked one."""
    with pytest.raises(PasswordFormError):
        check_password(PASSWORD, "xlsx")
    with pytest.raises(PasswordFormError):
        Seal(password=PASSWORD).check("docx")


def test_what_is_no_pdf_is_refused_without_a_word_of_it() -> None:
    """The library's own error may quote the file."""
    with pytest.raises(ReportError, match="no PDF") as caught:
        lock(f"{MARKER} is no PDF".encode(), PASSWORD)

    assert caught.value.__cause__ is None


def test_a_password_file_is_read_like_any_secret(tmp_path: Path) -> None:
    """Editors add a line at the end; people write a remark before it."""
    path = tmp_path / "p"
    path.write_text(
        "# for the lawyer\n\n  corral viento lupa n\u0303andu\u0301 \r\nother\n", "utf-8"
    )
    assert read_password(path) == PASSWORD

    for content in (b"", b"# only a remark\n", b"\xff\xfe"):
        path.write_bytes(content)
        with pytest.raises(PasswordFileError):
            read_password(path)
    with pytest.raises(PasswordFileError):
        read_password(tmp_path)


@pytest.mark.parametrize(
    "error", [PasswordFormError, PasswordSignsError, WeakPasswordError, PasswordFileError]
)
def test_every_refusal_has_its_sentence(error: type[ReportError]) -> None:
    """In every language."""
    for lang in languages():
        assert "⟦" not in messages(lang).error(error())


@pytest.mark.parametrize(("content", "form", "key"), [
    ("password1234", "pdf", "error.weak_password"),
    ("corral viento lupa 83", "md", "error.password_form"),
    ("", "pdf", "error.password_file"),
])  # fmt: skip
def test_the_command_refuses_before_anybody_waits(
    tmp_path: Path, content: str, form: str, key: str
) -> None:
    """No workspace is opened for a report that could not be closed."""
    from amparo.cli.report_command import command

    (tmp_path / "p").write_text(content, "utf-8")
    arguments = ["plan", str(tmp_path / "no.amparo"), "-o", str(tmp_path / "out"), "--format", form,
                 "--password-file", str(tmp_path / "p"), "--lang", "en"]  # fmt: skip

    done = CliRunner().invoke(command, arguments)

    assert getattr(done.exception, "key", None) == key
    assert not (tmp_path / "out").exists()
