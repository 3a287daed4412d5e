"""Is the knowledge of the catalogue, on which we lean, too old?

Source:
    method S12 (check before use); what is old is told by the content itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from amparo.method.checkup.look import Look
from amparo.method.checkup.values import Hit


def measure_old(look: Look) -> Iterator[Hit]:
    """Fire when a measure comes from a page of the catalogue that is past its review."""
    old = look.content.old_measures
    return (Hit(measure) for measure in look.measures if measure.from_catalogue in old)


def mechanism_old(look: Look) -> Iterator[Hit]:
    """Fire when we ask at a door whose description is past its review."""
    old = look.content.old_mechanisms
    return (Hit(request) for request in look.requests if request.mechanism_id in old)
