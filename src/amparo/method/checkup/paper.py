"""Can the emergency sheet be followed by frightened people, and does it think of everybody?

Source:
    domain safety rules 4 and 5 (twelve Quick questions, the sheet); method S11.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit
from amparo.model.plan import Rule, Sheet

# The sheet has 150 words; its own headings, numbers and blank lines take about 80 of them.
OWN_WORDS = 70


def no_sheet(look: Look) -> Iterator[Hit]:
    """Fire when there is no emergency sheet."""
    if look.begun and look.sheet is None:
        yield Hit(kind="sheet")


def sheet_no_signs(look: Look) -> Iterator[Hit]:
    """Fire when the sheet does not say how it begins."""
    return (Hit(sheet) for sheet in _sheet(look) if not any(sheet.signs))


def sheet_no_signal(look: Look) -> Iterator[Hit]:
    """Fire when the sheet has no signal."""
    return (Hit(sheet) for sheet in _sheet(look) if not sheet.signal)


def sheet_no_first(look: Look) -> Iterator[Hit]:
    """Fire when the sheet does not say what to do first."""
    return (Hit(sheet) for sheet in _sheet(look) if not any(sheet.first_five))


def sheet_long(look: Look) -> Iterator[Hit]:
    """Fire when the sheet is too long to be copied by hand."""
    for sheet in _sheet(look):
        if words(sheet) > OWN_WORDS:
            yield Hit(sheet, values={"count": words(sheet), "most": OWN_WORDS})


def sheet_look_again(look: Look) -> Iterator[Hit]:
    """Fire when the sheet has no day to look again, or that day is over."""
    for sheet in _sheet(look):
        if sheet.look_again_on is None or look.past(sheet.look_again_on):
            yield Hit(sheet)


def duty_dependants(look: Look) -> Iterator[Hit]:
    """Fire when nobody is with the children, the elders and the sick."""
    for sheet in _sheet(look):
        if all(duty.duty != "children_elders_sick" for duty in sheet.duties):
            yield Hit(sheet)


def duty_no_deputy(look: Look) -> Iterator[Hit]:
    """Fire when a duty of the bad day rests on one letter."""
    for sheet in _sheet(look):
        alone = sum(duty.deputy is None for duty in sheet.duties)
        if alone:
            yield Hit(sheet, values={"count": alone})


def no_care_rule(look: Look) -> Iterator[Hit]:
    """Fire when no rule says how we take care of each other."""
    return _no_rule(look, "care")


def no_family_rule(look: Look) -> Iterator[Hit]:
    """Fire when no rule says what happens with families."""
    return _no_rule(look, "family")


def words(sheet: Sheet) -> int:
    """Count the words of the group that stand on the sheet."""
    lines = (
        *sheet.signs, sheet.signal, sheet.second_signal, sheet.all_clear, *sheet.first_five,
        *(duty.note for duty in sheet.duties), sheet.go_to, *sheet.do_not, *sheet.if_taken,
        *sheet.afterwards, sheet.meet_at,
    )  # fmt: skip
    return sum(len(line.split()) for line in lines)


def _sheet(look: Look) -> tuple[Sheet, ...]:
    return (look.sheet,) if look.sheet else ()


def _no_rule(look: Look, topic: str) -> Iterator[Hit]:
    if look.begun and all(rule.topic != topic for rule in look.all(Rule)):
        yield Hit(kind="rule")
