"""Blocks travel as JSON through notebooks, which anybody may edit."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from amparo.errors import ReportError
from amparo.report import blocks as b
from amparo.report.blocks_codec import decode_blocks, decode_document, encode


def test_every_block_comes_back_from_json(words, charts):
    """What a cell showed and what the paper prints must be the same thing."""
    sent = (*words, *charts)

    received = decode_blocks(json.loads(json.dumps(encode(sent))))

    assert received == sent


def test_a_document_comes_back_from_json(document):
    """Settings travel the same way."""
    sent = document(paper="letter", max_pages=4)

    assert decode_document(json.loads(json.dumps(encode(sent)))) == sent


def test_text_may_be_written_in_three_ways():
    """Whoever writes a section should not have to think of runs."""
    ways = ("a", b.Run("a"), ("a",))

    assert {b.runs(way) for way in ways} == {(b.Run("a"),)}


def test_a_block_cannot_be_changed():
    """One list of blocks may be printed for several readers."""
    block: Any = b.Paragraph("a")

    with pytest.raises(FrozenInstanceError):
        block.text = "b"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [None],
        [{"kind": "unknown"}],
        [{"kind": "paragraph"}],
        [{"kind": "paragraph", "text": 7}],
        [{"kind": "paragraph", "text": ["a", 7]}],
        [{"kind": "paragraph", "text": "a", "align": "left"}],
        [{"kind": "paragraph", "text": "a", "colour": "red"}],
        [{"kind": "heading", "text": "a", "level": "1"}],
        [{"kind": "heading", "text": "a", "level": True}],
        [{"kind": "table", "columns": [{"kind": "rule"}], "rows": [["a"]]}],
        [{"kind": "risk", "label": "A", "likelihood": [1, 2], "impact": [1, 2, 3], "band": "low"}],
        [{"kind": "bullets", "items": [{"a": 1}]}],
    ],
)
def test_a_damaged_block_is_refused(value):
    """A file that was edited by hand must end in one sentence, not in a strange page."""
    with pytest.raises(ReportError):
        decode_blocks(value)


def test_blocks_nested_in_json_without_end_are_refused():
    """A file made to exhaust the memory is refused early."""
    value: object = [{"kind": "rule"}]
    for _ in range(100):
        value = [{"kind": "together", "blocks": value}]

    with pytest.raises(ReportError, match="deep"):
        decode_blocks(value)


def test_an_unknown_setting_is_refused():
    """A misspelt max_pages would silently print forty pages."""
    with pytest.raises(ReportError):
        decode_document({"lang": "es", "title": "T", "maxpages": 4})
