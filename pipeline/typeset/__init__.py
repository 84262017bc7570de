"""typeset: fonts, shaping, widths and line breaking, under plan and write."""

from pipeline.typeset.drawing import PlacedGlyph
from pipeline.typeset.fonts import Font, PathOp
from pipeline.typeset.scripts import clusters, east_asian, right_to_left, split_runs
from pipeline.typeset.typesetter import Typesetter

__all__ = [
    "Font",
    "PathOp",
    "PlacedGlyph",
    "Typesetter",
    "clusters",
    "east_asian",
    "right_to_left",
    "split_runs",
]
