"""Finds out what a file is, and reads the records it proposes."""

from __future__ import annotations

from pathlib import Path

from amparo.report.importing.csv_reader import NAME, read_csv
from amparo.report.importing.json_reader import read_json
from amparo.report.importing.limits import ImportFileError, opened_zip, read_bounded
from amparo.report.importing.proposals import Proposals
from amparo.report.importing.rows import proposals_of
from amparo.report.importing.sheets import Sheet
from amparo.report.importing.xlsx_reader import BOOK, read_xlsx

_ZIP = b"PK\x03\x04"
_AGE = b"age-encryption.org/"
_BRACE = b"{"
_BYTE_ORDER = b"\xef\xbb\xbf"


def read_proposals(path: Path, identity: str = "") -> Proposals:
    """Return the records that a file proposes: XLSX, a zip of CSV files, or JSON.

    Args:
        path: the file; its name says nothing to us, only what stands in it.
        identity: an age identity, for a file that is encrypted for it.

    Raises:
        ImportFileError: it cannot be read, or must not be.
    """
    data = read_bounded(path)
    if data.startswith(_AGE):
        data = _decrypted(data, identity)
    if data.startswith(_ZIP):
        return proposals_of(_sheets(data))
    if data.removeprefix(_BYTE_ORDER).lstrip()[:1] == _BRACE:
        return Proposals(read_json(data))
    raise ImportFileError("not_ours")


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    names = opened_zip(data).namelist()
    if BOOK in names:
        return read_xlsx(data)
    if any(NAME.fullmatch(name) for name in names):
        return read_csv(data)
    raise ImportFileError("not_ours")


def _decrypted(data: bytes, identity: str) -> bytes:
    import importlib

    # Its names come from a compiled module, which type checkers cannot look into.
    pyrage = importlib.import_module("pyrage")
    if not identity:
        raise ImportFileError("encrypted")
    try:
        return pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        raise ImportFileError("encrypted") from None
