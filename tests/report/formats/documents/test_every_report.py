"""Every report, in every form for reading and in every language, says what it has to say."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.messages import review_line

REPORTS = ("sheet", "plan", "analysis", "notes")
LANGS = ("en", "es", "fr", "ar")
FORMS = ("html", "docx", "md")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("report", REPORTS)
def test_no_word_of_a_report_is_lost(  # noqa: PLR0917 (pytest passes them by name)
    report: str, lang: str, form: str, made: Any, written: Any, read: Any, said: Any, bare: Any
) -> None:
    """A line that is missing in one form is missed on the bad day."""
    found = bare(read(form, written(form, report, lang)))

    texts = {bare(text) for text in said(made(report, lang).document)}
    assert {text for text in texts if text not in found} == set()
    assert "⟦" not in found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", LANGS)
def test_the_foot_and_the_review_stand_in_every_form(
    lang: str, form: str, made: Any, written: Any, read: Any, bare: Any
) -> None:
    """Whoever holds it can tell which copy it is, and that nobody has read its language yet."""
    found = bare(read(form, written(form, "plan", lang)))

    assert bare(made("plan", lang).document.foot) in found
    assert bare(review_line(lang)) in found


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("report", REPORTS)
def test_no_file_names_its_maker(report: str, form: str, written: Any, parts: Any) -> None:
    """A name of a program on paper tells a visitor what kind of people live here."""
    data = written(form, report, "en")
    texts = parts(data).values() if form == "docx" else [data]

    assert not any(b"amparo" in text.lower() for text in texts)
