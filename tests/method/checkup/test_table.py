"""The table of the check-up as a whole: ids, words, the page, and any workspace at all."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amparo.messages import messages
from amparo.method.checkup import RULES, SEVERITIES, advice, check_up, sentence
from amparo.method.checkup.describe import describe
from amparo.method.checkup.values import STEPS, text_key, why_key
from amparo.model.incidents import Incident
from amparo.model.registry import BY_KIND
from amparo.model.workspace import Workspace

ROOT = Path(__file__).parents[3]
LANGS = ("en", "es", "fr", "ar")
HOLES = re.compile(r"\{\w+\}")
KEYS = {key for rule in RULES for key in (text_key(rule.id), why_key(rule.id))}
SEALED = {
    "id": "f" * 32, "created_on": "2026-11-01", "on": "2026-11-01", "incident_kind": "i_sexual",
    "severity": 4, "certainty": "rumour",
}  # fmt: skip
quick = settings(
    max_examples=150,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _po(lang: str) -> str:
    path = ROOT / "src" / "amparo" / "locale" / lang / "checkup.po"
    return path.read_text(encoding="utf-8")


def test_every_rule_has_an_id_of_its_own_and_a_place_that_mends_it() -> None:
    """A screen that opens the wrong step mends nothing."""
    ids = [rule.id for rule in RULES]

    assert len(ids) == len(set(ids)) >= 40
    assert {rule.severity for rule in RULES} == set(SEVERITIES)
    assert {rule.step for rule in RULES} <= set(STEPS)


def test_every_rule_has_been_seen_to_fire_and_to_be_silent() -> None:
    """A rule without a test is a hope."""
    told = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_si*.py"))

    assert [rule.id for rule in RULES if f'"{rule.id}"' not in told] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_has_its_sentences_and_no_sentence_is_left_over(lang) -> None:
    """A key on screen helps nobody; a sentence nobody asks for grows old unseen."""
    asked = set(re.findall(r'^msgid "(check\.[\w.]+)"$', _po(lang), re.MULTILINE))

    assert asked == KEYS
    assert {key for key in KEYS if not messages(lang).has(key)} == set()


@pytest.mark.parametrize("lang", LANGS)
def test_every_language_fills_in_the_same_values(lang) -> None:
    """A value lost in translation is a number somebody needed."""
    english, other = messages("en"), messages(lang)

    differ = [k for k in KEYS if set(HOLES.findall(english.text(k))) != set(HOLES.findall(other.text(k)))]  # fmt: skip
    assert differ == []


@pytest.mark.parametrize("lang", LANGS)
def test_sentences_are_short_and_plain(lang) -> None:
    """Frightened people read short sentences."""
    said = [messages(lang).text(key) for key in KEYS]
    parts = [part for text in said for part in re.split(r"(?<=[.?!؟])\s", text)]

    assert [part for part in parts if len(re.findall(r"\w+", part)) > 17] == []
    assert not re.search(r"stakeholder|mitiga|residual|vulnerab", " ".join(said), re.IGNORECASE)


def test_the_page_is_in_step_with_the_table() -> None:
    """Run ``python -m amparo.method.checkup.describe > docs/reference/checkup.md`` after a change."""
    page = (ROOT / "docs" / "reference" / "checkup.md").read_text("utf-8")
    command = [sys.executable, "-m", "amparo.method.checkup.describe"]

    assert page == describe()
    assert subprocess.run(command, capture_output=True, check=True).stdout.decode() == page


def test_an_empty_workspace_is_not_scolded() -> None:
    """Nobody begins with a list of what is missing."""
    from datetime import date

    assert check_up(Workspace(), date(2026, 11, 24)) == ()


@quick
@given(data=st.data())
def test_no_workspace_breaks_a_rule_and_every_result_can_be_said(
    data, full_workspaces, any_day
) -> None:
    """An odd record must not take the whole check-up away."""
    ws, today = data.draw(full_workspaces), data.draw(any_day)
    catalogue = messages("es")

    found = check_up(ws, today)

    assert [SEVERITIES.index(r.severity) for r in found] == sorted(SEVERITIES.index(r.severity) for r in found)  # fmt: skip
    for result in found:
        assert "{" not in sentence(result, catalogue)
        assert "⟦" not in sentence(result, catalogue)
        assert not re.search("[{⟦]", advice(result, catalogue))
        assert result.kind is None or result.kind in BY_KIND
        assert result.record_id is None or ws.get(result.record_id) is not None


@quick
@given(data=st.data(), audience=st.sampled_from(["personal", "group", "allies", "public"]))
def test_a_workspace_cut_for_others_breaks_no_rule(
    data, audience, full_workspaces, any_day
) -> None:
    """Whoever asks too late must get an answer, not a broken page."""
    check_up(data.draw(full_workspaces).for_audience(audience), data.draw(any_day))


@quick
@given(data=st.data())
def test_no_result_holds_a_word_that_people_typed(data, full_workspaces, any_day) -> None:
    """A result may be logged, counted or sent to a page; user text may not."""
    typed = {"a word", "a line", "a text"}

    for result in check_up(data.draw(full_workspaces), data.draw(any_day)):
        assert typed.isdisjoint([*result.values.values(), *result.words.values()])


@quick
@given(data=st.data())
def test_a_record_of_sexual_violence_changes_no_answer(data, full_workspaces, any_day) -> None:
    """It is in no picture, count, pattern or trend."""
    ws, today = data.draw(full_workspaces), data.draw(any_day)
    over = {"delete_by": "2026-01-01", "review_by": "2026-01-01", "reported_to": ["x"]}
    sealed = Incident.read({**SEALED, **over})
    told = Workspace.of([r for r in ws if r.id != sealed.id])

    assert check_up(Workspace.of([*told, sealed]), today) == check_up(told, today)
