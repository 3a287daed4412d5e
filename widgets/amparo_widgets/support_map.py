"""Who can help, with whose consent, and what is checked before anybody asks."""

from __future__ import annotations

from amparo.board.parts import support_map
from amparo_widgets.part import Part


class SupportMap(Part):
    """Who can help, with whose consent, and what is checked before anybody asks."""

    name = "support_map"
    draws = staticmethod(support_map.draw)
    kinds = support_map.KINDS
    page_may_set = frozenset({"category"})
