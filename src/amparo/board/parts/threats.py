"""Threats, their risk and the measures against them: what three parts of a screen draw."""

from __future__ import annotations

from typing import Any

from amparo.board import view
from amparo.board.scene import Scene


def draw(scene: Scene) -> dict[str, Any]:
    """Return threats in the order they were written, measures, priority and the matrix."""
    return view.draw(scene.workspace, dict(scene.versions))
