"""typeset: fonts, shaping, widths and line breaking, under plan and write."""

from pipeline.typeset.drawing import PlacedGlyph, PlacedText
from pipeline.typeset.fonts import Font, PathOp
from pipeline.typeset.scripts import (
    clusters,
    east_asian,
    has_right_to_left,
    reads_from_the_right,
    right_to_left,
    split_runs,
)
from pipeline.typeset.shaping import Shaped
from pipeline.typeset.typesetter import Typesetter

__all__ = [
    "Font",
    "PathOp",
    "PlacedGlyph",
    "PlacedText",
    "Shaped",
    "Typesetter",
    "clusters",
    "east_asian",
    "has_right_to_left",
    "reads_from_the_right",
    "right_to_left",
    "split_runs",
]
