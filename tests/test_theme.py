from __future__ import annotations

import pytest

from pipeline.diagnostics import UsageError
from pipeline.theme import Colour, load_theme, templates_folder

THEMES = sorted(p.parent.name for p in templates_folder().glob("*/theme.toml"))

ON_PAPER = [
    Colour.INK,
    Colour.MUTED,
    Colour.SUBJECT_A,
    Colour.SUBJECT_B,
    Colour.SUBJECT_C,
    Colour.SUBJECT_D,
    Colour.SUBJECT_E,
    Colour.TIP,
    Colour.WARNING,
    Colour.DANGER,
]
ON_PANEL = [Colour.INK, Colour.MUTED, *(c for c in Colour if c.name.startswith("CODE_"))]
INK_ON = [Colour.PANEL, Colour.MARK, *(c for c in Colour if "TINT" in c.name)]
ON_OWN_TINT = [
    (Colour.TIP, Colour.TIP_TINT),
    (Colour.NOTE, Colour.NOTE_TINT),
    (Colour.WARNING, Colour.WARNING_TINT),
    (Colour.DANGER, Colour.DANGER_TINT),
]
SUBJECTS = [c for c in Colour if c.name.startswith("SUBJECT_")]
CODE = [c for c in Colour if c.name.startswith("CODE_")]
# Covers without marks, marked lines of code, blanks of the comparison, marks and signs with their letters.
ON_INK = [Colour.PAPER, Colour.RULE]
ON_MARK = [Colour.INK, Colour.MUTED, *CODE]
SIGNS = [Colour.TIP, Colour.NOTE, Colour.WARNING, Colour.DANGER]
PAIRS = [
    *((c, Colour.INK) for c in ON_INK),
    *((c, Colour.MARK) for c in ON_MARK),
    *((Colour.MUTED, c) for c in Colour if c.name.startswith("TINT_")),
    *((c, Colour.ON_SUBJECT) for c in SUBJECTS),
    *((Colour.PAPER, c) for c in SIGNS),
    *((c, Colour.PAPER) for c in ON_PAPER),
    *((c, Colour.PANEL) for c in ON_PANEL),
    *((Colour.INK, c) for c in INK_ON),
    *((Colour.ON_SUBJECT, c) for c in Colour if c.name.startswith("SUBJECT_")),
    *ON_OWN_TINT,
]


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "ground"), PAIRS, ids=lambda c: c.value)
def test_text_stands_out_from_its_ground(name: str, front: Colour, ground: Colour) -> None:
    colours = load_theme(name).colours
    light, dark = sorted((_luminance(colours[front]), _luminance(colours[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_an_unknown_theme_is_a_usage_error_that_names_the_known() -> None:
    with pytest.raises(UsageError, match=r"unknown-theme.*default"):
        load_theme("../default")
