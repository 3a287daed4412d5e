from __future__ import annotations

import secrets
from typing import Any

import pytest

from amparo.errors import AudienceError
from amparo.model.incidents import Incident
from amparo.model.threats import Threat
from amparo.model.workspace import Workspace
from amparo.report.blocks_charts import Timeline
from amparo.report.opened import Report
from amparo.report.sections.analysis_context import incidents_blocks, told_incidents
from amparo.report.sections.threat_letters import threat_letters

SIZES_AND_LANGUAGES = [
    ("small", "ar"),
    *((size, lang) for size in ("small", "large") for lang in ("en", "es", "fr")),
]


@pytest.mark.parametrize(("size", "lang"), SIZES_AND_LANGUAGES)
@pytest.mark.parametrize("report", ["sheet", "plan", "analysis"])
def test_every_sentence_is_translated(printed: Any, report: str, size: str, lang: str) -> None:
    """A key between brackets on paper helps nobody."""
    assert "⟦" not in printed(report, lang, size).text


def test_a_new_threat_without_judgement_stands_in_the_analysis(
    workspaces: Any, printed: Any
) -> None:
    """What nobody judged yet must not disappear."""
    threat = Threat(
        id=secrets.token_hex(16),
        created_on=workspaces("small", "en").records[0].created_on,
        sentence="Somebody could close the well",
        threat_type="movement_blockade",
    )

    paper = printed("analysis", of=Workspace.of((*workspaces("small", "en"), threat)))

    assert "Somebody could close the well" in paper.text
    assert "not judged yet" in paper.text


def test_sexual_violence_is_in_no_picture_list_or_count(workspaces: Any, material: Any) -> None:
    """Safety rule 1.3: a count of one outs somebody."""
    sealed = Incident(
        id=secrets.token_hex(16),
        created_on=workspaces("large", "en").records[0].created_on,
        on="2026-11-20",  # type: ignore[arg-type]
        incident_kind="i_sexual",
        severity=4,
        certainty="seen",
        what_happened="Zzmarker",
    )
    with_it = material("analysis", of=Workspace.of((*workspaces("large", "en"), sealed)))

    blocks = incidents_blocks(with_it)

    assert sealed not in told_incidents(with_it)
    assert blocks == incidents_blocks(material("analysis", size="large"))


def test_the_timeline_shows_every_incident_once(material: Any) -> None:
    """A pattern is only seen when all its parts are there."""
    data = material("analysis", size="large")

    (line,) = (block for block in incidents_blocks(data) if isinstance(block, Timeline))

    assert len(line.happenings) == len(told_incidents(data))


def test_patterns_of_the_large_example_are_told(printed: Any) -> None:
    """They are why incidents are written down at all."""
    text = printed("analysis", "en", "large").text

    assert "The same kind of thing happened" in text
    assert "each worse than the one before" in text


@pytest.mark.parametrize("audience", ["group", "personal", "allies", "public"])
def test_the_analysis_is_for_keepers_only(material: Any, audience: str) -> None:
    """One paper with everything is an attacker's dossier."""
    with pytest.raises(AudienceError, match="keepers only"):
        Report(material("analysis", audience=audience))


@pytest.mark.parametrize("section", ["scope", "risk_map", "threats", "forces", "incidents"])
def test_a_section_of_the_analysis_cannot_be_moved_into_a_plan(material: Any, section: str) -> None:
    """A cell copied from one notebook to another must not carry it out of the room."""
    report = Report(material("plan", audience="keepers"))

    with pytest.raises(AudienceError):
        getattr(report, section)()


def test_every_threat_has_a_letter_of_its_own(workspaces: Any) -> None:
    """Two threats with one letter are one threat on the map."""
    letters = threat_letters(workspaces("large", "en"))

    assert len(set(letters.values())) == len(workspaces("large", "en").all(Threat))


def test_an_empty_workspace_gives_an_analysis_too(printed: Any) -> None:
    """Nothing blocks, ever."""
    assert "Nothing is written down yet." in printed("analysis", of=Workspace()).text


def test_the_check_up_stands_in_the_analysis_by_how_pressing_it_is(
    workspaces: Any, printed: Any
) -> None:
    """Paper and screen must say the same, and the most pressing first."""
    text = printed("analysis", "en", "large").text

    places = [text.index(one) for one in ("For today", "Before the next meeting", "Worth a talk")]
    assert places == sorted(places)
    assert "without a reprisal check" in text


def test_an_empty_check_up_promises_nothing(material: Any) -> None:
    """No open question is not safety."""
    from amparo.report.sections.analysis_checks import checks_blocks

    told = repr(checks_blocks(material("analysis", of=Workspace())))

    assert "That does not mean that we are safe." in told
