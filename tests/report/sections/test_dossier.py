"""The dossier: everything that was ever entered, for the keepers and nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from amparo.errors import AudienceError
from amparo.messages import messages
from amparo.model.registry import BY_KIND
from amparo.model.support import Consent, SupportRequest
from amparo.model.workspace import Workspace
from amparo.report.blocks import Document
from amparo.report.made import Made
from amparo.report.opened import Report, check_audience
from amparo.report.sections import dossier
from amparo.report.sections.material import Material

TODAY = date(2026, 11, 25)
TICKET = "0" * 32


def _data(workspace: Workspace, lang: str = "es") -> Material:
    return Material(workspace, "dossier", "keepers", lang, None, TODAY)


@pytest.fixture(scope="module")
def whole(marked: Any) -> Document:
    """The dossier of the marked workspace, out of its notebook."""
    data = _data(marked("es").workspace)
    return Made("dossier", TICKET, lambda _: data).document


def test_every_field_of_every_kind_stands_in_the_dossier(
    whole: Document, marked: Any, document_text: Callable[[Document], str]
) -> None:
    """ "Everything" that lacks one field is a promise somebody will rely on."""
    text = document_text(whole)

    missing = [
        (mark.kind, mark.field)
        for mark in marked("es").marks
        if f"{mark.label}: {mark.said}" not in text
    ]

    assert missing == []


def test_the_marked_workspace_marks_every_field(marked: Any) -> None:
    """Without this the test above would pass on a field that nobody marked."""
    held = {(mark.kind, mark.field.split(".")[0]) for mark in marked("es").marks}

    assert held == {(kind, name) for kind, model in BY_KIND.items() for name in model.model_fields}


def test_a_field_that_is_left_out_is_noticed(
    whole: Document, marked: Any, document_text: Callable[[Document], str]
) -> None:
    """A check that cannot fail checks nothing: what a field says stands once, under its label."""
    text = document_text(whole)
    said = Counter(mark.said for mark in marked("es").marks)
    own = [mark for mark in marked("es").marks if said[mark.said] == 1]

    found = [text.count(f"{mark.label}: {mark.said}") for mark in own]

    assert len(own) > 150
    assert set(found) == {1}


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_the_cover_warns_counts_and_says_when_all_is_deleted(
    workspaces: Any, document_text: Callable[[Document], str], lang: str
) -> None:
    """Whoever holds this paper must know what it would be in the wrong hands."""
    words, workspace = messages(lang), workspaces("small", lang)

    text = document_text(Document(lang, "-", dossier.cover_blocks(_data(workspace, lang))))

    assert "⟦" not in text
    assert words.text("report.dossier.treasure") in text
    assert words.date(workspace.records[0].data_rule.delete_by) in text
    assert str(len(workspace)) in text.splitlines()


def _consent(number: int, **fields: Any) -> Consent:
    made = {"id": f"{number:032x}", "created_on": TODAY, "purpose": f"zweck {number}"}
    return Consent.read(
        {"given_on": "2026-01-05", "level": "submit_confidential", **made, **fields}
    )


def test_the_register_of_consents_says_who_received_what(
    document_text: Callable[[Document], str],
) -> None:
    """When a yes ends, everybody who received something is told (safety rule 1.8)."""
    asked = SupportRequest.read(
        {"id": "f" * 32, "created_on": TODAY, "request_type": "r_un_referral",
         "to_whom": "an office", "info_shared": ["two dates"], "consent_id": f"{1:032x}"},
    )  # fmt: skip
    held = [
        _consent(1, receivers=["a helper"]),
        _consent(2, withdrawn_on="2026-03-01"),
        _consent(3, expires_on="2026-10-01"),
        asked,
    ]

    text = document_text(
        Document("en", "-", dossier.consents_blocks(_data(Workspace.of(held), "en")))
    )

    assert "Received something: a helper\nan office: two dates" in text
    assert "Taken back: 1 Mar 2026. Tell everybody above." in text
    assert "It has ended: Ask again before anything else leaves." in text


def test_own_words_stand_beside_the_usual_ones(
    workspaces: Any, document_text: Callable[[Document], str]
) -> None:
    """Whoever reads it later has to know what the words mean."""
    from amparo.model.process import OwnWord

    own = OwnWord.read(
        {"id": "e" * 32, "created_on": TODAY, "what": "kind_threat", "text": "lo que nos cae"}
    )

    text = document_text(Document("es", "-", dossier.own_words_blocks(_data(Workspace.of([own])))))

    assert "lo que nos cae" in text
    assert messages("es").text("kind.threat.many") in text


def test_an_empty_workspace_gives_a_cover_that_says_so(
    document_text: Callable[[Document], str],
) -> None:
    """Nothing blocks, ever."""
    data = _data(Workspace(), "en")
    made = Made("dossier", TICKET, lambda _: data)

    text = document_text(made.document)

    assert "Nothing was entered yet." in text
    assert "no day was agreed" in text


@pytest.mark.parametrize("audience", ["group", "personal", "allies", "public"])
def test_nobody_but_the_keepers_gets_the_dossier(audience: str) -> None:
    """One paper with everything is an attacker's treasure."""
    with pytest.raises(AudienceError):
        check_audience("dossier", audience)


@pytest.mark.parametrize(
    "section",
    ["dossier_cover", "dossier_consents", "incident_boxes", "trend_months", "review_keepers"],
)
def test_a_section_of_the_keepers_papers_cannot_be_moved_into_another(
    workspaces: Any, section: str
) -> None:
    """A cell copied from one notebook to another must not carry it out of the room."""
    for name, audience in (("plan", "group"), ("plan", "keepers"), ("sheet", "keepers")):
        workspace = workspaces("small", "en").for_audience(audience)
        report = Report(Material(workspace, name, audience, "en", None, TODAY))  # type: ignore[arg-type]
        with pytest.raises(AudienceError):
            getattr(report, section)()
