"""The marks that tell subjects apart without colour: a letter on a shape of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.theme import Colour, Theme

LETTERS: Final = "ABCDE"
SHAPES: Final = ("circle", "square", "triangle", "diamond", "hexagon")
COLOURS: Final = (Colour.SUBJECT_A, Colour.SUBJECT_B, Colour.SUBJECT_C, Colour.SUBJECT_D, Colour.SUBJECT_E)
_OUTLINES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "circle": '<circle cx="12" cy="12" r="12"/>',
        "square": '<rect width="24" height="24"/>',
        "triangle": '<path d="M12 0 24 24H0Z"/>',
        "diamond": '<path d="M12 0 24 12 12 24 0 12Z"/>',
        "hexagon": '<path d="M6 1.6H18L24 12 18 22.4H6L0 12Z"/>',
    }
)


def mark_drawing(shape: str, colour: Colour, theme: Theme, *, outlined: bool = False) -> str:
    """The shape as SVG in a colour of the theme, filled or as its outline."""
    box, ink = ("-1 -1 26 26", 'fill="none" stroke-width="1.6" stroke') if outlined else ("0 0 24 24", "fill")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="24" height="24" '
        f'{ink}="#{theme.colours[colour]}">{_OUTLINES[shape]}</svg>'
    )
