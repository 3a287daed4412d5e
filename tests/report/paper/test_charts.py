"""Charts: the same picture every time, told apart without colour, nothing on top of another."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from amparo.errors import ReportError
from amparo.report import blocks as b
from amparo.report import blocks_charts as c
from amparo.report.bundle_markdown import blocks_markdown
from amparo.report.charts import draw
from amparo.report.charts_drawing import Label, Rect, mirrored
from amparo.report.charts_layers import layered
from amparo.report.charts_svg import svg
from amparo.report.typeset import typeset

_ROOM = 490.0
_BANDS: tuple[c.Band, ...] = ("low", "moderate", "high", "extreme")
_LOW = (_BANDS[:1] * 5,) * 5


def _drawn(charts: tuple[b.Block, ...]) -> list:
    return [draw(chart, _ROOM, pt=10) for chart in charts if not isinstance(chart, c.BalanceGrid)]


def _copied(image: Image.Image) -> Image.Image:
    """A photocopy: a little blur, then only black and white."""
    table = [0] * 150 + [255] * 106
    return image.filter(ImageFilter.GaussianBlur(1.2)).point(table)


def _shares_of_black() -> list[float]:
    """Print a map whose columns are the four bands, copy it twice, and measure each band."""
    row: tuple[c.Band, ...] = (*_BANDS, *_BANDS[:1])
    cells = (row,) * 5
    chart = c.RiskMap("x", (), cells, {f"band.{band}": " " for band in _BANDS})
    scale: Any = 150 / 72
    page = pdfium.PdfDocument(typeset(b.Document("es", "T", (chart,))))[0]
    image = _copied(_copied(page.render(scale=scale).to_pil().convert("L")))
    drawing = draw(chart, _ROOM, pt=11)
    left = (page.get_width() - drawing.width) / 2 + 11 * 3.4
    cell = (drawing.width - 11 * 3.4) / 5
    found = []
    for i in range(4):
        x, y = (left + i * cell + cell * 0.15) * scale, 56 * scale
        part = image.crop((int(x), int(y), int(x + cell * 0.6 * scale), int(y + 20 * scale)))
        found.append(part.histogram()[0] / (part.width * part.height))
    return found


def test_bands_differ_after_two_photocopies():
    """Colours and greys die in the first copy; the word high must not look like moderate."""
    low, moderate, high, extreme = _shares_of_black()

    assert low < 0.02
    assert 0.08 < moderate < 0.45
    assert moderate + 0.15 < high < 0.9
    assert extreme > 0.95


def test_charts_draw_the_same_twice(charts):
    """A picture that changes between two copies makes people look for what changed."""
    assert _drawn(charts) == _drawn(charts)


def test_no_two_words_of_a_chart_overlap(charts):
    """Twelve threats in one corner of the grid are the normal case."""
    for drawing in _drawn(charts):
        labels = [
            shape for shape in drawing.shapes if isinstance(shape, Label) and shape.text.strip()
        ]
        for i, one in enumerate(labels):
            for other in labels[i + 1 :]:
                wide = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
                high = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
                assert wide < 1.5 or high < 3, (one.text, other.text)


def test_charts_stay_inside_their_room(charts):
    """A chart that is wider than its place is cut by the edge of the paper."""
    for drawing in _drawn(charts):
        assert drawing.width <= _ROOM
        for shape in drawing.shapes:
            if isinstance(shape, Label):
                assert shape.x >= -0.5
                assert shape.x + shape.w <= drawing.width + 0.5
                assert shape.y + shape.h <= drawing.height + 0.5


def test_a_picture_for_arabic_is_mirrored_back_by_mirroring(charts):
    """Left and right change places, and nothing else does."""
    for drawing in _drawn(charts):
        again = mirrored(mirrored(drawing))

        assert [type(shape) for shape in again.shapes] == [type(shape) for shape in drawing.shapes]
        assert again.width == drawing.width


def test_many_risks_come_on_several_maps(charts, paper_inspector):
    """Frames that cross hide one another; six on a map can be read."""
    risk_map = charts[0]

    text = paper_inspector(typeset(b.Document("es", "T", (risk_map,)))).text

    assert text.count("Qué tan probable") == 2


@pytest.mark.parametrize(
    "chart",
    [
        c.RiskMap("x", (c.Risk("A", (1, 2, 6), (1, 2, 3), "low"),), _LOW),
        c.RiskMap("x", (c.Risk("A", (3, 2, 3), (1, 2, 3), "low"),), _LOW),
        c.RiskMap("x", (c.Risk("ABCD", (1, 2, 3), (1, 2, 3), "low"),), _LOW),
        c.RiskMap("x", (), _LOW[:4]),
        c.Wheel("x", (c.Spoke("a", 5), c.Spoke("b", 1), c.Spoke("c", 1))),
        c.Wheel("x", ()),
        c.ForceMap("x", (), ()),
        c.ForceMap("x", (c.Node("a", "A"), c.Node("a", "B")), ()),
        c.ForceMap("x", (c.Node("a", "A"),), (c.Edge("a", "b"),)),
        c.Timeline("x", (), (), ()),
        c.Timeline("x", ("a",), (c.Happening(3, "1", 1),), ()),
        c.Timeline("x", ("a",), (c.Happening(0, "1", 7),), ()),
        c.Bars("x", (c.Bar("a", -1),)),
        c.Agenda("x", (), ()),
        c.Agenda("x", ("a",), (c.Due(1, "1"),)),
        c.Agenda("x", ("a",), (c.Due(0, "1000"),)),
        c.ActorGrid("x", (c.PlacedActor("a", 6),), ("a",) * 6, ("a",) * 5),
        c.ActorGrid("x", (c.PlacedActor("a", 1, -3),), ("a",) * 6, ("a",) * 5),
        c.ActorGrid("x", (), ("a",) * 5, ("a",) * 5),
        c.Ladder("x", (c.LadderStep("a"),)),
    ],
)
def test_numbers_outside_their_scale_are_refused(chart):
    """A wrong number drawn in the wrong place looks as true as any other."""
    with pytest.raises(ReportError):
        draw(chart, _ROOM, pt=10)


@given(
    st.integers(1, 25).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=40),
        )
    )
)
def test_layers_lead_downwards_in_every_map(graph):
    """Whatever people connect, each box has one place and each arrow a way."""
    count, pairs = graph
    arrows = [(a, z) for a, z in pairs if a != z]

    layout = layered(count, arrows, most=4)

    level = {place: i for i, row in enumerate(layout.layers) for place in row}
    assert sorted(place for place in level if place < count) == list(range(count))
    assert all(sum(place < count for place in row) <= 4 for row in layout.layers)
    for chain in layout.chains:
        assert [level[place] for place in chain] == list(
            range(level[chain[0]], level[chain[-1]] + 1)
        )


def test_a_map_too_large_for_a_page_becomes_a_list(paper_inspector):
    """Letters that nobody can read are no picture."""
    nodes = tuple(c.Node(str(i), f"Actor {i}") for i in range(40))
    edges = tuple(c.Edge(str(i % 40), str((i * 7 + 3) % 40), "da") for i in range(60))

    faults = paper_inspector(
        typeset(b.Document("es", "T", (c.ForceMap("En palabras.", nodes, edges),)))
    )

    assert faults.none
    assert "En palabras." in faults.text
    assert "1.Actor0→Actor3:da" in faults.seen


def test_who_shares_a_cell_stands_below_one_another(charts):
    """Two names in one place are no name."""
    (grid,) = (chart for chart in charts if isinstance(chart, c.ActorGrid))
    crowd = replace(grid, actors=tuple(c.PlacedActor(f"A{n}", 3, 1) for n in range(4)))

    places = [
        (shape.x, shape.y)
        for shape in draw(crowd, _ROOM, pt=10).shapes
        if isinstance(shape, Label) and shape.text.startswith("A")
    ]

    assert len({x for x, _ in places}) == 1
    assert len({y for _, y in places}) == 4


def test_whose_stance_nobody_knows_stands_in_a_column_of_their_own(charts):
    """Unknown is not in between."""
    (grid,) = (chart for chart in charts if isinstance(chart, c.ActorGrid))
    two = replace(grid, actors=(c.PlacedActor("A1", 3, 2), c.PlacedActor("A2", 3, known=False)))

    found = {
        shape.text: shape.x
        for shape in draw(two, _ROOM, pt=10).shapes
        if isinstance(shape, Label) and shape.text.startswith("A")
    }

    assert found["A1"] < found["A2"]


def test_the_ladder_rises_from_white_to_black(charts):
    """The lowest level is white: a colour or a grey would be lost in the first copy."""
    (ladder,) = (chart for chart in charts if isinstance(chart, c.Ladder))

    steps = [s for s in draw(ladder, _ROOM, pt=10).shapes if isinstance(s, Rect) and s.stroke > 1]

    assert [step.fill for step in steps] == ["black", "high", "moderate", "white"]
    assert [step.w for step in steps] == sorted((step.w for step in steps), reverse=True)


def test_a_grid_of_actors_too_tall_for_a_page_is_told_in_words(charts, paper_inspector):
    """Letters that nobody can read are no picture."""
    (grid,) = (chart for chart in charts if isinstance(chart, c.ActorGrid))
    crowd = replace(grid, actors=tuple(c.PlacedActor(f"Actor {n}", 3, 1) for n in range(90)))

    faults = paper_inspector(typeset(b.Document("es", "T", (crowd,))))

    assert faults.none
    assert "Veinte en la rejilla." in faults.text


def test_the_picture_for_screens_is_plain_svg(charts):
    """A screen gets the same picture, without scripts and without addresses."""
    for drawing in _drawn(charts):
        tree = ET.fromstring(svg(replace(drawing, alt='a "quoted" <alt> & more')))  # noqa: S314 (our own)

        names = {node.tag.rpartition("}")[2] for node in tree.iter()}
        assert names <= {"svg", "defs", "pattern", "path", "rect", "circle", "text"}
        assert tree.get("aria-label") == 'a "quoted" <alt> & more'


def test_markdown_for_screens_shows_text_literally():
    """What people typed must not become a link, an address or a program on the screen either."""
    shown = blocks_markdown((b.Paragraph("[x](javascript:y) <b>*z* | &amp;"), b.Bullets(("# a",))))

    assert not set("[](){}<>*|#") & set(shown.replace("&#", "").replace("- ", ""))


def test_the_page_can_be_rendered(charts):
    """A last look by machine: the charts leave ink on the page."""
    page = pdfium.PdfDocument(typeset(b.Document("es", "T", charts)))[0]
    picture = io.BytesIO()

    page.render(scale=1).to_pil().save(picture, "PNG")

    assert len(picture.getvalue()) > 10_000
