"""What can be entered comes out again: all of it, for the keepers, in every form."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from amparo.report.formats import format_of
from amparo.report.made import Made
from amparo.report.sections.material import Material

from .marked import holds_day, layers, marked

TODAY = date(2100, 9, 25)


@lru_cache(maxsize=1)
def _dossier() -> Made:
    data = Material(marked().workspace, "dossier", "keepers", "en", None, TODAY)
    return Made("dossier", "0" * 32, lambda _: data)


@pytest.mark.parametrize("form", ["json", "xlsx", "csv", "docx", "html", "md", "pdf"])
def test_every_field_that_can_be_entered_appears_in_the_dossier(form: str) -> None:
    """A group that leaves this program takes everything along."""
    read = layers(form, format_of(form).write(_dossier()))

    held = marked()
    assert [held.texts[mark] for mark in held.texts if mark not in read] == []
    missing = [
        held.days[day]
        for day in held.days
        if not any(holds_day(read, way) for way in held.written(day, "en"))
    ]
    assert missing == []
