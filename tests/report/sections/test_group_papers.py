"""Wallet cards, the sheet said aloud, and the papers for the assembly."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any, get_args

import pypdfium2
import pytest

from amparo.errors import AudienceError
from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.context import CausePath
from amparo.model.measures import Measure
from amparo.model.plan import AlertLevel, Duty, Rule, Sheet
from amparo.model.process import Process
from amparo.model.workspace import Workspace
from amparo.report.blocks import Box, Columns
from amparo.report.blocks_charts import Bars, Ladder
from amparo.report.opened import Report
from amparo.report.sections import aloud, assembly, wallet
from amparo.report.sections.material import Material
from amparo.resources import bundled

MARK = "Zzmarker"
LETTER = "ZQ"
LANGUAGES = ("ar", "en", "es", "fr")
# Smallest letters, margin, most pages.
PAPERS = {"wallet": (10.0, 14.0, 1), "aloud": (16.0, 16.0, 2), "assembly": (18.0, 14.0, 5)}
_CARD_PT = 54 * 72 / 25.4
Make = Callable[..., Any]


@pytest.fixture(scope="module")
def paper(printed: Make) -> Make:
    """Each paper is made once."""
    made: dict[tuple[str, str], Any] = {}

    def get(report: str, lang: str = "en") -> Any:
        if (report, lang) not in made:
            made[report, lang] = printed(report, lang)
        return made[report, lang]

    return get


def _with(workspace: Workspace, model: Any, **fields: Any) -> Workspace:
    return Workspace.of(
        record.with_changes(**fields) if isinstance(record, model) else record
        for record in workspace
    )


def _titled_at(pdf: bytes, title: str) -> list[float]:
    """Return how far up the title of each card stands."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    search = page.search(title)
    found = []
    while place := search.get_next():
        found.append(page.get_charbox(place[0])[1])
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("report", PAPERS)
def test_no_paper_of_the_group_overlaps_is_cut_or_too_small(
    paper: Make, paper_inspector: Any, report: str, lang: str
) -> None:
    """Cards are read in the dark, walls from afar; a line that hides another is lost."""
    least, margin, pages = PAPERS[report]
    made = paper(report, lang)

    found = paper_inspector(made.pdf, min_pt=least, margin_mm=margin)

    assert "⟦" not in made.text
    assert found.overlapping == ()
    assert found.outside == ()
    assert found.drawn_outside == 0
    assert found.pages <= pages
    # Only the foot, of ten points, may be smaller.
    assert all(fault.endswith("10.0 pt") for fault in found.too_small)


