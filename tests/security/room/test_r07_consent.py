"""Opening a room is an act of its own: first it is said what phones give away, then asked."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from amparo.cli import open_command, workshop_command
from amparo.cli.workshop_command import ChoiceError, NoConsentError, Phones, agreed
from amparo.messages import messages
from amparo.serve import certificate, lan
from amparo.serve.lan import AddressError, CertificateError

ADDRESS = "192.168.43.1"
FIRST, SECOND = "we have told everybody", "others can read it"
_CLI = "from amparo.cli import main; main()"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for a terminal and the person at it; what is in the list is typed."""
    answers: list[str] = []
    monkeypatch.setattr(lan, "addresses", lambda: (ADDRESS, "10.0.0.4"))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: answers.pop(0) if answers else "")
    return answers


def _phones(**given: Any) -> Phones:
    usual = {
        "address": ADDRESS,
        "phone_port": 0,
        "certificate": None,
        "plain_http": True,
        "hours": 12,
        "counts_only": False,
    }
    return Phones(**{**usual, **given})


def test_r11_plain_http_needs_both_sentences_typed(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody must have read what a listener reads, and said so with their own fingers."""
    typed += [FIRST.upper() + "  ", SECOND]

    found = agreed(_phones(), "en")

    assert (found.address, found.certificate) == (ADDRESS, None)
    said = capsys.readouterr().err
    for part in ("list of who was there", "microphone", "one laptop", "can read all of it"):
        assert part in said


def test_r11_what_phones_give_away_is_said_in_the_language_of_the_room(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is read aloud to people who may not know the language of the terminal."""
    words = messages("es")
    typed += [words.text("cli.workshop.consent"), words.text("cli.workshop.consent_plain")]

    agreed(_phones(), "es")

    said = capsys.readouterr().err
    assert words.text("cli.workshop.page") in said
    assert words.text("cli.workshop.plain") in said


@pytest.mark.parametrize(
    "given", [[], [""], ["yes"], [FIRST], [FIRST, "y"], [SECOND, FIRST], [FIRST, FIRST]]
)
def test_r11_without_the_typed_words_nothing_is_opened(typed: list[str], given: list[str]) -> None:
    """Pressing Enter is no consent."""
    typed += given

    with pytest.raises(NoConsentError):
        agreed(_phones(), "en")


def test_r07_with_a_certificate_the_first_sentence_is_asked_too(
    typed: list[str], tmp_path: Path
) -> None:
    """Encryption hides what phones say, and not that they are there."""
    path = tmp_path / "room.pem"
    made = certificate.make((ADDRESS,), 1, path, "en")
    typed.append(FIRST)

    found = agreed(_phones(certificate=path, plain_http=False), "en")

    assert (found.certificate, found.fingerprint) == (path, made.words)
    with pytest.raises(NoConsentError):
        agreed(_phones(certificate=path, plain_http=False), "en")
    with pytest.raises(CertificateError):
        agreed(_phones(certificate=path, plain_http=False, address="10.0.0.4"), "en")


@pytest.mark.parametrize("plain", [True, False])
def test_r11_one_of_certificate_and_plain_http_is_chosen(
    typed: list[str], tmp_path: Path, *, plain: bool
) -> None:
    """No default decides how thirty people are exposed."""
    path = tmp_path / "room.pem" if plain else None

    with pytest.raises(ChoiceError):
        agreed(_phones(plain_http=plain, certificate=path), "en")


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "127.0.0.1", "192.168.43.2"])  # noqa: S104
def test_r07_an_address_that_is_not_one_of_this_computers_own_is_refused(
    typed: list[str], address: str
) -> None:
    """Before anything is asked or opened."""
    with pytest.raises(AddressError):
        agreed(_phones(address=address), "en")


def test_r07_the_address_is_chosen_from_those_of_this_computer(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A trainer does not know the number of a hotspot by heart."""
    answers = iter([2, FIRST, SECOND])
    monkeypatch.setattr(click, "prompt", lambda *_, **__: next(answers))

    assert agreed(_phones(address=None), "en").address == "10.0.0.4"
    assert f"1  {ADDRESS}" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_what_phones_give_away_is_said_in_every_language(lang: str) -> None:
    """The sentence to type must be in the page's own language, and never empty."""
    words = messages(lang)
    for key in ("page", "plain", "consent", "consent_plain"):
        assert words.has(f"cli.workshop.{key}")
    assert words.text("cli.workshop.consent") != words.text("cli.workshop.consent_plain")


def test_r11_without_a_terminal_no_keeper_and_no_listener_is_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A script must not open a room."""
    monkeypatch.setattr(lan, "addresses", lambda: (ADDRESS,))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    started: list[object] = []
    for module, name in ((workshop_command, "serve"), (workshop_command, "session_house"),
                         (open_command, "session_house")):  # fmt: skip
        monkeypatch.setattr(module, name, lambda *_, **__: started.append(1))
    given = ["--session-only", "--plain-http", "--address", ADDRESS, "--lang", "en"]

    with pytest.raises(NoConsentError):
        workshop_command.command.main(given, standalone_mode=False)
    assert started == []


def test_r11_in_a_real_terminal_other_words_open_nothing(tmp_path: Path) -> None:
    """The whole program, a real terminal, a hand that types yes."""
    patched = f"from amparo.serve import lan; lan.addresses = lambda: ('{ADDRESS}',); {_CLI}"
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", patched, "workshop-server", "--session-only", "--plain-http",
         "--address", ADDRESS, "--no-browser", "--lang", "en"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        env={**os.environ, "AMPARO_LANG": "en", "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    os.write(ours, b"yes\n")
    out, said = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)

    assert process.returncode == 2
    assert out == ""
    assert "microphone" in said
    assert said.strip().endswith("Nothing was opened.")
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []
