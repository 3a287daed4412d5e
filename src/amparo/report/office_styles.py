"""The styles, lists and settings of a text document: black on white, large enough, named plainly.

The names are those that word processors know, so that headings fill their table of contents and
people find them in their own language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from amparo.report.office_text import MONO
from amparo.report.office_xml import el, filled, flag, twips

BULLET, CHECK, NUMBERS = 1, 2, 3
"""Abstract lists; 1 and 2 are also the lists themselves, and each numbered list is a new one."""

LIST_LEVELS = 9
INDENT_EM = 1.7
GAP_PT = 4.0
_FONT = "Arial"
_HEADING_EM = (1.35, 1.15, 1.05, 1.0, 1.0, 1.0)
_BULLETS = "•–•–•–•–•"
_CHECK = "☐"
_CHECK_FONT = "MS Gothic"
# What a spelling check looks for; a code alone is understood by few word processors.
_REGIONS = {"en": "en-US", "es": "es-ES", "fr": "fr-FR", "ar": "ar-SA"}


@dataclass(frozen=True, slots=True)
class Look:
    """What the styles depend on."""

    lang: str
    rtl: bool
    pt: float


def styles(look: Look) -> list[Any]:
    """Return the defaults and all styles."""
    region = _REGIONS.get(look.lang, look.lang)
    language = el("lang", val=region, bidi=region if look.rtl else "ar-SA")
    run = filled("rPr", (_letters(_FONT), *_size(look.pt), language))
    paragraph = el("pPr", _spacing(0, 6, 1.12))
    defaults = el("docDefaults", el("rPrDefault", run), el("pPrDefault", paragraph))
    normal = _style("Normal", "Normal", look, default=True)
    return [
        defaults, normal, _character(), _table_normal(), *_headings(look),
        _style("Compact", "Compact", look, paragraph=(_spacing(0, 2, 1.08),)),
        _style("Gap", "Gap", look, paragraph=(_exact(GAP_PT),), run=_size(2)),
        _style("ListBullet", "List Bullet", look, paragraph=(_spacing(0, 3, 1.08),)),
        _style("ListNumber", "List Number", look, paragraph=(_spacing(0, 3, 1.08),)),
        _style("BoxTitle", "Box Title", look, paragraph=(el("keepNext"), _spacing(0, 3, 1.08)),
               run=_bold()),
        _style("Caption", "caption", look),
        _style("Rule", "Rule", look, paragraph=(_rule(), _spacing(0, 8, 1))),
        _preformatted(look),
        _style("Footer", "footer", look, paragraph=(_spacing(0, 0, 1),), run=_size(10)),
    ]  # fmt: skip


def lists(look: Look) -> list[Any]:
    """Return the abstract lists, then the two lists without numbers."""
    abstract = [
        _abstract(BULLET, look, lambda level: ("bullet", _BULLETS[level], _FONT)),
        _abstract(CHECK, look, lambda _: ("bullet", _CHECK, _CHECK_FONT)),
        _abstract(NUMBERS, look, lambda level: ("decimal", f"%{level + 1}.", "")),
    ]
    return [*abstract, *(number_list(one, one) for one in (BULLET, CHECK))]


def number_list(list_id: int, abstract: int, *, level: int = 0, start: int = 0) -> Any:
    """Return one list; with *start*, it counts anew from there on its *level*."""
    restart = None
    if start:
        restart = el("lvlOverride", el("startOverride", val=start), ilvl=level)
    return el("num", el("abstractNumId", val=abstract), restart, numId=list_id)


def settings(look: Look) -> list[Any]:
    """Return the settings: names and hours of whoever comments later are taken out at saving."""
    uri = "http://schemas.microsoft.com/office/word"
    modern = el("compatSetting", name="compatibilityMode", uri=uri, val=15)
    region = _REGIONS.get(look.lang, look.lang)
    return [
        el("removePersonalInformation"),
        el("removeDateAndTime"),
        el("defaultTabStop", val=720),
        el("characterSpacingControl", val="doNotCompress"),
        el("compat", modern),
        el("themeFontLang", val=region, bidi=region if look.rtl else "ar-SA"),
        el("decimalSymbol", val="."),
        el("listSeparator", val=","),
    ]


def _style(  # noqa: PLR0913 (a style is what it says)
    style_id: str, name: str, look: Look, *, paragraph: Any = (), run: Any = (),
    based_on: str = "Normal", default: bool = False,
) -> Any:  # fmt: skip
    kept, rest = _split(paragraph)
    inside = filled("pPr", (*kept, flag("bidi", on=look.rtl), *rest))
    made = el(
        "style",
        el("name", val=name),
        None if default else el("basedOn", val=based_on),
        el("next", val="Normal") if style_id.startswith("Heading") else None,
        el("qFormat"),
        inside,
        filled("rPr", run),
        type="paragraph",
        styleId=style_id,
    )
    if default:
        made.set(_w("default"), "1")
    return made


def _split(paragraph: Any) -> tuple[list[Any], list[Any]]:
    """Part what stands before the direction in the order of the standard from what follows."""
    early = {_w(name) for name in ("keepNext", "keepLines", "pBdr")}
    return [p for p in paragraph if p.tag in early], [p for p in paragraph if p.tag not in early]


def _w(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(f"w:{name}")


def _character() -> Any:
    made = el("style", el("name", val="Default Paragraph Font"), type="character")
    made.set(_w("styleId"), "DefaultParagraphFont")
    made.set(_w("default"), "1")
    return made


def _table_normal() -> Any:
    sides = (("top", 0), ("left", 100), ("bottom", 0), ("right", 100))
    margins = el("tblCellMar", *(el(side, w=width, type="dxa") for side, width in sides))
    made = el("style", el("name", val="Normal Table"), el("tblPr", margins), type="table")
    made.set(_w("styleId"), "TableNormal")
    made.set(_w("default"), "1")
    return made


def _headings(look: Look) -> list[Any]:
    return [
        _style(
            f"Heading{level}",
            f"heading {level}",
            look,
            paragraph=(
                el("keepNext"), el("keepLines"), _spacing(12, 5, 1.08),
                el("outlineLvl", val=level - 1),
            ),
            run=(*_bold(), *_size(look.pt * size)),
        )
        for level, size in enumerate(_HEADING_EM, 1)
    ]  # fmt: skip


def _preformatted(look: Look) -> Any:
    sides = ("top", "left", "bottom", "right")
    border = el("pBdr", *(el(side, val="single", sz=4, space=4, color="000000") for side in sides))
    # Program text is read from the left everywhere.
    return _style(
        "HTMLPreformatted",
        "HTML Preformatted",
        Look(look.lang, rtl=False, pt=look.pt),
        paragraph=(border, el("bidi", val=0), _spacing(0, 6, 1)),
        run=(_letters(MONO),),
    )


def _abstract(abstract: int, look: Look, kind: Any) -> Any:
    step = twips(look.pt * INDENT_EM)
    # On a page read from the right, some word processors put a number before its place.
    spare = twips(look.pt) if look.rtl else 0
    levels = []
    for level in range(LIST_LEVELS):
        form, sign, font = kind(level)
        place = el("pPr", el("ind", left=spare + step * (level + 1), hanging=step))
        letters = el("rPr", _letters(font)) if font else None
        levels.append(
            el(
                "lvl", el("start", val=1), el("numFmt", val=form), el("lvlText", val=sign),
                el("lvlJc", val="left"), place, letters, ilvl=level,
            )
        )  # fmt: skip
    kind_of = el("multiLevelType", val="hybridMultilevel")
    return el("abstractNum", kind_of, *levels, abstractNumId=abstract)


def _letters(font: str) -> Any:
    return el("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)


def _size(pt: float) -> tuple[Any, ...]:
    half_points = round(pt * 2)
    return el("sz", val=half_points), el("szCs", val=half_points)


def _bold() -> tuple[Any, ...]:
    return el("b"), el("bCs")


def _spacing(before: float, after: float, line: float) -> Any:
    return el(
        "spacing",
        before=twips(before), after=twips(after), line=round(240 * line), lineRule="auto",
    )  # fmt: skip


def _exact(pt: float) -> Any:
    return el("spacing", before=0, after=0, line=twips(pt), lineRule="exact")


def _rule() -> Any:
    return el("pBdr", el("bottom", val="single", sz=6, space=1, color="000000"))
