"""Is there something for the bad day, something that prevents, something on the causes?

Source:
    method S10 (balance check; after seed, helpline23, pi_networks) and domain safety rule 7:
    three counts instead of a share; owners' gender and active people are asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from amparo.method.causes import drivers_with_measure, is_complete, open_drivers
from amparo.method.findings import Finding, Question
from amparo.method.findings import questions as questions_of
from amparo.method.priorities import ranked
from amparo.method.purpose import Purpose, is_open, live, live_for, purpose
from amparo.method.uncut import whole
from amparo.model.context import CausePath
from amparo.model.measures import Measure
from amparo.model.threats import Threat
from amparo.model.vocabularies import Approach, Phase, ThreatType
from amparo.model.workspace import Workspace

PER_OWNER = 3
# With fewer owned measures, one owner says nothing yet.
_ENOUGH_OWNED = 3
# The threat types of the category ``legal`` in taxonomies.yaml; a test compares the two.
LEGAL_THREATS: frozenset[ThreatType] = frozenset(
    {
        "criminalisation",
        "slapp",
        "administrative_harassment",
        "restrictive_law",
        "travel_ban",
        "counterterror_misuse",
        "reprisal_complaint",
        "impunity_denial",
    }
)


@dataclass(frozen=True, slots=True)
class Balance:
    """Three counts, and a grid of 3 phases (rows) by 4 approaches (columns)."""

    ready_for_bad_day: int
    prevents: int
    acts_on_causes: int
    grid: tuple[tuple[int, ...], ...]


def counts(ws: Workspace) -> Balance:
    """Count what the measures that were not dropped are for.

    A whole cause path counts as acting on causes when no measure acts on its driver. In the
    grid a measure with several phases is counted in each.

    Source:
        domain safety rule 7.
    """
    measures = live(ws)
    by_purpose: Counter[Purpose] = Counter(purpose(measure) for measure in measures)
    return Balance(
        ready_for_bad_day=by_purpose["ready"],
        prevents=by_purpose["prevents"],
        acts_on_causes=by_purpose["causes"] + _paths_alone(ws),
        grid=_grid(measures),
    )


def warnings(ws: Workspace) -> tuple[Finding, ...]:
    """Return what is out of balance, B1 to B6; nothing for a workspace just begun.

    Source:
        method S10, domain safety rule 7 (B1 is replaced by the three counts).
    """
    if not live(ws) and not whole(ws, Threat):
        return ()
    return (*_zero_counts(ws), *_causes(ws), *_empty_cells(ws), *_owners(ws), *_dimensions(ws))


def questions() -> tuple[Question, ...]:
    """Return what must be asked because no record holds it: parts of B4 and B5."""
    return questions_of("B")


def _paths_alone(ws: Workspace) -> int:
    paths = {path.driver_id for path in whole(ws, CausePath) if is_complete(path)}
    return len(paths - drivers_with_measure(ws))


def _grid(measures: tuple[Measure, ...]) -> tuple[tuple[int, ...], ...]:
    cells = Counter((phase, m.approach) for m in measures for phase in set(m.phases))
    return tuple(
        tuple(cells[phase, approach] for approach in get_args(Approach))
        for phase in get_args(Phase)
    )


def _zero_counts(ws: Workspace) -> Iterator[Finding]:
    balance = counts(ws)
    for part, count in (
        ("ready", balance.ready_for_bad_day),
        ("prevents", balance.prevents),
        ("causes", balance.acts_on_causes),
    ):
        if count == 0:
            yield Finding("B1", part=part)


def _causes(ws: Workspace) -> Iterator[Finding]:
    for driver in open_drivers(ws):
        yield Finding("B2", (driver.id,), part="driver")


def _empty_cells(ws: Workspace) -> Iterator[Finding]:
    for item in ranked(ws):
        if item.band not in ("high", "extreme"):
            continue
        filled = {phase for m in live_for(ws, item.threat.id) for phase in m.phases}
        for phase in ("during", "after"):
            if phase not in filled:
                yield Finding("B3", (item.threat.id,), part=phase)


def _owners(ws: Workspace) -> Iterator[Finding]:
    measures = live(ws)
    if len(measures) > 1 and all(measure.level == "individual" for measure in measures):
        yield Finding("B4", tuple(measure.id for measure in measures), part="one_level")
    owned = [measure for measure in measures if measure.owner_role]
    owners = {measure.owner_role for measure in owned}
    if len(owned) >= _ENOUGH_OWNED and len(owners) == 1:
        yield Finding("B4", tuple(measure.id for measure in owned), part="one_owner")
    load = Counter(measure.owner_role for measure in owned if is_open(measure))
    for owner, count in sorted(load.items(), key=lambda pair: str(pair[0])):
        if count > PER_OWNER:
            ids = tuple(m.id for m in owned if m.owner_role == owner and is_open(m))
            yield Finding("B5", ids, {"owner": str(owner), "count": count}, "owner_load")


def _dimensions(ws: Workspace) -> Iterator[Finding]:
    covered = {measure.dimension for measure in live(ws)}
    if "psychosocial" not in covered:
        yield Finding("B6", part="care")
    legal = tuple(t.id for t in whole(ws, Threat) if t.threat_type in LEGAL_THREATS)
    if legal and "legal" not in covered:
        yield Finding("B6", legal, part="legal")
