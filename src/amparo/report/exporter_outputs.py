"""From executed cells to blocks: the best form of every output that paper can show."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from typing import Any

from amparo.report import blocks as b
from amparo.report.blocks import Block
from amparo.report.blocks_codec import DOCUMENT_MIME, SECTION_MIME, decode_blocks
from amparo.report.markdown_blocks import markdown_blocks, picture
from amparo.report.markdown_html import html_tables

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")
_TEXT_MOST = 200_000


def cell_blocks(
    cell: Mapping[str, Any], *, words: Mapping[str, str], source: bool
) -> tuple[Block, ...]:
    """Return one cell as blocks.

    Args:
        cell: of an executed notebook.
        words: ``picture`` and ``cell_failed`` in the language of the document.
        source: whether the program text of a code cell is shown.

    Raises:
        ReportError: one of our own outputs is not what it should be.
    """
    kind = cell.get("cell_type")
    if kind == "markdown":
        return markdown_blocks(_joined(cell["source"]), cell.get("attachments"))
    if kind != "code":
        return ()
    found: list[Block] = []
    if source and _joined(cell["source"]).strip():
        found.append(b.Preformatted(_joined(cell["source"])))
    for output in cell.get("outputs", ()):
        found += _output(output, words)
    return tuple(found)


def document_settings(cells: list[Any]) -> dict[str, Any]:
    """Return the settings that cells of a notebook showed, the last one winning."""
    found: dict[str, Any] = {}
    for cell in cells:
        for output in cell.get("outputs", ()):
            settings = output.get("data", {}).get(DOCUMENT_MIME)
            if isinstance(settings, Mapping):
                found.update(settings)
    return found


def _output(output: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[Block]:
    kind = output.get("output_type")
    if kind == "stream":
        yield from _pre(_joined(output["text"]))
    elif kind == "error":
        # No traceback: it quotes what people typed, and helps nobody who holds the paper.
        yield b.Box("", (b.Paragraph(words["cell_failed"]),))
    else:
        yield from _shown(output.get("data", {}), words)


def _shown(data: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[Block]:
    if SECTION_MIME in data:
        yield from decode_blocks(data[SECTION_MIME])
    elif DOCUMENT_MIME in data:
        return
    elif "text/markdown" in data:
        yield from markdown_blocks(_joined(data["text/markdown"]))
    else:
        yield from _pictured(data, words) or _textual(data)


def _pictured(data: Mapping[str, Any], words: Mapping[str, str]) -> list[Block]:
    for media_type in _PICTURES:
        if media_type in data:
            text = _joined(data[media_type])
            if media_type == "image/svg+xml":
                text = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
            shown = picture(text, media_type, words["picture"])
            return [shown] if shown else []
    return []


def _textual(data: Mapping[str, Any]) -> Iterator[Block]:
    html = _joined(data.get("text/html", ""))
    tables = html_tables(html) if "<table" in html.lower() else ()
    if tables:
        yield from tables
    elif "text/plain" in data:
        yield from _pre(_joined(data["text/plain"]))


def _pre(text: str) -> Iterator[Block]:
    text = _ESCAPES.sub("", text).strip("\n")[:_TEXT_MOST]
    if text.strip():
        yield b.Preformatted(text)


def _joined(text: Any) -> str:
    """A notebook keeps long text as a list of lines."""
    return "".join(text) if isinstance(text, list) else str(text)
