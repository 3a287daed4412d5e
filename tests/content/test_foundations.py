"""The pack that ships: whole, honest about its age, and mended as the safety page asks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from amparo.content import Pack, check, load, mechanism_age
from amparo.model.vocabularies import VOCABULARIES

LABEL_WORDS = re.compile(r"stakeholder|mitigat|residual|TLP|confidential document", re.IGNORECASE)


def test_pack_has_no_issue(foundations_folder: Path) -> None:
    """Every sentence of every shipped language is there and every id names something."""
    assert check(foundations_folder) == ()


@pytest.mark.parametrize("vocabulary", sorted(VOCABULARIES))
def test_vocabularies_of_pack_and_records_are_the_same(foundations: Pack, vocabulary: str) -> None:
    """A record with an id that has no label would show brackets to a village."""
    assert foundations.vocabularies[vocabulary].ids == get_args(VOCABULARIES[vocabulary])


def test_every_scenario_has_a_measure_on_causes(foundations: Pack) -> None:
    """People who only prepare for the next attack never get out of the circle."""
    on_causes = {
        id_
        for id_, measure in foundations.measures.items()
        if measure.acts_on == "cause" and measure.approach == "proactive_root"
    }

    without = [s.id for s in foundations.scenarios.values() if not on_causes & set(s.measures)]

    assert without == []


def test_every_scenario_has_a_measure_for_after(foundations: Pack) -> None:
    """After the attack is when people are left alone."""
    after = {id_ for id_, m in foundations.measures.items() if "after" in m.phases}

    assert [s.id for s in foundations.scenarios.values() if not after & set(s.measures)] == []


def test_every_threat_type_is_covered_before_or_during_and_after(foundations: Pack) -> None:
    """A card of a threat without a single measure tells people that nothing can be done."""
    types = set(foundations.vocabularies["threat_types"].ids)
    after: set[str] = set()
    earlier: set[str] = set()
    for measure in foundations.measures.values():
        if "after" in measure.phases:
            after |= set(measure.reduces)
        if {"before", "during"} & set(measure.phases):
            earlier |= set(measure.reduces)

    assert types - after == set()
    assert types - earlier == set()


def test_every_root_cause_has_a_measure(foundations: Pack) -> None:
    """A driver named in the cause path needs at least one thing to do about it."""
    covered = {cause for m in foundations.measures.values() for cause in m.causes}

    assert set(foundations.vocabularies["root_cause_drivers"].ids) - covered == set()


def test_no_scenario_sends_people_to_the_police_who_hurt_them(foundations: Pack) -> None:
    """A complaint at the wrong counter can kill."""
    for id_ in ("s_lg_trans_defender", "s_rc_aid_conditional"):
        assert "m_complaint_police" not in foundations.scenarios[id_].measures
        assert "m_complaint_by_lawyer" in foundations.scenarios[id_].measures
    assert "m_conflict_mediation" not in foundations.scenarios["s_wd_inside"].measures


def test_red_tagging_comes_with_raid_arrest_and_lawyer(foundations: Pack) -> None:
    """A person on a poster is often arrested next."""
    wanted = {"m_raid_protocol", "m_arrest_protocol", "m_lawyer_oncall"}

    assert wanted <= set(foundations.scenarios["s_up_redtag"].measures)


@pytest.mark.parametrize(
    ("id_", "field", "words"),
    [
        ("m_debrief", "caveats", "does not help and can harm"),
        ("m_debrief", "what", "what do you need"),
        ("m_survivor_care", "what", "within 72 hours"),
        ("m_survivor_care", "what", "Go anyway"),
        ("m_embassy_contact", "caveats", "refugee fled"),
        ("m_missing_protocol", "what", "no waiting period"),
        ("m_threat_review_48h", "what", "the same day, before the next"),
        ("m_consent_bank", "what", "asked, or not asked"),
        ("m_incident_log", "what", "agreed role"),
        ("m_security_points", "what", "agreed roles"),
        ("m_eviction_monitor", "caveats", "no list of names"),
        ("m_mapping_territory", "what", "unmapped unless their authorities"),
        ("m_updates", "caveats", "touch nothing"),
        ("m_updates", "caveats", "partner can provoke violence"),
        ("m_nonviolent_marshals", "what", "decides together whether masks"),
        ("m_raid_protocol", "what", "only if it is lawful and safe"),
    ],
)
def test_measures_are_mended(foundations: Pack, id_: str, field: str, words: str) -> None:
    """Each of these sentences was wrong in a way that could hurt somebody."""
    assert words in foundations.text("en", "measure", id_, field)


def test_measures_stand_in_the_phases_where_they_work(foundations: Pack) -> None:
    """A search for a missing person that nobody prepared starts too late."""
    assert "before" in foundations.measures["m_missing_protocol"].phases
    assert "before" in foundations.measures["m_ritual_memory"].phases


def test_looking_and_praising_do_not_count_as_acting_on_causes(foundations: Pack) -> None:
    """The balance must not look better than it is."""
    for id_ in ("m_follow_money", "m_positive_narrative", "m_complaint_police"):
        assert foundations.measures[id_].acts_on != "cause"
        assert foundations.measures[id_].approach != "proactive_root"


def test_old_id_still_finds_its_measure(foundations: Pack) -> None:
    """A workspace keeps ids for years."""
    assert "m_goodbye_papers" not in foundations.measures
    measure = foundations.measure("m_goodbye_papers")

    assert measure is not None
    assert measure.id == "m_papers_in_order"
    assert foundations.text("en", "measure", "m_goodbye_papers", "title") == "Papers in order"


@pytest.mark.parametrize(
    ("id_", "field", "words"),
    [
        ("ph_amparo", "what_for", "Deduro v. Vinoya"),
        ("gt_amparo", "what_for", "Exhibición personal"),
        ("gt_amparo", "eligibility", "without formalities"),
        ("oecd_ncp", "risks_of_using", "contact point only"),
        ("oecd_ncp", "risks_of_using", "campaign"),
        ("un_special_procedures", "risks_of_using", "may become public later"),
        ("escr_sos", "risks_of_using", "knowledge of 2017"),
        ("wa_defenders_network", "risks_of_using", "Liberia"),
    ],
)
def test_mechanisms_are_mended(foundations: Pack, id_: str, field: str, words: str) -> None:
    """Each of these was missing or wrong and changes what a person decides."""
    assert words in foundations.text("en", "mechanism", id_, field)


@pytest.mark.parametrize(
    "id_",
    [
        "rspo_complaints",
        "usmca_rapid_response",
        "brand_complaints",
        "accord_complaints",
        "due_diligence_laws",
        "african_court",
        "wa_defenders_network",
        "udefegua",
    ],
)
def test_missing_doors_are_there(foundations: Pack, id_: str) -> None:
    """A door that is not listed is a door that nobody tries."""
    assert id_ in foundations.mechanisms


def test_every_mechanism_must_be_checked_before_use(foundations: Pack) -> None:
    """Nobody has opened a living page for any of them."""
    for mechanism in foundations.mechanisms.values():
        assert mechanism.verify_before_use
        assert not mechanism.verified
        assert mechanism.meta.review_by <= date(2027, 5, 23)


def test_mechanism_shows_its_age_and_when_it_is_old(foundations: Pack) -> None:
    """Old knowledge shown as new sends people to a closed door."""
    old = foundations.mechanisms["escr_sos"]
    fresh = foundations.mechanisms["wbg_iam_2026"]

    assert mechanism_age(old, date(2026, 12, 1)) == (9, True)
    assert mechanism_age(fresh, date(2026, 12, 1)) == (0, False)
    assert mechanism_age(fresh, date(2027, 5, 24)) == (1, True)


def test_nobody_claims_a_review_that_has_not_happened(foundations: Pack) -> None:
    """The pack says openly that no practitioner has read it yet."""
    entries = (*foundations.measures.values(), *foundations.mechanisms.values())

    assert {entry.meta.reviewed_by_role for entry in entries} == {None}


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_no_word_is_used_that_the_village_does_not_use(
    foundations: Pack, foundations_folder: Path, lang: str
) -> None:
    """One plain word per idea, and no label word that gives a paper away."""
    text = "".join(
        path.read_text("utf-8") for path in sorted((foundations_folder / lang).glob("*.md"))
    )

    assert LABEL_WORDS.findall(text) == []
    assert foundations.missing(lang) == ()


def test_glossary_explains_the_words_of_the_product(foundations: Pack) -> None:
    """People should not need a trainer to understand a page."""
    wanted = {"actor", "threat", "capacity", "vulnerability", "consent", "keeper", "slot", "band"}

    assert len(foundations.terms) >= 150
    assert wanted <= set(foundations.terms)


def test_page_reads_only_the_files_it_needs(foundations_folder: Path) -> None:
    """A page on an old laptop must not wait for a library it does not show."""
    pack = load(foundations_folder, only=("taxonomies", "measures"))
    pack.text("en", "measure", "m_incident_log", "title")
    pack.label("en", "threat_types", "killing")

    assert dict(pack.mechanisms) == {}


def test_words_come_as_sentences_and_never_in_another_language(foundations: Pack) -> None:
    """A card may show one sentence a line, and a gap must be seen as a gap."""
    assert foundations.lines("en", "scenario", "s_tu_blacklist", "signs")[0] == (
        "Refused at gates after ID check"
    )
    assert foundations.text("qq", "measure", "m_incident_log", "title") == "⟦m_incident_log.title⟧"


def test_single_entries_are_found_by_vocabulary_and_id(foundations: Pack) -> None:
    """A form asks for the group of a threat type and the side of an actor."""
    killing = foundations.item("threat_types", "killing")
    police = foundations.item("actor_types", "police")

    assert killing is not None
    assert killing.category == "physical"
    assert police is not None
    assert police.sphere == "state"
    assert foundations.item("threat_types", "nothing") is None
    assert foundations.item("nothing", "killing") is None
    assert foundations.measure("m_nothing") is None
