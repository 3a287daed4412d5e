"""Wallet cards: what to say when somebody is stopped or taken, and two lines to fill in by hand.

Nothing of the workspace stands on them: no code word, no signal, no place, nothing of the group.
Each pair is cut out as one piece and folded: what I say in front, what is written by hand behind.

Source:
    domain safety rule 5 (wallet card: rights, and a lawyer's number by hand); umbrella,
    fld_workbook and jass (curricula/foundations/sources.yaml) through the measures
    m_arrest_protocol and m_know_rights. The choice and the words of the lines, and to say aloud
    that one is hurt, are practice knowledge that no practitioner has reviewed yet. Rights differ
    by country, so the page says outside the cards that a lawyer of the country checks them first.
"""

from __future__ import annotations

from amparo.model.process import Process
from amparo.report.blocks import Blanks, Block, Bullets, CutCards, Paragraph, Spacer, strong
from amparo.report.sections.material import ReportData
from amparo.report.sections.words import Words

LINES = ("why", "silent", "sign", "ask", "hurt")
# A page holds so many pairs of 54 mm between margins that every printer reaches.
_PAIRS = {"a4": 4, "letter": 4, "oficio": 5}
_USUAL = "a4"


def wallet_blocks(data: ReportData) -> tuple[Block, ...]:
    """Eight or ten cards of 85 x 54 mm, in pairs that fold, and two lines outside them."""
    words = Words(data.lang)
    pair = (_front(words), _back(words))
    cards = pair * _PAIRS.get(_paper(data), _PAIRS["letter"])
    return (
        Paragraph(strong(words("wallet.check"))),
        Paragraph(words("wallet.cut")),
        CutCards(cards, folds=True),
    )


def _paper(data: ReportData) -> str:
    process = data.workspace.one(Process)
    return data.paper or (process.paper if process else _USUAL)


def _front(words: Words) -> tuple[Block, ...]:
    lines = tuple(words(f"wallet.{line}") for line in LINES)
    return Paragraph(strong(words("wallet.title"))), Bullets(lines)


def _back(words: Words) -> tuple[Block, ...]:
    lawyer, medicine = (Blanks(2, label=words(f"wallet.{name}")) for name in ("lawyer", "medicine"))
    return Spacer(0.2), lawyer, Spacer(0.5), medicine
