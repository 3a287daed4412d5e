"""What a workbook screen asks of a workspace: one view to draw, a few commands to carry out."""

from amparo.board.carrying import Board, revision_of
from amparo.board.rooms import Rooms
from amparo.board.scene import Scene

__all__ = ["Board", "Rooms", "Scene", "revision_of"]