@pytest.mark.parametrize("name", PAPERS)
def test_their_notebooks_are_clean_and_thin(name: str) -> None:
    """They are read by trainers, and hold no content of anybody."""
    text = (bundled("workbooks") / "reports" / f"{name}.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]

    assert "".join(cells[1]["source"]) == 'ticket = "0" * 32'
    assert all(re.fullmatch(r"report\.[a-z_]+\(\)", "".join(c["source"])) for c in cells[3:])
    assert all(not cell.get("outputs") for cell in cells)


@pytest.mark.parametrize(
    "section", ["wallet", "aloud", "signs", "ladder", "doing", "demands", "agreed"]
)
def test_a_section_answers_in_its_own_report_only(material: Make, section: str) -> None:
    """A cell copied to another notebook must not change who holds what."""
    with pytest.raises(AudienceError):
        getattr(Report(material("plan")), section)()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_wallet_cards_have_the_size_of_a_wallet(paper: Make, lang: str) -> None:
    """A card that is too large stays at home."""
    title = messages(lang).text("report.wallet.title").split()[-1]

    places = _titled_at(paper("wallet", lang).pdf, title)

    steps = [high - low for high, low in pairwise(places)]
    assert len(places) == 4
    assert steps == pytest.approx([_CARD_PT] * 3, abs=0.5)


@pytest.mark.parametrize(("size", "cards"), [("a4", 8), ("letter", 8), ("oficio", 10)])
def test_eight_or_ten_cards_stand_on_one_page(
    workspaces: Make, printed: Make, size: str, cards: int
) -> None:
    """Half a card helps nobody."""
    made = printed("wallet", of=_with(workspaces("small", "en"), Process, paper=size))

    assert len(made.pages) == 1
    assert len(_titled_at(made.pdf, "stopped or taken")) == cards // 2


def test_nothing_of_the_workspace_stands_on_a_wallet_card(
    workspaces: Make, material: Make, paper: Make
) -> None:
    """Whoever is searched carries it: no code word, no signal, no place, not even the foot."""
    data = material("wallet", of=workspaces("large", "en"), audience="group")

    assert wallet.wallet_blocks(data) == wallet.wallet_blocks(material("wallet", of=Workspace()))
    sheet = workspaces("small", "en").one(Sheet)
    assert sheet.foot_code
    assert sheet.foot_code not in paper("wallet").text
    assert not re.search(r"\d", paper("wallet").text)


def test_the_lawyer_is_asked_outside_the_cards(paper: Make) -> None:
    """What is cut off must not stand on the card, where it only frightens."""
    pages = paper("wallet").pages

    assert pages[0].count("before printing") == 1
    assert pages[0].startswith("Check the words with a lawyer of this country")


def _full_sheet(words_a_line: int) -> Sheet:
    line = " ".join(["word"] * words_a_line)
    duties = [{"duty": duty, "letter": "A", "deputy": "B"} for duty in get_args(Duty)]
    fields: dict[str, Any] = {
        "signs": [line] * 3, "signal": line, "second_signal": line, "all_clear": line,
        "first_five": [line] * 5, "duties": duties, "go_to": "mango", "do_not": [line] * 6,
        "if_taken": [line] * 5, "afterwards": [line] * 6, "meet_at": "well",
        "look_again_on": "2026-12-24",
    }  # fmt: skip
    return Sheet.read({"id": "a" * 32, "created_on": "2026-11-24", **fields})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("words_a_line", [0, 8, 50])
def test_said_aloud_it_is_at_most_330_words(material: Make, lang: str, words_a_line: int) -> None:
    """Three minutes: who listens longer remembers less."""
    held = Workspace.of([_full_sheet(words_a_line)]) if words_a_line else Workspace()

    blocks = aloud.aloud_blocks(material("aloud", lang, of=held))

    assert 60 < aloud.spoken_words(blocks) <= aloud.WORDS_MOST


def test_the_words_counted_are_the_words_to_be_said(paper: Make, material: Make) -> None:
    """A limit that counts something else than the paper is worth nothing."""
    counted = aloud.spoken_words(aloud.aloud_blocks(material("aloud")))

    assert abs(len(paper("aloud").text.split()) - counted) < 30


def test_the_sheet_is_said_in_short_sentences(paper: Make) -> None:
    """Somebody who cannot read must know all of it."""
    text = paper("aloud").text

    for said in (
        "If we see or hear: Trucks at the bridge. Or: ",
        "The signal is: Bell: three, pause, three.",
        "Then, first: Stop, breathe. Second: ",
        "D calls. Without D: E.",
        "We go to: Orchard.",
        "If somebody is taken: ",
        "Afterwards: ",
    ):
        assert said in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_missing_is_said_as_missing(material: Make, lang: str) -> None:
    """Silence would sound as if everything were agreed."""
    said = repr(aloud.aloud_blocks(material("aloud", lang, of=Workspace())))

    words = messages(lang)
    for name in ("signs", "signal", "first_five", "duties", "go_to", "if_taken", "meet_at"):
        what = words.text(f"report.aloud.what.{name}")
        # As it stands in the picture of the blocks, where a space that holds is written out.
        assert repr(words.text("report.aloud.missing", what=what))[1:-1] in said


def test_a_telephone_number_is_not_said_aloud(workspaces: Make, material: Make) -> None:
    """Everybody in the room would have it."""
    held = _with(workspaces("small", "en"), Sheet, signal="Call +51 900 000 000")

    said = repr(aloud.aloud_blocks(material("aloud", of=held)))

    assert "Call ____" in said
    assert "900" not in said


def _marked(record: Record) -> Record:
    """Return *record* with a marker in all that an assembly must not see."""
    hidden: dict[type, dict[str, Any]] = {
        Sheet: {
            "go_to": MARK, "meet_at": MARK, "if_taken": (MARK,), "do_not": (MARK,),
            "duties": ({"duty": "calls", "letter": LETTER, "deputy": LETTER},),
        },
        Measure: {"owner_role": LETTER, "deputy_role": LETTER},
        AlertLevel: {"who_declares": LETTER},
        Rule: {"owner_role": LETTER},
        CausePath: {"ally": MARK, "who_decides": MARK, "lever": MARK, "owner_role": LETTER},
    }  # fmt: skip
    return record.with_changes(**hidden.get(type(record), {}))


def test_no_weak_point_place_or_letter_reaches_the_wall(workspaces: Make, printed: Make) -> None:
    """Safety rule 1.6: the plenary gets signals, care and demands, and nothing else."""
    held = Workspace.of(_marked(record) for record in workspaces("large", "en"))
    held = _with(held, Sheet, second_signal="Shownsignal")

    text = printed("assembly", of=held).text

    assert MARK not in text
    assert not re.search(rf"\b{LETTER}\b", text)
    assert "Shownsignal" in text
    for word in ("Green", "extreme", "Amparo", "http"):
        assert word not in text


@pytest.mark.parametrize("of", [None, Workspace()], ids=["written", "empty"])
def test_every_sign_and_signal_has_a_frame_to_draw_in(material: Make, of: Any) -> None:
    """Safety rule 6: a drawing alone must do."""
    blocks = assembly.signs_blocks(material("assembly", of=of))

    columns = [column for row in blocks if isinstance(row, Columns) for column in row.columns]
    assert len(columns) == 6
    assert all(isinstance(column[0], Box) for column in columns)


def test_the_wall_of_an_empty_workspace_can_be_filled_in(printed: Make) -> None:
    """Nothing blocks, ever."""
    made = printed("assembly", of=Workspace())

    assert 3 <= len(made.pages) <= 5
    assert "Not agreed yet" in made.text


def test_the_ladder_says_what_a_level_means_and_no_colour(material: Make) -> None:
    """Green would read as safe."""
    (ladder,) = (
        block for block in assembly.ladder_blocks(material("assembly")) if isinstance(block, Ladder)
    )

    assert [step.name for step in ladder.steps] == [
        "a usual day", "watchful", "danger near", "it is happening",
    ]  # fmt: skip


def _bars(data: Material) -> list[float]:
    (bars,) = (block for block in assembly.doing_blocks(data) if isinstance(block, Bars))
    return [bar.value for bar in bars.bars]


def test_counts_of_the_keeper_come_before_those_of_a_cut_workspace(workspaces: Make) -> None:
    """Without what a measure acts on, what only softens a blow would seem to prevent it."""
    cut = workspaces("small", "en").for_audience("group")
    alone = Material(cut, "assembly", "group", "en", None, date(2026, 11, 24))
    counted = Material(cut, "assembly", "group", "en", None, date(2026, 11, 24), counts=(6, 2, 1))

    assert _bars(counted) == [6, 2, 1]
    assert sum(_bars(alone)) == 9
