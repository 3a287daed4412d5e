"""What a kernel does before a page takes it: read everything a page needs, show nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from amparo.board import Scene
from amparo.board.words import part as words_of
from amparo.board.words import texts
from amparo.messages import Messages, messages
from amparo.model.workspace import Workspace
from amparo_widgets.part import Part, module, sentences
from amparo_widgets.screens import SCREENS
from amparo_widgets.shell import Shell

# A kernel that is forked from a process that has read all this has it too.
_read: set[str] = set()


def warm(lang: str) -> None:
    """Read the catalogue, the content and the forms of every screen in one language.

    No widget is made and no keeper is asked: every screen is drawn once from an empty workspace.

    Args:
        lang: the language in which the next page is expected.
    """
    if lang in _read:
        return
    words = messages(lang)
    texts(words)
    _draw(Shell, {"here": next(iter(SCREENS)), "screens": ()}, words)
    for places in SCREENS.values():
        for kind, options in places:
            _draw(kind, options, words)
    _read.add(lang)


def _draw(kind: type[Part], options: dict[str, Any], words: Messages) -> None:
    options = {"kinds": kind.kinds, "inside": False, **options}
    words_of(words, sentences(kind.name), tuple(options["kinds"]), kind.vocabularies)
    module(kind.name)
    today = datetime.now(UTC).astimezone().date()
    kind.draws(Scene(Workspace.of(()), {}, words, today, options))
