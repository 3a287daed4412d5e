"""A folder that goes while the workspace is open: what nobody could find again is never saved."""

from __future__ import annotations

import shutil

import pytest

from amparo.errors import PlaceGoneError
from amparo.store import open_store


@pytest.mark.parametrize("how", ["deleted", "moved"])
def test_r32_a_save_into_a_folder_that_is_gone_is_never_called_saved(
    workspace, folder, identity, note, how: str
) -> None:
    """The stick was pulled out: the system takes the save all the same."""
    workspace.put(note(1, "one"), role="A")
    aside = folder.with_name("aside")
    if how == "moved":
        folder.rename(aside)
    else:
        shutil.rmtree(folder)

    for act in (
        lambda: workspace.put(note(2, "two"), role="A"),
        lambda: workspace.put(note(1, "other", 1), role="A"),
        lambda: workspace.delete(note(1, "").id, role="A"),
        lambda: workspace.undo(role="A"),
    ):
        with pytest.raises(PlaceGoneError):
            act()
    assert [one.id for one in workspace.list()] == [note(1, "").id]

    if how == "moved":
        aside.rename(folder)
        workspace.put(note(2, "two"), role="A")
        workspace.close()
        with open_store(folder, identity) as again:
            assert len(again.list()) == 2
