"""S12: what the group decided to say, and to whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from amparo.model.base import Record
from amparo.model.reach import Audience, shown_to
from amparo.model.text import Line, Prose

Reader = Literal["allies", "public"]


class Statement(Record):
    """What we decided to say to allies or to everybody, in our own words, and until when.

    Two acts let it out: it is written for a reader, and its label allows that reader. With the
    usual label it stays with the group.
    """

    kind: ClassVar[str] = "statement"
    step: ClassVar[str] = "S12"

    reader: Reader = shown_to("public")
    title: Line = shown_to("public")
    what_happens: Prose = shown_to("public", default="")
    what_we_ask: tuple[Line, ...] = shown_to("public", default=(), max_length=7)
    how_to_help: tuple[Line, ...] = shown_to("public", default=(), max_length=7)
    please_do_not: tuple[Line, ...] = shown_to("public", default=(), max_length=5)
    until: date | None = shown_to("public", default=None)

    def may_reach(self, audience: Audience) -> bool:
        """What was written for allies never becomes public, whatever its label says."""
        is_for_others = audience == "public" and self.reader != "public"
        return super().may_reach(audience) and not is_for_others
