"""Readers of one's own get less than a usual one, never more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.content.examples import example
from amparo.keeper.report_cut import cut
from amparo.messages import languages, messages
from amparo.model.reach import AUDIENCES, Audience
from amparo.model.registry import BY_KIND
from amparo.report.own_audiences import OwnAudience, OwnAudiencesError, read_audiences

RECORDS = example("large", "en", date(2026, 11, 24))
NAMES = sorted(
    name
    for kind, model in BY_KIND.items()
    for name in (kind, *(f"{kind}.{field}" for field in model.model_fields))
)
GOOD = "audiences:\n  lawyers: {like: group, without: [measure.owner_role, rule]}\n  press:\n    like: public\n"


def _file(folder: Path, text: str) -> Path:
    path = folder / "readers.yaml"
    path.write_text(text, "utf-8")
    return path


def _problems(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(OwnAudiencesError) as caught:
        read_audiences(path)
    for lang in languages():
        for issue in caught.value.issues:
            assert "⟦" not in issue.sentence(messages(lang))
    return [(issue.line, issue.key.removeprefix("audience_")) for issue in caught.value.issues]


def test_a_file_of_readers_is_read(tmp_path: Path) -> None:
    """What a trainer writes in five lines is understood."""
    assert read_audiences(_file(tmp_path, GOOD)) == {
        "lawyers": OwnAudience("group", ("measure.owner_role", "rule")),
        "press": OwnAudience("public"),
    }


@given(
    audience=st.sampled_from(AUDIENCES),
    without=st.frozensets(st.sampled_from(NAMES), max_size=40),
)
def test_a_reader_of_ones_own_never_gets_more(audience: Audience, without: frozenset[str]) -> None:
    """A slip in a file must not open what the usual reader may not see."""
    for record in RECORDS:
        usual, own = cut(record, audience), cut(record, audience, without)

        assert own is None or (
            usual is not None and own["values"].items() <= usual["values"].items()
        )
        assert own is None or record.kind not in without
        assert own is None or not {f"{record.kind}.{name}" for name in own["values"]} & without


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("audiences:\n  a: {like: group, without: [poem]}\n", [(2, "unknown")]),
        ("audiences:\n  a: {like: group, without: [measure.poem]}\n", [(2, "unknown")]),
        ("audiences:\n  a:\n    like: group\n    without:\n    - rule\n    - measure.title\n",
         [(6, "needed")]),
        ("audiences:\n  a: {like: group, without: [measure.id]}\n", [(2, "needed")]),
        ("audiences:\n  a: {like: everybody}\n", [(2, "like")]),
        ("audiences:\n  a: {like: [group]}\n", [(2, "like")]),
        ("audiences:\n  a: {like: group, more: [incident]}\n", [(2, "shape")]),
        ("audiences:\n  a: {without: [rule]}\n", [(2, "shape")]),
        ("audiences:\n  a: group\n", [(2, "shape")]),
        ("audiences:\n  a: {like: group, without: rule}\n", [(2, "shape")]),
        ("audiences: [a]\n", [(1, "shape")]),
        ("audiences: {}\nmore: 1\n", [(1, "shape")]),
        ("audiences:\n  keepers: {like: keepers}\n", [(2, "name")]),
        ("audiences:\n  ../x: {like: group}\n", [(2, "name")]),
        ("audiences:\n  María: {like: group}\n", [(2, "name")]),
        ("- a\n", [(1, "not_a_mapping")]),
        ("audiences: &x {}\n", [(1, "anchor")]),
        ("", [(1, "not_a_mapping")]),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line(
    tmp_path: Path, text: str, expected: list[tuple[int, str]]
) -> None:
    """A name that is written wrongly must not be passed over: it would be shown."""
    assert _problems(_file(tmp_path, text)) == expected


def test_a_file_that_is_not_there_or_too_big_is_refused(tmp_path: Path) -> None:
    """A typing mistake in the name is no crash, and no file fills the memory."""
    assert _problems(tmp_path / "none.yaml") == [(1, "file_missing")]
    assert _problems(_file(tmp_path, "#" * 3_000_000)) == [(1, "too_big")]
