"""What every part of a screen has in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import traitlets
from anywidget import AnyWidget

_STATIC = Path(__file__).with_name("static")

Answer = Callable[[object], dict[str, Any]]


def static(name: str) -> str:
    """Return the text of one file beside the parts."""
    return (_STATIC / name).read_text("utf-8")


def module(name: str) -> str:
    """Return a part's ES module with the shared helpers in front of it.

    anywidget loads a module from a blob address, where a relative import would fail.
    """
    return static("common.js") + "\n" + static(f"{name}.js")


class Part(AnyWidget):
    """One part: the board's words and view go in, messages of the page come out.

    Traits:
        words: sentences, choices and groups (see ``Board.texts``).
        view: the stored state (see ``Board.draw``); only the board changes it.
        lang, direction: for the part's own ``lang`` and ``dir``.
    """

    _css = static("parts.css")
    words = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("en").tag(sync=True)
    direction = traitlets.Unicode("ltr").tag(sync=True)

    def __init__(self, answer: Answer, **traits: Any) -> None:
        super().__init__(**traits)
        self._answer = answer
        self.on_msg(self._on_page_message)

    def _on_page_message(self, _widget: object, content: object, _buffers: object) -> None:
        self.send(self._answer(content))
