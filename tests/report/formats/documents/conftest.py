"""Files of the small example, each made once, and what people can read in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import docx
import pytest
from defusedxml import ElementTree

from amparo.content.examples import example
from amparo.model.workspace import Workspace
from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.formats import format_of
from amparo.report.made import Made
from amparo.report.markdown_blocks import markdown_blocks
from amparo.report.opened import AUDIENCES_OF
from amparo.report.sections.material import Material

TODAY = date(2026, 11, 24)
_UNSEEN = re.compile("[\\s\u200b\u200e\u200f]")


@pytest.fixture(scope="session")
def made() -> Callable[[str, str], Made]:
    """Return ``made(report, lang)``; its notebook runs once."""
    held: dict[tuple[str, str], Made] = {}
    workspaces: dict[str, Workspace] = {}

    def get(report: str, lang: str) -> Made:
        if lang not in workspaces:
            workspaces[lang] = Workspace.of(example("small", lang, TODAY))
        if (report, lang) not in held:
            reader = AUDIENCES_OF[report][0]
            cut = workspaces[lang].for_audience(reader)
            data = Material(cut, report, reader, lang, None, TODAY)
            held[report, lang] = Made(report, "0" * 32, lambda _: data)
        return held[report, lang]

    return get


@pytest.fixture(scope="session")
def written(made: Any) -> Callable[[str, str, str], bytes]:
    """Return ``written(form, report, lang)``: the bytes of a file, made once."""
    held: dict[tuple[str, str, str], bytes] = {}

    def get(form: str, report: str, lang: str) -> bytes:
        key = form, report, lang
        if key not in held:
            held[key] = format_of(form).write(made(report, lang))
        return held[key]

    return get


@pytest.fixture(scope="session")
def bare() -> Callable[[str], str]:
    """Return a text without spaces and unseen marks, for comparing."""
    return lambda text: _UNSEEN.sub("", text)


@pytest.fixture(scope="session")
def read() -> Callable[[str, bytes], str]:
    """Return ``read(form, data)``: every word that a person finds in a file."""
    return lambda form, data: _READERS[form](data)


@pytest.fixture(scope="session")
def said() -> Callable[[b.Document], list[str]]:
    """Return every text that stands in a document, one a paragraph, cell or chart."""
    return lambda document: [text for block in document.blocks for text in _said(block)]


def _html(data: bytes) -> str:
    page = ElementTree.fromstring(data.decode())
    spoken = [
        part.get(name, "")
        for part in page.iter()
        for name in ("aria-label", "alt")
        if part.tag in {"svg", "img", "table"}
    ]
    return "".join(page.itertext()) + " ".join(spoken)


def _docx(data: bytes) -> str:
    file = docx.Document(io.BytesIO(data))
    parts = [file.element.body, *(section.footer._element for section in file.sections)]
    return "\n".join(node.text or "" for part in parts for node in part.iter(f"{_W}t"))


def _markdown(data: bytes) -> str:
    blocks = markdown_blocks(data.decode().replace("<br>", " "))
    return "\n".join(text for block in blocks for text in _said(block))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_READERS = {"html": _html, "docx": _docx, "md": _markdown}


def _said(block: b.Block) -> Iterator[str]:
    if isinstance(block, c.BalanceGrid):
        yield from (*block.rows, *block.columns)
    elif isinstance(block, c.CHARTS):
        yield block.alt
    elif isinstance(block, b.Table):
        titles = [column.title for column in block.columns] if block.header else []
        yield from (b.plain(cell) for cell in titles)
        yield from (b.plain(cell) for row in block.rows for cell in row)
    elif isinstance(block, b.KeyValues):
        yield from (b.plain(text) for pair in block.pairs for text in pair)
    else:
        for name in ("title", "text", "label"):
            yield b.plain(getattr(block, name, ""))
        for inner in _inner(block):
            yield from _said(inner)


def _inner(block: Any) -> Iterator[b.Block]:
    yield from getattr(block, "blocks", ())
    for held in (*getattr(block, "items", ()), *getattr(block, "columns", ())):
        yield from held


@pytest.fixture(scope="session")
def parts() -> Callable[[bytes], dict[str, bytes]]:
    """Return the files inside an office file, by name."""

    def get(data: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {name: package.read(name) for name in package.namelist()}

    return get
