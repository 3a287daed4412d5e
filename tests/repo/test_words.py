"""Every sentence exists in every language, and says the same things."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import amparo
import amparo.report.engine
from amparo.errors import AmparoError
from amparo.messages import messages


def _every_error() -> set[type[AmparoError]]:
    for module in pkgutil.walk_packages(amparo.__path__, "amparo."):
        if not module.name.endswith(("__main__", "engine_papermill")):
            importlib.import_module(module.name)

    def below(kind: type[AmparoError]) -> Iterator[type[AmparoError]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    return set(below(AmparoError))


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_every_error_has_a_sentence(lang: str) -> None:
    """A key between brackets tells a frightened person nothing."""
    missing = {kind.key for kind in _every_error() if not messages(lang).has(kind.key)}

    assert missing == set()


@pytest.mark.parametrize("lang", ["es", "fr", "ar"])
def test_every_language_holds_the_same_sentences_and_places(lang: str) -> None:
    """A sentence in one language only, or with another gap, breaks on somebody's screen."""
    english, other = messages("en").under(""), messages(lang).under("")

    assert set(english) == set(other)
    for key, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", other[key])), key


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 يوم"),
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "3 أيام"),
        (11, "11 يومًا"),
        (100, "100 يوم"),
    ],
)
def test_each_arabic_count_takes_its_own_form(number: int, said: str) -> None:
    """Six forms in another order than the file's make a date hard to trust."""
    assert messages("ar").plural("report.alert.days", number) == said


def test_words_that_hide_people_are_not_used() -> None:
    """The field asked for plain words."""
    forbidden = re.compile(
        r"stakeholder|mitigat|residual|mitigaci|atténuat|résiduel|partie prenante", re.IGNORECASE
    )

    for lang in ("en", "es", "fr", "ar"):
        used = [key for key, text in messages(lang).under("").items() if forbidden.search(text)]
        assert used == []


def test_every_sentence_a_part_asks_for_is_there() -> None:
    """The browser shows a key where a sentence is missing."""
    from amparo.resources import package_folder

    static = package_folder("").parents[1] / "widgets" / "amparo_widgets" / "static"
    asked = {
        key
        for path in static.glob("*.js")
        for key in re.findall(r'say\("([\w.]+)"', path.read_text("utf-8"))
    }

    assert len(asked) > 40
    for lang in ("en", "es", "fr", "ar"):
        assert {key for key in asked if not messages(lang).has(key)} == set(), lang
