"""``amparo import``: first what would change, then the change, and never what somebody wrote."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from amparo.cli import import_command
from amparo.content.examples import example as example_records
from amparo.messages import messages
from amparo.model.base import Record
from amparo.model.measures import Measure
from amparo.model.registry import RECORD_TYPES
from amparo.session import Ack, Stored

Run = Callable[..., subprocess.CompletedProcess[str]]
LANGS = ("ar", "en", "es", "fr")
TODAY = date(2026, 11, 24)


class HeldSession:
    """A session without a keeper."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = {record.id: (record, 1) for record in records}

    def stored(self) -> tuple[Stored, ...]:
        return tuple(Stored(record, version, 1) for record, version in self.records.values())

    def status(self) -> Any:
        return SimpleNamespace(seq=len(self.records))

    def history(self, record_id: str) -> tuple[str, ...]:
        return ("deleted",) if record_id == "d" * 32 else ()

    def save_many(self, items: Iterable[tuple[Record, int | None]]) -> Ack:
        for record, expected in items:
            assert expected == self.records.get(record.id, (record, None))[1]
            self.records[record.id] = (record, (expected or 0) + 1)
        return Ack(1, 1, datetime.now(UTC))


@pytest.fixture(scope="module")
def small() -> tuple[Record, ...]:
    return example_records("small", "es", TODAY)


@pytest.fixture
def session(small: tuple[Record, ...]) -> HeldSession:
    return HeldSession(small)


@pytest.fixture
def give(
    session: HeldSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Return ``give(records, *options, lang=)``: the command on a file with these records."""

    @contextmanager
    def opened(*_: object) -> Iterator[HeldSession]:
        yield session

    monkeypatch.setattr(import_command, "opened", opened)
    monkeypatch.setattr(import_command, "opener", lambda *_: None)

    def run(records: Iterable[Any], *options: str, lang: str = "en") -> Result:
        monkeypatch.setenv("AMPARO_LANG", lang)
        path = tmp_path / "sent.json"
        path.write_text(json.dumps({"format": 1, "records": list(records)}), "utf-8")
        return CliRunner().invoke(
            import_command.command, [str(path), "w", *options], standalone_mode=False
        )

    return run


def _told(*records: Record) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "values": one.model_dump(mode="json")} for one in records]


def _measure(small: tuple[Record, ...]) -> Measure:
    return next(record for record in small if isinstance(record, Measure))


@pytest.mark.parametrize("lang", LANGS)
def test_a_changed_file_is_shown_first_and_saved_only_when_told(
    give: Any, session: HeldSession, small: tuple[Record, ...], lang: str
) -> None:
    """Whoever takes in a file from somebody else sees what it does before it is done."""
    measure = _measure(small)
    changed = measure.with_changes(title="Secret thing", sensitivity="clear")
    file = _told(*(changed if record is measure else record for record in small))

    shown = give(file, lang=lang)
    untouched = session.records[measure.id]
    saved = give(file, "--apply", lang=lang)
    after = give(file, "--apply", lang=lang)

    words = messages(lang)
    told = {"kind": words.text("kind.measure"), "id": measure.id[:8]}
    fields = words.text("field.measure.title"), words.text("field.record.sensitivity")
    assert words.text("cli.import.changed", **told, fields=fields[0]) in shown.stdout
    assert words.text("cli.import.left", **told, fields=fields[1]) in shown.stdout
    assert words.text("cli.import.dry") in shown.stdout
    assert untouched == (measure, 1)
    assert words.text("cli.import.done", number=1) in saved.stdout
    assert session.records[measure.id] == (measure.with_changes(title="Secret thing"), 2)
    assert words.text("cli.import.nothing") in after.stdout
    for one in (shown, saved, after):
        assert one.return_value == 0
        assert "Secret" not in one.stdout
        assert "⟦" not in one.stdout


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_refused_is_named_by_row_and_nothing_is_saved(
    give: Any, session: HeldSession, lang: str
) -> None:
    """Half a table is worse than none."""
    good = {"id": "1" * 32, "created_on": "2026-11-24", "title": "Secret"}
    rows = [good, {**good, "id": "2" * 32, "due": "tonight"}, {**good, "id": "d" * 32}]
    records = [{"kind": "measure", "values": values} for values in rows]

    done = give([*records, {"kind": "person", "values": {}}], "--apply", lang=lang)

    words = messages(lang)
    place = {"table": words.text("kind.measure.many"), "row": 2, "column": "due"}
    line = words.text("cli.import.refused_column", **place, why=words.text("import.why.day"))
    assert done.return_value == 1
    assert line in done.stdout
    assert words.text("import.why.deleted") in done.stdout
    assert words.text("cli.import.unknown") in done.stdout
    assert words.text("cli.import.mend") in done.stdout
    assert not any(text in done.stdout for text in ("Secret", "tonight", "person", "⟦"))
    assert "1" * 32 not in session.records


def test_every_kind_and_field_that_can_change_has_a_name() -> None:
    """The list names fields, so each of them needs a name."""
    for lang in LANGS:
        for model in RECORD_TYPES:
            for name in set(model.model_fields) - {"id"}:
                keys = (
                    f"field.{model.kind}.{name}",
                    f"field.record.{name}",
                    f"report.tables.{name}",
                )
                assert any(messages(lang).has(key) for key in keys), (lang, model.kind, name)


def test_a_file_is_compared_with_a_real_workspace(
    amparo: Run,
    example: Path,
    identity: tuple[Path, str],
    small: tuple[Record, ...],
    tmp_path: Path,
) -> None:
    """The way somebody types it, and nothing is changed."""
    path = tmp_path / "sent.json"
    measure = _measure(small).with_changes(title="Otra cosa secreta")
    path.write_text(json.dumps({"format": 1, "records": _told(measure)}), "utf-8")

    done = amparo("import", path, example, "--identity-file", identity[0], lang="es")

    assert done.returncode == 0, done.stderr
    counts = {"new": 0, "changed": 1, "same": 0, "refused": 0}
    kind = messages("es").text("kind.measure.many")
    assert messages("es").text("cli.import.kind", kind=kind, **counts) in done.stdout
    assert "secreta" not in done.stdout


def test_a_file_that_must_not_be_read_is_one_sentence(amparo: Run, tmp_path: Path) -> None:
    """Before anybody is asked for a passphrase."""
    path = tmp_path / "deep.json"
    path.write_bytes(b'{"format":' + b"[" * 900_000)

    done = amparo("import", path, tmp_path / "none", lang="es")

    assert done.returncode == 2
    assert done.stderr.strip() == messages("es").text("import.file.too_deep")
    assert done.stdout == ""
