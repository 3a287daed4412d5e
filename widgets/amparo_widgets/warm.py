"""What a kernel does before a page takes it: read everything a page needs, show nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from amparo.board import Scene
from amparo.board.words import part as words_of
from amparo.board.words import texts
from amparo.content.examples import example, example_languages
from amparo.messages import messages
from amparo.model.registry import read_record
from amparo.model.workspace import Workspace
from amparo_widgets.part import module, sentences
from amparo_widgets.screens import SCREENS
from amparo_widgets.shell import Shell

# A kernel that is forked from a process that has read all this has it too.
_read: set[str] = set()


def warm(lang: str) -> None:
    """Read the catalogue, the content and the forms of every screen in one language.

    No widget is made and no keeper is asked: every screen is drawn once, from the fictional
    example, so that what a real workspace will touch has been touched before.

    Args:
        lang: the language in which the next page is expected.
    """
    if lang in _read:
        return
    words = messages(lang)
    texts(words)
    today = datetime.now(UTC).astimezone().date()
    workspace = _fictional(lang, today)
    places = [place for screen in SCREENS.values() for place in screen]
    shell = (Shell, {"here": next(iter(SCREENS)), "screens": ()})
    for kind, given in (shell, *places):
        options = {"kinds": kind.kinds, "inside": False, **given}
        words_of(words, sentences(kind.name), tuple(options["kinds"]), kind.vocabularies)
        module(kind.name)
        kind.draws(Scene(workspace, {}, words, today, options))
    _read.add(lang)


def _fictional(lang: str, today: date) -> Workspace:
    if lang not in example_languages("small"):
        return Workspace.of(())
    # Read as what comes from a keeper is: that, too, prepares itself at its first use.
    written = example("small", lang, today)
    return Workspace.of(read_record(one.kind, one.model_dump(mode="json")) for one in written)
