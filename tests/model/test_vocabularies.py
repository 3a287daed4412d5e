"""The ids in the code and the ids in the content pack."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml

from amparo.model.vocabularies import VOCABULARIES

PACK = Path(__file__).parents[2] / "curricula" / "foundations" / "taxonomies.yaml"


@pytest.fixture(scope="module")
def pack() -> dict:
    return yaml.safe_load(PACK.read_text(encoding="utf-8"))["vocabularies"]


@pytest.mark.parametrize("name", sorted(VOCABULARIES))
def test_a_vocabulary_has_the_same_ids_in_code_and_pack(name, pack) -> None:
    """An id on one side only is a choice without a label, or a label nobody can choose."""
    assert [item["id"] for item in pack[name]["items"]] == list(get_args(VOCABULARIES[name]))


def test_stance_is_only_a_word_for_actors(pack) -> None:
    """``approach`` is the four-way kind of a measure; one word, one idea."""
    assert "stance" not in pack
    assert "approach" in pack
