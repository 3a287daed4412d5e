"""Every screen, in every language, on an empty and on a full workspace, without a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from amparo.board import Scene
from amparo.board.words import part as words_of
from amparo.board.words import texts
from amparo.content.examples import example
from amparo.messages import messages
from amparo.model.fields import form_of
from amparo.model.registry import BY_KIND
from amparo.model.workspace import Workspace
from amparo_widgets.part import Part, module, sentences, static
from amparo_widgets.screens import SCREENS
from amparo_widgets.shell import Shell

TODAY = date(2026, 11, 25)
LANGUAGES = ("en", "es", "fr", "ar")
FULL = Workspace.of(example("large", "en", TODAY))
EMPTY = Workspace()
_PLACES = [(name, kind, options) for name, places in SCREENS.items() for kind, options in places]


def _scene(workspace: Workspace, lang: str, options: dict[str, Any], kind: type[Part]) -> Scene:
    whole = {"kinds": kind.kinds, "here": "s6", **options}
    return Scene(workspace, {}, messages(lang), TODAY, whole)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("workspace", [EMPTY, FULL], ids=["empty", "full"])
def test_every_part_draws_plain_values(workspace: Workspace, lang: str) -> None:
    """A part that fails on an empty workspace greets a newcomer with nothing."""
    for _, kind, options in (("frame", Shell, {}), *_PLACES):
        drawn = kind.draws(_scene(workspace, lang, options, kind))
        assert json.loads(json.dumps(drawn)).keys() == drawn.keys(), kind.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_a_screen_is_missing(lang: str) -> None:
    """A key between brackets on a bad day helps nobody."""
    said = dict(texts(messages(lang)))
    for _, kind, options in _PLACES:
        kinds = tuple({"kinds": kind.kinds, **options}["kinds"])
        given = words_of(messages(lang), sentences(kind.name), kinds, kind.vocabularies)
        assert [one for one in _strings(given) if "⟦" in one] == [], kind.name
        said |= given["text"]

    assert said


def test_every_field_of_every_record_can_be_entered_on_a_screen() -> None:
    """A field without a place on a screen can only be filled in by a program."""
    offered = {
        kind for _, part, options in _PLACES for kind in ({"kinds": part.kinds, **options}["kinds"])
    }

    assert {kind for kind in BY_KIND if form_of(kind)} - offered == set()


def test_every_step_and_every_other_screen_can_be_opened() -> None:
    """A button that leads nowhere, or that says its key, is a defect."""
    others = {name for name in SCREENS if not name[1:].isdigit()}

    assert {f"s{number}" for number in range(15)} <= set(SCREENS)
    assert {name for name in others if not messages("en").has(f"part.shell.screen.{name}")} == set()


@pytest.mark.parametrize("name", sorted({kind.name for _, kind, _ in _PLACES} | {"shell"}))
def test_a_part_outside_our_pages_brings_its_helpers_along(name: str) -> None:
    """JupyterLab has no server of ours that could give it the helpers."""
    text = module(name)

    assert 'from "./' not in text
    assert text.count("export default") == 1
    assert "export function" not in text


@pytest.mark.parametrize("name", sorted({kind.name for _, kind, _ in _PLACES} | {"shell"}))
def test_every_sentence_a_script_says_travels_with_its_part(name: str) -> None:
    """A helper's words that stay behind would show as keys."""
    given = dict(texts(messages("en")))
    given |= words_of(messages("en"), sentences(name), (), ())["text"]

    said = set(re.findall(r'say\("([\w.]+)"', module(name)))

    assert {key for key in said if key not in given and key.startswith(("part.", "ui."))} == set()


def test_no_script_writes_markup() -> None:
    """What somebody typed must never become a program in the page."""
    from amparo_widgets import part

    folder = part._STATIC
    scripts = {path.name: static(path.name) for path in folder.glob("*.js")}
    bad = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "localStorage",
    )

    assert {name for name, text in scripts.items() if any(word in text for word in bad)} == set()
