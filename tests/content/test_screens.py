"""What drives the workbook's screens: every step, question and card that the method names."""

from __future__ import annotations

from typing import get_args

from amparo.content import Pack
from amparo.model.process import Track

# Steps by depth, from the table of the method: quick, two days, five days.
DEPTHS = {
    "s0": ("full", "full", "full"),
    "s1": ("full", "full", "full"),
    "s2": ("none", "full", "full"),
    "s3": ("light", "full", "full"),
    "s4": ("none", "light", "full"),
    "s5": ("full", "full", "full"),
    "s6": ("full", "full", "full"),
    "s7": ("light", "full", "full"),
    "s8": ("light", "full", "full"),
    "s9": ("none", "full", "full"),
    "s10": ("full", "full", "full"),
    "s11": ("light", "full", "full"),
    "s12": ("light", "full", "full"),
    "s13": ("none", "light", "full"),
    "s14": ("light", "full", "full"),
}


def test_every_step_of_the_method_is_a_screen_in_its_order(foundations: Pack) -> None:
    """A step that is missing is a question that nobody is asked."""
    depths = {s.id: (s.quick, s.two_day, s.five_day) for s in foundations.steps.values()}

    assert list(depths) == list(DEPTHS)
    assert depths == DEPTHS


def test_the_steps_fill_the_eight_tiles_in_order(foundations: Pack) -> None:
    """Someone who walks along the step bar meets the steps in the order of the method."""
    stages = [step.stage for step in foundations.steps.values()]

    assert stages == sorted(stages)
    assert set(stages) == set(range(1, 9))


def test_tracks_of_the_pack_are_those_of_the_records(foundations: Pack) -> None:
    """A track without a label would show brackets on the first screens."""
    assert foundations.vocabularies["track"].ids == get_args(Track)


def test_quick_has_twelve_questions_and_six_of_them_for_ten_minutes(foundations: Pack) -> None:
    """In ten minutes a frightened group can answer these six and no more."""
    quick = foundations.quick.values()

    assert [question.number for question in quick] == list(range(1, 13))
    assert [question.number for question in quick if question.ten] == [1, 5, 6, 7, 8, 9]
