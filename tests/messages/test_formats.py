"""Days, numbers and plural forms by language, in Python and in the browser alike."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from amparo.formats import number, own_name, percent
from amparo.messages import languages, messages, own_names

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "src" / "amparo" / "locale"
SCRIPT = ROOT / "widgets" / "amparo_widgets" / "static" / "locale_format.js"
LANGS = ("en", "es", "fr", "ar")
# In the order of the forms in a catalogue. Spanish and French "many" is only for whole millions,
# which gettext's two forms leave to the last one.
FORMS = {
    "en": ("one", "other"), "es": ("one", "other"), "fr": ("one", "other"),
    "ar": ("zero", "one", "two", "few", "many", "other"),
}  # fmt: skip
DAYS = [date(2027, month, 3) for month in range(1, 13)] + [date(2026, 12, 31), date(2028, 2, 29)]
NUMBERS = [0, 1, 7, 999, 1000, 1234, 9999, 10_000, 12_345, 1_234_567.5, 0.5, 0.125, -3, -12_345]
SHARES = [0.0, 0.005, 0.05, 0.333, 0.5, 0.945, 0.955, 0.999, 1.0]
COUNTS = [*range(130), 200, 1000, 1_000_000]


def _rule(path: Path) -> str:
    return re.findall(r'"Plural-Forms: .*?plural=(.*?);\\n"', path.read_text("utf-8"))[0]


@pytest.mark.parametrize("lang", LANGS)
@given(count=st.integers(min_value=0, max_value=10**7))
def test_each_catalogue_picks_the_plural_form_that_babel_names(lang: str, count: int) -> None:
    """ "3 day" makes a plan look careless; in Arabic the wrong form says another number."""
    kind = Locale.parse(lang).plural_form(count)
    wanted = FORMS[lang].index(kind if kind in FORMS[lang] else "other")

    rules = {_rule(path) for path in (LOCALE / lang).glob("*.po")}
    assert {gettext.c2py(rule)(count) for rule in rules} == {wanted}  # type: ignore[attr-defined]
    assert getattr(messages(lang), "_catalogue").plural(count) == wanted  # noqa: B009


def test_digits_are_western_in_every_language() -> None:
    """One set of digits on paper, on screen and in the fields people type into."""
    for lang in LANGS:
        words = messages(lang)
        said = [*map(words.date, DAYS), *map(words.month, DAYS), *map(words.number, NUMBERS)]
        said += map(words.percent, SHARES)
        signs = {sign for text in said for sign in text if sign.isdigit()}
        assert signs <= set("0123456789"), lang


def test_a_day_is_written_day_month_year_in_letters() -> None:
    """3/5 is another day for the next reader."""
    on = date(2027, 5, 3)

    assert [messages(lang).date(on) for lang in LANGS] == [
        "3 May 2027", "3 may 2027", "3 mai 2027", "3 مايو 2027",
    ]  # fmt: skip
    assert messages("fr").date(on, "month") == "mai 2027"
    assert messages("fr").month(on) == "mai 27"


def test_a_language_that_nobody_wrote_rules_for_can_still_be_used() -> None:
    """Many peoples' languages are in no table; their words matter no less."""
    assert (number("mam", 1234.5), percent("mam", 0.5)) == ("1234.5", "50%")


def test_a_language_is_called_by_its_own_name_without_reading_its_catalogue() -> None:
    """The first screen offers every language; reading all of them took most of a second."""
    code = (
        "from amparo.messages import messages, own_names\n"
        "print(dict(own_names())['ar'], messages.cache_info().currsize)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert said.stdout.decode().split() == ["العربية", "0"]
    assert own_name("mam") is None


@pytest.mark.parametrize("lang", languages())
def test_the_own_name_is_that_of_the_catalogue(lang: str) -> None:
    """A language that Babel cannot name is called what its catalogue says; both are one."""
    assert dict(own_names())[lang] == messages(lang).text("ui.language")


def test_what_one_page_does_with_its_sentences_no_other_page_sees() -> None:
    """The sentences are looked for once; what is given away is nobody else's."""
    first = messages("en").under("ui.save.")
    first.clear()

    assert "ui.save.saved" in messages("en").under("ui.save.")


def test_babel_is_not_imported_until_something_is_written() -> None:
    """It takes 60 ms, which every page would wait for."""
    script = "import amparo.messages, sys; sys.exit('babel' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_plural_forms_travel_to_the_browser_in_their_order() -> None:
    """The page picks by place, not by name."""
    forms = messages("en").plurals_under("report.alert.")

    assert forms == {"report.alert.days": ["{number} day", "{number} days"]}


@pytest.fixture
def browser_says(browser: Browser) -> Iterator[Any]:
    """Return a function that runs one helper in a real browser for many values."""
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT.read_text("utf-8").replace("export function", "function"))
    yield lambda call, values: page.evaluate(f"(all) => all.map((one) => {call})", values)
    page.close()


@pytest.mark.browser
def test_the_browser_writes_what_python_writes(browser_says: Any) -> None:
    """A date on the screen and the same date on paper must not look like two dates."""
    days = [day.isoformat() for day in DAYS]
    for lang in LANGS:
        words = messages(lang)
        assert browser_says(f"localeDay('{lang}', one)", days) == [*map(words.date, DAYS)]
        assert browser_says(f"localeMonth('{lang}', one)", days) == [*map(words.month, DAYS)]
        assert browser_says(f"localeNumber('{lang}', one)", NUMBERS) == [
            *map(words.number, NUMBERS)
        ]
        assert browser_says(f"localePercent('{lang}', one)", SHARES) == [
            *map(words.percent, SHARES)
        ]
        rule = gettext.c2py(_rule(LOCALE / lang / "review.po"))  # type: ignore[attr-defined]
        call = f"localePlural('{lang}', one, {len(FORMS[lang])})"
        assert browser_says(call, COUNTS) == [rule(count) for count in COUNTS]


def test_every_language_of_the_catalogues_is_one_of_these() -> None:
    """A new language needs its line in this table."""
    assert set(languages()) == set(LANGS)
