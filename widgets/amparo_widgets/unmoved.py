"""Widgets that their page can see and speak to, and never move.

ipywidgets lets a page set every synced trait. Ours shows what the store holds: a page sends
messages, Python decides. So everything but a message and a question is passed over here, also a
shape that would make ipywidgets fail.
"""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

_HEARD = frozenset({"custom", "request_state"})


def is_heard(msg: dict[str, Any]) -> bool:
    """Tell whether a message of a page is one of the two kinds that move nothing by themselves."""
    data = msg["content"].get("data")
    method = data.get("method") if isinstance(data, dict) else None
    return isinstance(method, str) and method in _HEARD


class FixedLayout(ipywidgets.Layout):
    """The layout of an unmoved widget."""

    def _handle_msg(self, msg: dict[str, Any]) -> None:
        if is_heard(msg):
            super()._handle_msg(msg)


class Unmoved(ipywidgets.DOMWidget):
    """Mixed into a widget: its page cannot set a trait of it, nor of its layout."""

    @traitlets.default("layout")
    def _default_layout(self) -> FixedLayout:
        return FixedLayout()

    def _handle_msg(self, msg: dict[str, Any]) -> None:
        if is_heard(msg):
            super()._handle_msg(msg)


class Box(Unmoved, ipywidgets.Box):
    """A box that its page cannot refill."""


class VBox(Unmoved, ipywidgets.VBox):
    """A column that its page cannot refill."""
