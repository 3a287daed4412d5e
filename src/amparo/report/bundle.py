"""A section of a report as the last value of a notebook cell.

JupyterLab, Voilà and nbconvert's own exporters show its Markdown; our exporter reads its blocks.

Examples:
    >>> Section((Heading("What happened"), Timeline(alt="...", ...)))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amparo.report.blocks import Block, Document
from amparo.report.blocks_codec import DOCUMENT_MIME, SECTION_MIME, Encoded, encode
from amparo.report.bundle_markdown import blocks_markdown


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that a cell shows."""

    blocks: tuple[Block, ...]

    def __init__(self, blocks: Iterable[Block]) -> None:
        object.__setattr__(self, "blocks", tuple(blocks))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {
            SECTION_MIME: Encoded(self.blocks),
            "text/markdown": blocks_markdown(self.blocks),
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the document, shown by a cell; its blocks are left out."""

    document: Document

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        shown = encode(self.document)
        shown.pop("blocks", None)
        return {DOCUMENT_MIME: shown, "text/plain": ""}
