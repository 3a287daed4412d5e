"""Close a finished report, in memory: for age recipients, or with a password on a PDF.

Either way the bytes are new each time; that a file is closed can be told, for whom cannot.
"""

from __future__ import annotations

import importlib
import io
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amparo.errors import AmparoError, ReportError, WeakPassphraseError
from amparo.store.openers import SECRET_BYTES, secret_line
from amparo.store.passphrase import weakness

# The one form that programs everywhere can ask a password for.
LOCKABLE = "pdf"
_MAX_PASSWORD_BYTES = 127  # the format's own limit: what is longer is cut there without a word
_REVISION = 6  # of the format's standard security: AES-256


class PasswordFormError(ReportError):
    """A password was asked for on a form that knows none."""

    key = "error.password_form"


class PasswordSignsError(AmparoError, ValueError):
    """Programs that open PDFs would not agree on how this password is spelled."""

    key = "error.password_signs"


class WeakPasswordError(WeakPassphraseError):
    """This password of a PDF is too short or too easy to guess."""

    key = "error.weak_password"


class PasswordFileError(AmparoError, ValueError):
    """The file with the password cannot be read, or is empty."""

    key = "error.password_file"


@dataclass(frozen=True, slots=True)
class Seal:
    """For whom a report is closed; without anybody it stays open.

    Args:
        recipients: age recipients, ``age1...``; whatever the form.
        password: what a PDF asks for; never shown.
    """

    recipients: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.recipients) or self.password is not None

    def check(self, form: str) -> None:
        """Refuse what could not be closed, before anything is made.

        Raises:
            ReportError: a recipient is not valid, or *form* knows no password.
            PasswordSignsError: the password is spelled differently by different programs.
            WeakPasswordError: it is too easy to guess.
        """
        if self.recipients:
            check_recipients(self.recipients)
        if self.password is not None:
            check_password(self.password, form)

    def close(self, data: bytes) -> bytes:
        """Return *data* closed; what is for recipients and has a password needs both to open."""
        if self.password is not None:
            data = lock(data, self.password)
        return encrypt_for(data, self.recipients) if self.recipients else data


def check_password(password: str, form: str) -> None:
    """Refuse a password that would not keep a file of *form* closed.

    Raises:
        PasswordFormError: only a PDF can ask for a password.
        PasswordSignsError: it is too long, or programs spell it differently.
        WeakPasswordError: it is too easy to guess; the error does not repeat it.
    """
    if form != LOCKABLE:
        raise PasswordFormError("only a PDF can be locked with a password")
    # Programs that follow the norm fold letters to this form first, others take them as typed.
    folded = unicodedata.normalize("NFKC", password)
    if folded != password or not password.isprintable() or _too_long(password):
        raise PasswordSignsError("this password is spelled in more than one way")
    why = weakness(password)
    if why is not None:
        raise WeakPasswordError(f"password refused: {why}")


def _too_long(password: str) -> bool:
    return len(password.encode("utf-8")) > _MAX_PASSWORD_BYTES


def read_password(path: Path) -> str:
    """Return the password in a file: its first line that is neither empty nor a remark.

    Raises:
        PasswordFileError: the file cannot be read or is empty.
    """
    try:
        with path.open("rb") as file:
            line = secret_line(file.read(SECRET_BYTES).decode("utf-8"))
    except (OSError, ValueError):
        raise PasswordFileError("the password file cannot be read or is empty") from None
    return unicodedata.normalize("NFC", line).strip()


def lock(pdf: bytes, password: str) -> bytes:
    """Return *pdf* encrypted with AES-256 under *password*, its properties too.

    Raises:
        PasswordSignsError: as in ``check_password``.
        WeakPasswordError: as in ``check_password``.
        ReportError: these bytes are no PDF.

    Source:
        ISO 32000-2:2020, 7.6.4 (security handler revision 6), through qpdf.
    """
    check_password(password, LOCKABLE)
    import pikepdf

    out = io.BytesIO()
    # An empty owner's password would open the file; one word opens it and lets one print.
    closed = pikepdf.Encryption(owner=password, user=password, R=_REVISION)
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            # Nothing made of the content stays readable outside: the number of the file is new.
            number = pikepdf.String(os.urandom(16))
            opened.trailer.ID = pikepdf.Array([number, number])
            opened.save(out, encryption=closed)
    except pikepdf.PdfError:
        raise ReportError("this is no PDF that could be locked") from None
    return out.getvalue()


def encrypt_for(data: bytes, recipients: Sequence[str]) -> bytes:
    """Return *data* encrypted with age for one or more ``age1...`` recipients.

    Raises:
        ReportError: there is no recipient, or one of them is not valid.
    """
    return _pyrage().encrypt(data, _keys(recipients))


def check_recipients(recipients: Sequence[str]) -> None:
    """Refuse recipients that nothing could be encrypted for.

    Raises:
        ReportError: there is none, or one of them is not valid.
    """
    _keys(recipients)


def _keys(recipients: Sequence[str]) -> list[Any]:
    pyrage = _pyrage()
    try:
        keys = [pyrage.x25519.Recipient.from_str(recipient.strip()) for recipient in recipients]
    except pyrage.RecipientError:
        # Dropped on purpose: somebody may have pasted a secret key here.
        raise ReportError("a recipient is not a valid age recipient") from None
    if not keys:
        raise ReportError("nobody to encrypt for")
    return keys


def _pyrage() -> Any:
    # Its names come from a compiled module, which type checkers cannot look into.
    return importlib.import_module("pyrage")
