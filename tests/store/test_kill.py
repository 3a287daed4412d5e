"""kill -9 in the middle of saving."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from amparo import store

from ..security.counts import tell  # noqa: TID252 - one table of counts

KILLS = 100


@pytest.mark.long
@pytest.mark.slow
def test_r26_a_hundred_kills_lose_and_double_nothing_acknowledged(
    workspace, folder, identity, tmp_path, capsys
) -> None:
    """ "Saved 14:32" must be true even when the battery falls out at 14:32."""
    workspace.close()
    log = tmp_path / "acknowledged"
    script = Path(__file__).with_name("killed.py")

    ran = subprocess.run(
        [sys.executable, str(script), str(folder), identity.text, str(log), str(KILLS)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    saves = [line.split() for line in log.read_text().splitlines()]
    acknowledged = dict(part.split(":") for save in saves for part in save)
    with store.open_store(folder, identity) as opened:
        stored = {item.id for item in opened.list()}
        lines = opened.changes_since(0)
    times = Counter(line.record_id for line in lines)
    seqs = {line.record_id: str(line.seq) for line in lines}
    batches = Counter(line.batch for line in lines)

    assert len(acknowledged) >= 1000
    assert [one for one in acknowledged if one not in stored] == []
    assert [one for one, seq in acknowledged.items() if seqs[one] != seq] == []
    assert set(times.values()) == {1}
    assert len(stored) - len(acknowledged) <= 2 * KILLS  # at most one save each was still unheard
    tell(capsys, "R26", "kills while something is saved", KILLS)
    tell(capsys, "R26", "acknowledged saves behind them", len(acknowledged))
    assert all(batches[line.batch] == 1 + int(line.record_id[8:16], 16) % 3 % 2 for line in lines)
