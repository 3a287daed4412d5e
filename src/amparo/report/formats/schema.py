"""Writes docs/reference/records.schema.json, the shape of a JSON export, from the models.

``python -m amparo.report.formats.schema > docs/reference/records.schema.json``; a test holds the
two in step.
"""

from __future__ import annotations

import json
import sys
from typing import Any, get_args

from pydantic.json_schema import models_json_schema

from amparo.model.reach import Audience
from amparo.model.registry import RECORD_TYPES
from amparo.report.audiences import REPORTS
from amparo.report.formats.json_file import FORMAT

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXTS: Schema = {"type": "array", "items": {"type": "string"}}


def schema() -> Schema:
    """Return the JSON Schema (2020-12) of an export.

    An export for the keepers has every field of every record. For any other reader a field that
    was cut is absent.
    """
    return {
        "$schema": _DIALECT,
        "title": "Records of a workspace, or of one report",
        "type": "object",
        "required": ["format", "report", "audience", "lang", "records"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "report": {"enum": sorted(REPORTS)},
            "audience": {"enum": list(get_args(Audience))},
            "lang": {"type": "string", "pattern": "^[a-z]{2,8}$"},
            "records": {"type": "array", "items": {"$ref": "#/$defs/record"}},
            "tables": {"type": "array", "items": {"$ref": "#/$defs/table"}},
        },
        "if": {"properties": {"audience": {"const": "keepers"}}},
        "then": {"properties": {"records": {"items": {"$ref": "#/$defs/whole_record"}}}},
        "$defs": _definitions(),
    }


def _definitions() -> Schema:
    kinds = {model.kind: model for model in RECORD_TYPES}
    places, made = models_json_schema(
        [(model, "validation") for model in kinds.values()],
        ref_template="#/$defs/{model}",
    )
    parts: Schema = made["$defs"]
    names = {model: place["$ref"].rpartition("/")[2] for (model, _), place in places.items()}
    for model in kinds.values():
        parts[names[model]].pop("required")
    whole = {kind: {"required": sorted(model.model_fields)} for kind, model in kinds.items()}
    refs = {kind: {"$ref": f"#/$defs/{names[model]}"} for kind, model in kinds.items()}
    table = {
        "title": {"type": "string"},
        "heads": _TEXTS,
        "rows": {"type": "array", "items": _TEXTS},
    }
    return {
        **parts,
        "record": {
            "type": "object",
            "required": ["kind", "values"],
            "additionalProperties": False,
            "properties": {"kind": {"enum": list(kinds)}, "values": {"required": ["id"]}},
            "allOf": _by_kind(refs),
        },
        "whole_record": {"allOf": _by_kind(whole)},
        "table": {
            "type": "object",
            "required": sorted(table),
            "additionalProperties": False,
            "properties": table,
        },
    }


def _by_kind(values: dict[str, Schema]) -> list[Schema]:
    return [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": {"values": value}},
        }
        for kind, value in values.items()
    ]


def as_text() -> str:
    """Return the schema as it stands in its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text())
