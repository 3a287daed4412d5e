"""A report as JSON: its records as they are kept, only the fields that its reader may see.

``docs/reference/records.schema.json`` says what may stand in it.
"""

from __future__ import annotations

import json
from typing import Any

from amparo.report.formats.chosen import chosen_records, speaks_of_records
from amparo.report.formats.paper_tables import paper_tables
from amparo.report.made import Made

FORMAT = 1


def write(made: Made) -> bytes:
    """Return one JSON object in UTF-8, names sorted; the same records give the same bytes.

    Records stand by kind and then in the order they were made, which an import keeps.

    Raises:
        ReportError: the report cannot be made.
    """
    data = made.data
    whole: dict[str, Any] = {
        "format": FORMAT,
        "report": data.report,
        "audience": data.audience,
        "lang": data.lang,
        "records": [
            {
                "kind": record.kind,
                "values": record.model_dump(mode="json", include=set(record.model_fields_set)),
            }
            for record in chosen_records(data)
        ],
    }
    if not speaks_of_records(data):
        whole["tables"] = [
            {
                "title": table.title,
                "heads": [head.words for head in table.heads],
                "rows": [list(row) for row in table.rows],
            }
            for table in paper_tables(made.document)
        ]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()
