"""What people type, or paste, is text in every form and nothing else."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import docx as python_docx
import mistune
import pytest
from defusedxml import ElementTree
from PIL import Image

from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.office_docx import docx
from amparo.report.page_html import page
from amparo.report.plain_markdown import markdown
from amparo.report.typeset import typeset

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "svg": "<svg/onload=alert(1)>",
    "image": '"><img src=x onerror=alert(1)>',
    "entity": "&lt;b&gt; &#60;script&#62; &amp; &nbsp;",
    "comment": "--> <!-- ]]> <![CDATA[ </style></title>",
    "link": "[press](javascript:alert(1)) ![x](http://127.0.0.1/x.png) <http://127.0.0.1/>",
    "field": '{ HYPERLINK "http://127.0.0.1/" } =cmd|x!A1',
    "override": "abc\u202egnp.exe\u202c \u2066x\u2069",
    "control": "a\x00b\x07c\ufffed\ud800e",
    "emoji": "🏳️‍🌈 👩🏽‍🚒 ☠",
    "styles": "</style><style>body{display:none}</style> url(http://127.0.0.1)",
}


def _document(text: str) -> b.Document:
    wheel = c.Wheel(text, tuple(c.Spoke(f"{i} {text}", 2) for i in range(4)))
    map_ = c.ForceMap(text, (c.Node("1", text), c.Node("2", text)), (c.Edge("1", "2", text),))
    cell = (text, b.strong(text))
    return b.Document(
        "ar",
        text,
        (
            b.Heading(text), b.Paragraph((b.emphasis(text), b.code(text))), b.Preformatted(text),
            b.Bullets((text,)), b.Checklist((text,)), b.Numbered((text,)),
            b.Table((b.Column(text), b.Column("")), (cell,)), b.KeyValues((cell,)),
            b.Box(text, (b.Blanks(1, label=text),)), b.Picture("bm8=", "png", text), wheel, map_,
        ),
        foot=text,
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_page_shows_it_as_text(text: str) -> None:
    """Opened in a browser, it must not run, fetch or hide anything."""
    written = page(_document(text))

    root = ElementTree.fromstring(written)
    tags = {part.tag for part in root.iter()}
    names = {name for part in root.iter() for name in part.keys()}  # noqa: SIM118 (an element is no dict)
    assert not tags & {"script", "iframe", "a", "link", "object", "form", "img", "base"}
    assert not [name for name in names if name.startswith("on") or name in {"href", "src"}]
    assert len(list(root.iter("style"))) == 1
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x07]", written)
    assert _seen(text) in _seen("".join(root.itertext()))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_text_document_shows_it_as_text(text: str) -> None:
    """Opened by a partner, it must not be a field, a link or a damaged file."""
    file = python_docx.Document(io.BytesIO(docx(_document(text))))

    xml = file.element.xml
    assert not re.search("instrText|hyperlink|fldSimple|[\u202a-\u202e\u2066-\u2069]", xml)
    assert _seen(text) in _seen("".join(p.text for p in file.paragraphs))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_markdown_shows_it_as_text(text: str) -> None:
    """Turned into a page by some other program, it must not run there."""
    render: Any = mistune.create_markdown(escape=False, plugins=["table", "task_lists", "url"])

    shown = render(markdown(_document(text)).replace("<br>", ""))

    assert not re.search(r"<(?:script|img|svg|style|!--|iframe)|javascript:[^<]*\"", shown)
    assert not re.search(r"href=\"(?!http://127)", shown)


def _seen(text: str) -> str:
    return re.sub("[^A-Za-z<>&\\[\\]🏳👩☠]", "", text)


@pytest.mark.parametrize("write", [page, docx, markdown])
def test_a_cell_of_a_hundred_thousand_letters_is_written(write: Any) -> None:
    """Somebody pastes a whole chat; the report must still be made."""
    cell = "word_*<&| " * 10_000
    table = b.Table((b.Column("x"), b.Column("y")), ((cell, "a" * 1000),))

    assert len(write(b.Document("en", "T", (table,)))) > 3000


@pytest.mark.parametrize("write", [page, docx, markdown])
def test_blocks_nested_without_end_are_still_written(write: Any) -> None:
    """A list in a list in a list is a mistake, not a reason to lose the page."""
    block: b.Block = b.Paragraph("deep")
    for _ in range(40):
        block = b.Box("t", (b.Bullets(((block,),)),))

    assert write(b.Document("en", "T", (block,)))


@pytest.mark.parametrize("write", [page, docx, markdown])
def test_empty_blocks_are_written_as_nothing(write: Any) -> None:
    """A blank form is made of empty records."""
    blocks = (
        b.Heading(""), b.Paragraph(""), b.Bullets(()), b.Bullets(("",)), b.Table((), ()),
        b.Table((b.Column(""),), ()), b.KeyValues(()), b.Columns(()), b.Box("", ()), b.Blanks(0),
        b.Together(()), b.Preformatted(""), b.PageBreak(), b.Spacer(2), b.Rule(),
    )  # fmt: skip

    assert write(b.Document("en", "", blocks))


def _svg(inside: str) -> b.Picture:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40">{inside}</svg>'
    return b.Picture(base64.b64encode(text.encode()).decode(), "svg", "drawing")


def test_a_pasted_picture_is_drawn_anew() -> None:
    """A photograph tells where it was taken; a picture of shapes can hold a program."""
    picture = _svg("<script>alert(1)</script><rect width='40' height='40'/>")

    (data,) = re.findall(
        r'src="data:image/png;base64,([^"]+)"', page(b.Document("en", "T", (picture,)))
    )

    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert b"script" not in base64.b64decode(data)


@pytest.mark.parametrize("write", [page, docx, typeset])
def test_a_photograph_does_not_tell_where_it_was_taken(write: Any, parts: Any) -> None:
    """Cameras write the place, the hour and their own number into the file."""
    photograph = io.BytesIO()
    noted = Image.Exif()
    noted[0x010F] = "CAMERA-7"
    Image.new("RGB", (60, 30), "red").save(photograph, "JPEG", exif=noted)
    data = base64.b64encode(photograph.getvalue()).decode()

    written = write(b.Document("en", "T", (b.Picture(data, "jpg", "our bridge"),)))

    inside = parts(written).values() if write is docx else [_whole(written)]
    assert not any(b"CAMERA-7" in part for part in inside)


def _whole(written: Any) -> bytes:
    """Return a file with its pictures unpacked."""
    if isinstance(written, bytes):
        return written
    return b"".join(map(base64.b64decode, re.findall(r"base64,([^\"]+)", written)))


def test_a_picture_that_is_none_leaves_its_words() -> None:
    """One broken picture must not cost the whole report."""
    document = b.Document("en", "T", (b.Picture("bm8=", "jpg", "our bridge"),))

    assert "[our bridge]" in page(document)
    file = python_docx.Document(io.BytesIO(docx(document)))
    assert [p.text for p in file.paragraphs] == ["[our bridge]"]
