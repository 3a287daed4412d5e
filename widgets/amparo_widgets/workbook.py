"""A workbook page: the parts on one board, redrawn from the store after every change."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import ipywidgets

from amparo.board import Board
from amparo.session import Session
from amparo_widgets.measure_table import MeasureTable
from amparo_widgets.part import Part
from amparo_widgets.risk_map import RiskMap
from amparo_widgets.stage_bar import StageBar
from amparo_widgets.threat_card import ThreatCard


class Workbook:
    """The parts of one page, all on the same stored state."""

    def __init__(self, lang: str | None = None, session: Session | None = None) -> None:
        chosen = lang or os.environ.get("AMPARO_LANG", "en")
        today = datetime.now(UTC).astimezone().date()
        self._board = Board(session or Session.connect(), chosen, today=today)
        shared: dict[str, Any] = {
            "view": self._board.draw(),
            "lang": self._board.lang,
            "direction": self._board.direction,
        }
        kinds = (StageBar, ThreatCard, RiskMap, MeasureTable)
        self.parts: tuple[Part, ...] = tuple(kind(self.answer, **shared) for kind in kinds)
        # The words are the same for all parts: one copy travels, the others read it in the page.
        self.parts[0].set_trait("words", self._board.texts())

    def answer(self, message: object) -> dict[str, Any]:
        """Answer a message of the page, and show the new state on every part."""
        if isinstance(message, dict) and message.get("type") == "look":
            answer: dict[str, Any] = {"type": "look", "rev": str(message.get("rev", ""))[:64]}
        else:
            answer = self._board.answer(message)
        if answer["type"] != "refused":
            self._redraw()
        return answer

    def _redraw(self) -> None:
        drawn = self._board.draw()
        for part in self.parts:
            part.set_trait("view", drawn)

    def show(self) -> ipywidgets.Widget:
        """Return the page as one box, in reading order."""
        box = ipywidgets.VBox(self.parts)
        box.add_class("amparo-page")
        return box
