"""The check for barriers finds them; else a clean page would mean nothing."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_picture_without_words_is_found_and_a_plain_page_is_clean(browser, axe) -> None:
    """A check that cannot fail protects nobody."""
    page = browser.new_page()
    plain = "<!doctype html><html lang=en><title>x</title><main><h1>x</h1>{}</main>"

    found = []
    for inside in ("", "<img src='data:,'>"):
        page.set_content(plain.format(inside))
        found.append(axe(page))
    page.close()

    assert found[0] == []
    assert [line.partition(":")[0] for line in found[1]] == ["image-alt"]
