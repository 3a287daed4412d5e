"""Text as paragraphs and runs of a text document, each with its own direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from amparo.report.blocks_text import Run, Text, replace_run, runs
from amparo.report.direction_marks import marked
from amparo.report.office_xml import el, filled, flag, twips

MONO = "Courier New"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Align = Literal["start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph stands on the page.

    Args:
        style: id of its style.
        align: relative to the direction of reading.
        list_id: number of its list, 0 for none.
        level: how deep it stands in lists, from 0.
        indent_pt: from the side where reading starts.
        short_pt: from the other side.
        tab_pt: where a line to write on ends, 0 for none.
        new_page: whether a page starts with it.
        keep_next: whether it stays with what follows.
    """

    style: str = ""
    align: Align = "start"
    list_id: int = 0
    level: int = 0
    indent_pt: float = 0.0
    short_pt: float = 0.0
    tab_pt: float = 0.0
    new_page: bool = False
    keep_next: bool = False


class Scribe:
    """Writes text in one direction of reading."""

    def __init__(self, *, rtl: bool) -> None:
        self.rtl = rtl

    def paragraph(self, text: Text = "", shape: Shape | None = None, *more: Any) -> Any:
        """Return one paragraph; *more* are elements that stand after its text."""
        return el("p", self.properties(shape or Shape()), *self.runs(text), *more)

    def properties(self, shape: Shape) -> Any:
        """Return the properties of a paragraph, in the order of the standard."""
        listed = None
        if shape.list_id:
            listed = el("numPr", el("ilvl", val=shape.level), el("numId", val=shape.list_id))
        ruled = None
        if shape.tab_pt:
            tab = el("tab", val="right", leader="underscore", pos=twips(shape.tab_pt))
            ruled = el("tabs", tab)
        # In a right-to-left paragraph "left" is the side where reading starts.
        sides = {"left": twips(shape.indent_pt), "right": twips(shape.short_pt)}
        indent = el("ind", **{side: room for side, room in sides.items() if room})
        side = {"start": None, "center": "center", "end": "right"}[shape.align]
        return filled(
            "pPr",
            (
                el("pStyle", val=shape.style) if shape.style else None,
                flag("keepNext", on=shape.keep_next),
                flag("pageBreakBefore", on=shape.new_page),
                listed,
                ruled,
                flag("bidi", on=self.rtl),
                indent if len(indent.attrib) else None,
                el("jc", val=side) if side else None,
            ),
        )

    def runs(self, text: Text) -> list[Any]:
        """Return *text* as runs."""
        return [self._run(run) for run in marked(text, rtl=self.rtl)]

    def bold(self, text: Text) -> tuple[Run, ...]:
        """Return *text* in bold."""
        return tuple(replace_run(run, strong=True) for run in runs(text))

    def _run(self, run: Run) -> Any:
        letters = el("rFonts", ascii=MONO, hAnsi=MONO, cs=MONO) if run.mono else None
        look = (
            letters,
            flag("b", on=run.strong),
            flag("bCs", on=run.strong),
            # Arabic has no slanted letters.
            flag("i", on=run.emphasis and not self.rtl),
            flag("rtl", on=self.rtl and not run.ltr and not run.mono),
        )
        parts: list[Any] = []
        for number, line in enumerate(run.text.split("\n")):
            parts += [el("br")] if number else []
            parts += [written(line)] if line else []
        return el("r", filled("rPr", look), *parts)


def written(text: str) -> Any:
    """Return the text of a run, its spaces kept."""
    made = el("t")
    made.text = text
    made.set(_SPACE, "preserve")
    return made
