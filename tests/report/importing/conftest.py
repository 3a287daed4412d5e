"""Exports of the large example in every form, and the records they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from amparo.content.examples import example
from amparo.model.base import Record
from amparo.model.registry import read_record, to_json
from amparo.model.workspace import Workspace
from amparo.report.formats import format_of
from amparo.report.importing import Changes, changes_for, read_proposals
from amparo.report.made import Made
from amparo.report.sections.material import Material
from amparo.session import Stored

TODAY = date(2026, 11, 24)
# The program writes these; a file does not bring them along.
PROGRAMS_OWN = {"example": False, "store_seq": 0}
Export = Callable[..., Path]
Compare = Callable[..., Changes]


@pytest.fixture(scope="session")
def records() -> tuple[Record, ...]:
    """The large example as a real workspace holds it, with a value in every way a field can be."""
    made = example("large", "en", TODAY)
    return tuple(
        record.with_changes(**{name: value for name, value in PROGRAMS_OWN.items()
                               if name in type(record).model_fields})
        for record in made
    )  # fmt: skip


@pytest.fixture(scope="session")
def export(records: tuple[Record, ...], tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Return ``export(form, report="notes", audience="keepers", of=records)``: a file, made once."""
    folder = tmp_path_factory.mktemp("exports")
    known: dict[tuple[object, ...], Path] = {}

    def make(
        form: str, report: str = "notes", audience: str = "keepers",
        of: tuple[Record, ...] | None = None,
    ) -> Path:  # fmt: skip
        key = (form, report, audience, of)
        if key not in known:
            whole = Workspace.of(records if of is None else of)
            cut = whole.for_audience(audience)  # type: ignore[arg-type]
            data = Material(cut, report, audience, "en", None, TODAY)  # type: ignore[arg-type]
            known[key] = folder / f"{len(known)}"
            known[key].write_bytes(format_of(form).write(Made(report, "0" * 32, lambda _: data)))
        return known[key]

    return make


@pytest.fixture
def compare() -> Compare:
    """Return ``compare(path, stored)``: what the file would change in these records."""

    def changes(path: Path, stored: Iterable[Record], **options: object) -> Changes:
        held = [Stored(record, 3, 7) for record in stored]
        found = read_proposals(path).records
        return changes_for(found, held, today=TODAY, **options)  # type: ignore[arg-type]

    return changes


@pytest.fixture(scope="session")
def digest() -> Callable[[Iterable[Record]], str]:
    """Return one number for all that records say."""

    def number(records: Iterable[Record]) -> str:
        texts = sorted(
            to_json(read_record(one.kind, one.model_dump(mode="json"))) for one in records
        )
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()

    return number
