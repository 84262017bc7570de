"""How styles of text look, on slides and in notes alike."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from pipeline.model.fitted import Baseline, Run
from pipeline.model.inlines import Style
from pipeline.theme import Colour, Face


def styled(base: Run, style: Style) -> Run:
    """The appearance of a style."""
    match style:
        case Style.EMPHASIS:
            return replace(base, italic=True)
        case Style.STRONG:
            return replace(base, bold=True)
        case Style.DELETED:
            return replace(base, strike=True)
        case Style.INSERTED:
            return replace(base, underline=True)
        case Style.MARKED:
            return replace(base, highlight=Colour.MARK)
        case Style.SUPERSCRIPT:
            return replace(base, baseline=Baseline.SUPERSCRIPT)
        case Style.SUBSCRIPT:
            return replace(base, baseline=Baseline.SUBSCRIPT)
        case Style.KEYBOARD:
            return replace(base, face=Face.MONO, bold=True)
        case _:
            assert_never(style)
