"""Patterns in what happened, in sentences with the numbers that the incidents have on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from amparo.report.blocks import Block, Bullets, Heading, Paragraph, Text
from amparo.report.sections.material import ReportData
from amparo.report.sections.threat_letters import letters_of, threat_letters
from amparo.report.sections.words import Words

if TYPE_CHECKING:
    from amparo.method.patterns import PatternHit

# The numbers of the incidents that make it, and the sentence.
Line = tuple[tuple[int, ...], Text]


def pattern_lines(words: Words, data: ReportData, numbers: Mapping[str, int]) -> tuple[Line, ...]:
    """Return each pattern that the method sees in what was told, the newest first.

    Args:
        words: of the language.
        data: with the whole workspace.
        numbers: id of an incident -> its number on paper.
    """
    from amparo.method import patterns

    letters = threat_letters(data.workspace)
    found: list[Line] = []
    for hit in patterns.find(data.workspace, data.today):
        own = tuple(sorted(numbers[item] for item in hit.incident_ids if item in numbers))
        if own or not hit.incident_ids:
            threats = letters_of(words, hit.threat_ids, letters)
            found.append((own, _pattern(words, hit, own, threats)))
    return tuple(found)


def pattern_blocks(words: Words, found: Sequence[Line]) -> tuple[Block, ...]:
    """Return the patterns as a list; that none was found promises nothing, and says so."""
    lines = tuple(line for _, line in found)
    body: Block = Bullets(lines) if lines else Paragraph(words("pattern.none"))
    return Heading(words("pattern.title"), level=2), body


def _pattern(words: Words, hit: PatternHit, numbers: Iterable[int], threats: str) -> Text:
    parts = [words.method(hit.key, **hit.facts)]
    listed = words.joined("letters", map(str, numbers))
    if listed:
        parts.append(words("pattern.where", numbers=listed))
    if threats:
        parts.append(words("pattern.look", letters=threats))
    if hit.looked_at:
        parts.append(words("pattern.seen"))
    return " ".join(parts)
