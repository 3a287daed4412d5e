"""Versions with a known weakness are refused at the start.

What else R42 asks for is shown where sticks and packs are: digests, signatures, a bill of materials.
"""

from __future__ import annotations

import pytest

from amparo.computer import TooOldError, below_floors, refuse_old


def test_r42_a_version_below_its_floor_is_named() -> None:
    """A weakness that is known is used first."""
    have = {"voila": "0.5.12", "jupyter_server": "2.20.0rc1", "nbconvert": "7.17"}

    assert below_floors(have.__getitem__) == ("voila", "jupyter_server")
    assert below_floors(lambda name: {"voila": "0.6"}.get(name, "10.0.0")) == ()
    with pytest.raises(TooOldError) as raised:
        refuse_old(have.__getitem__)
    assert raised.value.values == {"names": "voila, jupyter_server"}


def test_r42_this_installation_is_above_every_floor() -> None:
    """Else nothing could be opened here."""
    refuse_old()
