"""The papers that people hold are measured, not only a made-up page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from amparo.messages import review_line

SIZES_AND_LANGUAGES = [
    ("small", "ar"),
    *((size, lang) for size in ("small", "large") for lang in ("en", "es", "fr")),
]


@pytest.mark.parametrize(("size", "lang"), SIZES_AND_LANGUAGES)
@pytest.mark.parametrize(("report", "least_pt"), [("sheet", 14), ("plan", 10), ("analysis", 10)])
def test_no_paper_overlaps_is_cut_or_too_small(
    printed: Callable[..., Any],
    paper_inspector: Any,
    report: str,
    least_pt: int,
    size: str,
    lang: str,
) -> None:
    """A line that hides another is missing on the bad day."""
    paper = printed(report, lang, size)

    found = paper_inspector(paper.pdf, min_pt=least_pt, margin_mm=14)

    assert found.overlapping == ()
    assert found.outside == ()
    assert found.drawn_outside == 0
    # Only the foot may be smaller than the words people act on: the code, and who reviewed them.
    # From the right a letter may be told before its neighbour, so their order is left out.
    foot = "".join(("3-7", *review_line(lang).split()))
    small = "".join(fault.split()[0] for fault in found.too_small)
    assert sorted(small) in ([], sorted(foot))
