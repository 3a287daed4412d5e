"""Make one file of a folder with content, and sign it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from amparo.content import check
from amparo.errors import OutputExistsError, PackError, ReadOnlyError
from amparo.packs.signing import PACK, sign_file, signature_of

# Every file that a pack may have, seen from its folder.
NAME = re.compile(r"(?:[a-z]{2,3}/)?[a-z][a-z0-9_]{0,39}\.(?:yaml|md)", re.ASCII)
_NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest day a zip can say, so that it says nothing


def make_pack(folder: Path, key_file: Path, output: Path) -> Path:
    """Write the pack in *folder* as one file, and its signature beside it.

    Args:
        folder: a pack that ``amparo check`` has nothing to say against.
        key_file: of whoever answers for it.
        output: the file to write; the same folder always gives the same bytes.

    Raises:
        PackError: something in it breaks a rule.
        OutputExistsError: the file, or its signature, is there already.
        ReadOnlyError: it cannot be written.
        KeyFileError: there is no usable key.
    """
    issues = check(folder)
    if issues:
        raise PackError.at(Path(issues[0].path), issues[0].line, issues[0].fact)
    if output.exists() or signature_of(output).exists():
        raise OutputExistsError("the pack exists")
    try:
        output.write_bytes(_zipped(folder))
    except OSError:
        raise ReadOnlyError("the pack cannot be written") from None
    try:
        return sign_file(output, key_file, PACK)
    except BaseException:
        output.unlink(missing_ok=True)
        raise


def _zipped(folder: Path) -> bytes:
    stream = io.BytesIO()
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name in sorted(found):
            if NAME.fullmatch(name) and found[name].is_file():
                entry = ZipInfo(name, _NEVER)
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, found[name].read_bytes())
    return stream.getvalue()
