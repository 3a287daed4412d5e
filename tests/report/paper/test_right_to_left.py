"""What a person sees on a page that reads from the right; ``seen`` goes by place, not by order."""

from __future__ import annotations

from typing import Any

from amparo.report import blocks as b
from amparo.report.typeset import typeset


def _seen(inspector: Any, *blocks: b.Block, foot: str = "") -> tuple[str, ...]:
    """Return the lines of the body from the top, and then the foot."""
    return inspector(typeset(b.Document("ar", "ملاحظات", blocks, foot=foot))).seen


def test_the_code_in_the_foot_is_not_turned_around(paper_inspector: Any) -> None:
    """Copy 3 of 7 July, read as 7 - 3, would be looked for under another number."""
    *_, last = _seen(paper_inspector, b.Paragraph("نص"), foot="مثال خيالي – 3 - 7")

    assert "3-7–" in last


def test_a_day_with_the_name_of_its_month_reads_from_the_right(paper_inspector: Any) -> None:
    """Marked as a code, its year came first, and the day stood where the year belongs."""
    line, _ = _seen(paper_inspector, b.Paragraph(("(", b.code("2 ديسمبر 2026"), ")")))

    assert line.strip("()").startswith("2026")
    assert line.strip("()").endswith("2")


def test_the_dot_of_a_list_number_stands_after_it(paper_inspector: Any) -> None:
    """From the right, a dot before the number looks like a number cut off."""
    line, _ = _seen(paper_inspector, b.Numbered(("قفوا",)))

    assert line.rstrip("\u202c").endswith(".1")


def test_letters_of_two_scripts_stand_on_one_line_in_a_table(paper_inspector: Any) -> None:
    """A role letter that hangs between two rows is given to the wrong duty."""
    table = b.Table(
        (b.Column("", 3), b.Column("")), (("الإنذار", "A"), ("الباب", "C")), header=False
    )

    seen = _seen(paper_inspector, table)

    assert [line[0] for line in seen[:-1]] == ["A", "C"]


def test_letters_of_who_does_it_come_in_order_from_the_right(paper_inspector: Any) -> None:
    """Whoever acts first stands first on the sheet and on the plan alike."""
    both = (b.strong("A"), b.strong("/"), b.strong("B")), "A، B"

    seen = _seen(paper_inspector, *(b.Paragraph(text) for text in both))

    assert [line.replace("،", "/") for line in seen[:-1]] == ["B/A", "B/A"]


def test_a_sentence_in_another_alphabet_keeps_its_stops_behind_its_words(
    paper_inspector: Any,
) -> None:
    """Where two languages are spoken, a stop before the sentence belongs to the one before it."""
    line, _ = _seen(paper_inspector, b.Paragraph("Fotos sin caras; nadie firma."))

    assert line == "Fotossincaras;nadiefirma."
