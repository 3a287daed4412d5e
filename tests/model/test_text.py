"""Text that people type."""

from __future__ import annotations

import pytest

from amparo.errors import RecordError
from amparo.model.process import Activity
from amparo.model.registry import read_record

TRICKS = [
    "\u202e", "\u202a", "\u202b", "\u202d", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069",
    "\u200b", "\u2060", "\ufeff", "\u2028", "\u2029",
    "\ud800", "\udfff",
    "\x00", "\x07", "\x1b", "\x7f", "\x85", "\r",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS, ids=lambda text: f"U+{ord(text):04X}")
@pytest.mark.parametrize("field", ["title", "exposure_note"])
def test_invisible_and_control_characters_are_refused(trick, field, full_fields) -> None:
    """They make a sentence read differently from what it is, or break a file."""
    with pytest.raises(RecordError):
        read_record("activity", {**full_fields("activity"), field: f"a{trick}b"})


def test_a_line_is_one_line(full_fields) -> None:
    """A second line would push the sheet off its page."""
    with pytest.raises(RecordError):
        read_record("activity", {**full_fields("activity"), "title": "one\ntwo"})


@pytest.mark.parametrize(("field", "most"), [("title", 300), ("exposure_note", 5000)])
def test_text_has_a_longest_length(field, most, full_fields) -> None:
    """A huge value must not freeze the page for everybody."""
    fields = full_fields("activity")

    assert len(getattr(read_record("activity", {**fields, field: "x" * most}), field)) == most
    with pytest.raises(RecordError):
        read_record("activity", {**fields, field: "x" * (most + 1)})


def test_letters_are_composed_and_edges_trimmed(full_fields) -> None:
    """The same word typed on two keyboards must be found by one search."""
    typed = "  cafe\u0301 "

    record = Activity.read({**full_fields("activity"), "title": typed})

    assert record.title == "caf\u00e9"


@pytest.mark.parametrize("text", ["سلامة", "می\u200cخواهیم", "क\u094d\u200dष", "ñandú 🌾"])
def test_every_script_may_be_typed(text, full_fields) -> None:
    """People write in their own language."""
    assert Activity.read({**full_fields("activity"), "title": text}).title == text
