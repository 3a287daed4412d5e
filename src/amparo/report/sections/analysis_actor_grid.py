"""Analysis: where everybody stands towards us, and with how much weight."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from amparo.model.actors import Actor
from amparo.report.blocks import Block, Heading, Paragraph
from amparo.report.blocks_charts import ActorGrid, PlacedActor
from amparo.report.sections.words import Words
from amparo.wording.discreet import short

_WORDS_MOST = 5
_STANCES = range(-2, 3)


def short_label(actor: Actor) -> str:
    """Return a few words for a small box; what follows a comma or a bracket is in the table."""
    return short(re.split(r"[,(;:]", actor.label)[0].strip() or actor.label, _WORDS_MOST)


def actor_grid(words: Words, actors: Sequence[Actor]) -> tuple[Block, ...]:
    """Return the grid of stance and influence, the heaviest first in a cell."""
    stances = (
        *(words.method(f"choice.stance.{stance}") for stance in _STANCES),
        words("stance.unknown"),
    )
    placed = tuple(
        PlacedActor(
            short_label(actor), actor.influence, actor.stance or 0, actor.stance is not None
        )
        for actor in actors
    )
    influences = tuple(words(f"influence.{step}") for step in range(1, 6))
    alt = words("grid.alt", all=words.joined("items", _told(words, actors, stances)))
    return (
        Heading(words("grid.title"), level=2),
        Paragraph(words("grid.how")),
        ActorGrid(alt, placed, stances, influences),
    )


def _told(words: Words, actors: Sequence[Actor], stances: Sequence[str]) -> Iterable[str]:
    for stance, name in zip((*_STANCES, None), stances, strict=True):
        here = [
            f"{short_label(actor)} ({words(f'influence.{actor.influence}')})"
            for actor in actors
            if actor.stance == stance
        ]
        if here:
            yield f"{name}: {words.joined('letters', here)}"
