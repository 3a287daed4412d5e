"""What stands in one cell of a table, and how it is read again.

A cell is text: a day is ISO, yes and no are ``yes`` and ``no``, a choice is its id, a list has
one value a line.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from amparo.errors import ReportError
from amparo.model.fields import FieldSpec

# More does not fit into a cell of a spreadsheet: it would be cut without a word.
MOST_CHARACTERS = 32_000
_YES, _NO = "yes", "no"
_FLAGS = {_YES: True, "true": True, "1": True, _NO: False, "false": False, "0": False}
_WHOLE = re.compile(r"-?\d{1,9}(?:\.0+)?", re.ASCII)
_TEXTS = frozenset({"word", "line", "text"})
# A list that holds one empty line is not an empty list.
_ONE_EMPTY = " "
# Spreadsheets count days from here; what is no day of our time is not taken for one.
_DAY_ZERO = date(1899, 12, 30)
_SERIAL_DAYS = range(20_000, 80_000)


class LongCellError(ReportError):
    """A list is too long for a cell of a table; JSON has no such limit."""

    key = "error.long_cell"


def written(spec: FieldSpec, value: Any) -> str:
    """Return a JSON value of a field as the text of a cell.

    Raises:
        LongCellError: a spreadsheet would cut it.
    """
    if value is None:
        return ""
    if spec.many:
        text = "\n".join(str(one) for one in value) or (_ONE_EMPTY if value else "")
    elif isinstance(value, bool):
        text = _YES if value else _NO
    else:
        text = str(value)
    if len(text) > MOST_CHARACTERS:
        raise LongCellError("a value is longer than a cell may be")
    return text


def read(spec: FieldSpec, cell: str) -> Any:
    """Return the JSON value that the text of a cell stands for.

    What does not fit is returned as it stands: the rules of the record refuse it.

    Raises:
        LookupError: nothing stands there, and the field needs something.
    """
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if spec.many:
        return [_one(spec, line) for line in cell.split("\n")] if cell else []
    if cell.strip():
        return _one(spec, cell)
    if spec.control in _TEXTS and (spec.needed or spec.start is not None):
        return ""
    if spec.needed:
        raise LookupError
    return spec.start


def _one(spec: FieldSpec, text: str) -> Any:
    if spec.control == "flag":
        return _FLAGS.get(text.strip().lower(), text)
    if spec.control in {"number", "scale"} or any(type(one) is int for one in spec.options):
        return int(float(text)) if _WHOLE.fullmatch(text.strip()) else text
    if spec.control == "date":
        return _day(text.strip())
    return text if spec.control in _TEXTS else text.strip()


def _day(text: str) -> str:
    """Return an ISO day; a day that a spreadsheet turned into its number is turned back."""
    if _WHOLE.fullmatch(text) and int(float(text)) in _SERIAL_DAYS:
        return (_DAY_ZERO + timedelta(days=int(float(text)))).isoformat()
    return text
