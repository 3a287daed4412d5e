"""What can be printed, for whom, and what each sheet holds."""

from __future__ import annotations

from amparo.board.parts import papers
from amparo_widgets.part import Part


class Papers(Part):
    """What can be printed, for whom, and what each sheet holds."""

    name = "papers"
    draws = staticmethod(papers.draw)
