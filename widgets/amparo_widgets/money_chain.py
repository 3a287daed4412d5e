"""Who owns, pays, orders, guards, buys and permits."""

from __future__ import annotations

from amparo.board.parts import money_chain
from amparo_widgets.part import Part


class MoneyChain(Part):
    """Who owns, pays, orders, guards, buys and permits."""

    name = "money_chain"
    draws = staticmethod(money_chain.draw)
    kinds = money_chain.KINDS
