"""Which records a file of data holds: those its report speaks of, in the order of the method."""

from __future__ import annotations

from amparo.model.base import Record
from amparo.model.registry import RECORD_TYPES
from amparo.report.audiences import REPORTS
from amparo.report.parameters import OneStep, Parameters, Period, read_parameters
from amparo.report.sections.material import ReportData

_PLACE = {model.kind: place for place, model in enumerate(RECORD_TYPES)}


def speaks_of_records(data: ReportData) -> bool:
    """Tell whether the report has records of its own; else only what stands on its paper counts."""
    return REPORTS[data.report].kinds != ()


def chosen_records(data: ReportData) -> tuple[Record, ...]:
    """Return the records of the report, by kind and then in the order they were made."""
    if not speaks_of_records(data):
        return ()
    report = REPORTS[data.report]
    asked = read_parameters(data.report, data.parameters)
    chosen = (
        record
        for record in data.workspace
        if report.speaks_of(record.kind) and _is_asked_for(record, asked)
    )
    return tuple(sorted(chosen, key=lambda record: _PLACE[record.kind]))


def _is_asked_for(record: Record, asked: Parameters) -> bool:
    if isinstance(asked, OneStep):
        return asked.step is None or record.step.lower() == asked.step
    if isinstance(asked, Period) and "on" in record.model_fields_set:
        return asked.holds(getattr(record, "on"))  # noqa: B009 (two kinds have it)
    return True
