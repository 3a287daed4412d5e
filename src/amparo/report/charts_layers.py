"""Put the boxes of a map into layers: the same map always gets the same picture.

The usual four steps of layered drawing, small enough to read: turn around the arrows that
lead back in the order of the boxes, give every box a layer, let long arrows pass through empty
places, and order each layer by the middle of its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """Layers of places from the top, and the chain of places every arrow passes.

    A place is the number of a box, or a number from ``len(boxes)`` up where only an arrow passes.

    Args:
        layers: places from the start side to the end side of the page.
        chains: one a given arrow, from the upper place to the lower.
        turned: arrows whose head is at the upper end.
    """

    layers: tuple[tuple[int, ...], ...]
    chains: tuple[tuple[int, ...], ...]
    turned: tuple[bool, ...]


def layered(count: int, arrows: Sequence[tuple[int, int]], *, most: int) -> Layout:
    """Return layers for *count* boxes.

    Args:
        count: boxes are numbered 0 to count - 1, those who pay or order first.
        arrows: (from, to); none from a box to itself.
        most: boxes that fit side by side.
    """
    # Whoever lists the boxes decides what is up: money then flows down the page.
    turned = [b < a for a, b in arrows]
    down = [(b, a) if t else (a, b) for (a, b), t in zip(arrows, turned, strict=True)]
    layer = _layers(count, down, most)
    places, chains = _chains(layer, down)
    return Layout(_ordered(places, chains), tuple(chains), tuple(turned))


def _layers(count: int, down: Sequence[tuple[int, int]], most: int) -> list[int]:
    """Give each box the first layer below all that lead to it which still has room."""
    before: list[set[int]] = [set() for _ in range(count)]
    for a, b in down:
        before[b].add(a)
    layer = [-1] * count
    filled: dict[int, int] = {}
    waiting = list(range(count))
    while waiting:
        box = next(x for x in waiting if all(layer[y] >= 0 for y in before[x]))
        waiting.remove(box)
        level = max((layer[y] + 1 for y in before[box]), default=0)
        while filled.get(level, 0) >= most:
            level += 1
        layer[box] = level
        filled[level] = filled.get(level, 0) + 1
    return layer


def _chains(
    layer: Sequence[int], down: Sequence[tuple[int, int]]
) -> tuple[list[list[int]], list[tuple[int, ...]]]:
    places: list[list[int]] = [[] for _ in range(max(layer, default=-1) + 1)]
    for box, level in enumerate(layer):
        places[level].append(box)
    following = len(layer)
    chains: list[tuple[int, ...]] = []
    for a, b in down:
        chain = [a]
        for level in range(layer[a] + 1, layer[b]):
            places[level].append(following)
            chain.append(following)
            following += 1
        chains.append((*chain, b))
    return places, chains


def _ordered(places: list[list[int]], chains: list[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Order each layer by where its neighbours stand; keep what crosses least."""
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for chain in chains:
        for upper, lower in pairwise(chain):
            above.setdefault(lower, []).append(upper)
            below.setdefault(upper, []).append(lower)
    best, fewest = [list(row) for row in places], _crossings(places, below)
    rows = [list(row) for row in places]
    for sweep in range(_SWEEPS):
        near = above if sweep % 2 == 0 else below
        order = range(1, len(rows)) if sweep % 2 == 0 else range(len(rows) - 2, -1, -1)
        for level in order:
            other = rows[level - 1 if sweep % 2 == 0 else level + 1]
            rows[level] = _sorted_by_middle(rows[level], other, near)
        crossings = _crossings(rows, below)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return tuple(tuple(row) for row in best)


def _sorted_by_middle(row: list[int], other: list[int], near: dict[int, list[int]]) -> list[int]:
    at = {place: i / max(1, len(other) - 1) for i, place in enumerate(other)}
    own = {place: i / max(1, len(row) - 1) for i, place in enumerate(row)}

    def middle(place: int) -> tuple[float, float]:
        found = [at[x] for x in near.get(place, ()) if x in at]
        return (sum(found) / len(found) if found else own[place], own[place])

    return sorted(row, key=middle)


def _crossings(rows: list[list[int]], below: dict[int, list[int]]) -> int:
    total = 0
    for row, following in pairwise(rows):
        at = {place: i for i, place in enumerate(following)}
        ends = [sorted(at[x] for x in below.get(place, ()) if x in at) for place in row]
        flat = [end for group in ends for end in group]
        total += sum(a > b for i, a in enumerate(flat) for b in flat[i + 1 :])
    return total
