"""What may enter the store: nothing is kept because a client says it is fine."""

from __future__ import annotations

from typing import Any

from amparo.errors import SexualIncidentError
from amparo.model.base import Record
from amparo.model.incidents import Incident
from amparo.model.registry import read_record


def admit(kind: str, fields: dict[str, Any]) -> Record:
    """Build the record a client wants to save, checking every value again.

    Raises:
        RecordError: a value breaks a rule.
        SexualIncidentError: it would log an act of sexual violence in the shared workspace.

    Source:
        domain safety rule 1.3: only a measure may be recorded there.
    """
    record = read_record(kind, fields)
    if isinstance(record, Incident) and record.incident_kind == "i_sexual":
        raise SexualIncidentError(
            "incident of this kind is not kept here", fields=(("incident_kind", "not_kept_here"),)
        )
    return record
