"""What nobody has reviewed says so, until somebody has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pypdfium2 as pdfium
import pytest
import yaml

from amparo.content.prosefile import contact_signs
from amparo.messages import REVIEWS, languages, messages, review_line, reviewed
from amparo.report.blank import make_blank
from amparo.report.blocks import Document, PageBreak, Paragraph
from amparo.report.typeset import typeset
from amparo.resources import package_folder
from amparo.serve.pages import calm_page, still_page


def _reviews() -> dict[str, Any]:
    return yaml.safe_load((package_folder("locale") / REVIEWS).read_text("utf-8"))


def _pages(pdf: bytes) -> list[str]:
    pages = [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(pdf)]
    return [" ".join(page.split()) for page in pages]


def test_every_language_says_by_which_role_it_was_reviewed_or_that_it_was_not() -> None:
    """A role and a day, or neither; a name or an address would endanger a translator."""
    reviews = _reviews()

    assert set(reviews) == set(languages())
    for review in reviews.values():
        assert set(review) == {"reviewed_by_role", "reviewed_on"}
        assert (review["reviewed_by_role"] is None) == (review["reviewed_on"] is None)
        assert isinstance(review["reviewed_on"], date | None)
        assert contact_signs(review["reviewed_by_role"] or "") == ()


def test_a_language_is_reviewed_only_with_a_role_and_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half an answer must not take the warning away."""
    known = {
        "en": {"reviewed_by_role": "trainer", "reviewed_on": date(2026, 11, 25)},
        "es": {"reviewed_by_role": "trainer", "reviewed_on": None},
    }
    monkeypatch.setattr("amparo.messages._reviews", lambda: known)

    assert [reviewed(lang) for lang in ("en", "es", "ar", "xx")] == [True, False, False, False]
    assert review_line("en") == ""
    assert review_line("es") == messages("es").text("paper.not_reviewed")


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_last_page_of_a_paper_says_that_nobody_has_reviewed_it(lang: str) -> None:
    """Whoever acts on a wrong word must have been told that it may be wrong."""
    blocks = (Paragraph("a"), PageBreak(), Paragraph("b"))

    first, last = _pages(typeset(Document(lang, "T", blocks, foot="3 - 30/4")))

    assert review_line(lang) not in first
    assert review_line(lang) in last


def test_the_blank_forms_say_it_too() -> None:
    """A form copied by hand goes further than any screen."""
    pages = _pages(make_blank(lang="es"))

    assert [review_line("es") in page for page in pages] == [False] * (len(pages) - 1) + [True]


def test_the_right_to_left_paper_says_it_without_a_code_in_the_foot() -> None:
    """The line must not depend on the other things in the foot."""
    words = set(_pages(typeset(Document("ar", "T", (Paragraph("أ"),))))[-1].split())

    assert set(review_line("ar").split()) <= words


def test_a_page_without_a_kernel_says_it_too_and_the_calm_one_never() -> None:
    """On a bad day people read that page first; the calm page must look like anybody's notes."""
    said = messages("es").text("ui.not_reviewed")

    now = still_page("now.html", "es", look="", has_bar=False, note="", sheet=None, place="/")

    assert said in now
    assert said not in calm_page("calm.html", "es", mode="hidden", title="", parts=())
