"""The threats: one sentence each, how likely, how bad, how sure."""

from __future__ import annotations

from amparo_widgets.part import Part, module


class ThreatCard(Part):
    """The threats: one sentence each, how likely, how bad, how sure."""

    _esm = module("threat_card")
