"""Markdown as blocks: headings, lists, tables, emphasis, code, pictures that are in the notebook.

Addresses of links are not printed, and a picture that lies elsewhere is never fetched: its
words stand in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from amparo.report import blocks as b
from amparo.report.blocks import Block, Run

Token = dict[str, Any]
Attachments = Mapping[str, Mapping[str, str]]

_FORMATS: dict[str, Any] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_DATA_URL = re.compile(r"data:(image/[a-z+]+);base64,([A-Za-z0-9+/=\s]+)")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_ALIGN: dict[str | None, Any] = {"center": "center", "right": "end"}


def markdown_blocks(text: str, attachments: Attachments | None = None) -> tuple[Block, ...]:
    """Return *text* as blocks.

    Args:
        text: Markdown.
        attachments: pictures of the cell, by name, then by media type, in base64.
    """
    tokens: Any = _parser()(text)
    return tuple(_Reader(attachments or {}).all(tokens))


@lru_cache(maxsize=1)
def _parser() -> Any:
    import mistune

    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "task_lists"])


def picture(data: str, media_type: str, alt: str) -> b.Picture | None:
    """Return a picture of a type that can be printed, else None."""
    kind = _FORMATS.get(media_type)
    return b.Picture(data, kind, alt or "-") if kind else None


class _Reader:
    """Walks the tokens of one text."""

    def __init__(self, attachments: Attachments) -> None:
        self._attachments = attachments
        self._by_type = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "block_text": self._paragraph,
            "list": self._list,
            "block_code": lambda token: [b.Preformatted(token["raw"].rstrip("\n"))],
            "block_quote": lambda token: [b.Box("", tuple(self.all(token["children"])), "side")],
            "thematic_break": lambda _token: [b.Rule()],
            "table": self._table,
            "block_html": self._html,
        }

    def all(self, tokens: Iterable[Token]) -> list[Block]:
        found: list[Block] = []
        for token in tokens:
            found += self._by_type.get(token["type"], lambda _token: [])(token)
        return found

    def _heading(self, token: Token) -> list[Block]:
        return [b.Heading(self._runs(token["children"]), token["attrs"]["level"])]

    def _paragraph(self, token: Token) -> list[Block]:
        """A picture in a paragraph stands on its own, between the words around it."""
        found: list[Block] = []
        words: list[Token] = []
        for child in token["children"]:
            shown = self._picture(child) if child["type"] == "image" else None
            if shown is None:
                words.append(child)
                continue
            found += [b.Paragraph(self._runs(words))] if words else []
            found.append(shown)
            words = []
        text = self._runs(words)
        return [*found, b.Paragraph(text)] if b.plain(text).strip() else found

    def _list(self, token: Token) -> list[Block]:
        items = tuple(tuple(self.all(item["children"])) or ("",) for item in token["children"])
        attributes = token.get("attrs", {})
        if any(item["type"] == "task_list_item" for item in token["children"]):
            return [b.Checklist(items)]
        if attributes.get("ordered"):
            return [b.Numbered(items, attributes.get("start", 1))]
        return [b.Bullets(items)]

    def _table(self, token: Token) -> list[Block]:
        head = next(part for part in token["children"] if part["type"] == "table_head")
        body = next((part for part in token["children"] if part["type"] == "table_body"), None)
        columns = tuple(
            b.Column(
                self._runs(cell["children"]), align=_ALIGN.get(cell["attrs"].get("align"), "start")
            )
            for cell in head["children"]
        )
        rows = tuple(
            tuple(self._runs(cell["children"]) for cell in row["children"])
            for row in (body["children"] if body else ())
        )
        return [b.Table(columns, rows)]

    def _html(self, token: Token) -> list[Block]:
        if "<table" in token["raw"].lower():
            from amparo.report.markdown_html import html_tables

            return list(html_tables(token["raw"]))
        text = _TAG.sub("", token["raw"]).strip()
        return [b.Paragraph(text)] if text else []

    def _picture(self, token: Token) -> b.Picture | None:
        address = token["attrs"]["url"]
        alt = b.plain(self._runs(token["children"]))
        inline = _DATA_URL.fullmatch(address)
        if inline:
            return picture(inline.group(2), inline.group(1), alt)
        kept = self._attachments.get(address.removeprefix("attachment:"), {})
        return next((p for kind, data in kept.items() if (p := picture(data, kind, alt))), None)

    def _runs(
        self, tokens: Iterable[Token], *, strong: bool = False, emphasis: bool = False
    ) -> b.Runs:
        found: list[Run] = []
        for token in tokens:
            kind = token["type"]
            if kind in {"text", "codespan"}:
                mono = kind == "codespan"
                found.append(Run(token["raw"], strong, emphasis, mono=mono))
            elif kind in {"softbreak", "linebreak"}:
                found.append(Run(" " if kind == "softbreak" else "\n", strong, emphasis))
            elif kind == "image":
                found += [Run(f"[{b.plain(self._runs(token['children']))}]", strong, emphasis)]
            else:
                found += self._runs(
                    token.get("children", ()),
                    strong=strong or kind == "strong",
                    emphasis=emphasis or kind == "emphasis",
                )
        return tuple(found)
