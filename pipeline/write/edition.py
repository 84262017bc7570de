"""How one handout is printed: its paper, its sizes of type, its colours, and the shelf that keeps its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.plan import Handout
from pipeline.settings import HandoutLayout, Ink, Settings, Sides
from pipeline.theme import Colour, Theme
from pipeline.write.labels import direction
from pipeline.write.paper import Margins, margins
from pipeline.write.shelf import Shelf

# What bound paper loses on its inner side, and gains on its outer one, in millimetres.
BINDING = 6.0
# Grounds that ink is saved on, and what is written on dark ones.
_GROUNDS = (
    Colour.PANEL,
    Colour.MARK,
    Colour.NOTE_TINT,
    Colour.TIP_TINT,
    Colour.WARNING_TINT,
    Colour.DANGER_TINT,
    Colour.TINT_A,
    Colour.TINT_B,
    Colour.TINT_C,
    Colour.TINT_D,
    Colour.TINT_E,
)


class Edition(Struct, frozen=True, kw_only=True):
    """One handout's way into print. `size` holds sizes in points and millimetres by the theme's names."""

    theme: Theme
    settings: Settings
    paper: Margins
    size: Mapping[str, Any]
    shelf: Shelf
    leftward: bool

    @property
    def saving(self) -> bool:
        """Whether lines stand in place of fills."""
        return self.settings.handout_ink is Ink.SAVE

    @property
    def is_article(self) -> bool:
        """Whether the text runs on by itself, with no slides beside it."""
        return self.settings.handout_layout is not HandoutLayout.NOTES


def edition_of(handout: Handout, theme: Theme, settings: Settings) -> Edition:
    """How this handout is printed."""
    paper = margins(handout.paper, theme.handout["margins"])
    if settings.handout_sides is Sides.TWO:
        paper = replace(paper, binding=BINDING)
    return Edition(
        theme=without_grounds(theme) if settings.handout_ink is Ink.SAVE else theme,
        settings=settings,
        paper=paper,
        size=_sizes(theme, settings.handout_layout),
        shelf=Shelf(),
        leftward=direction(handout.language) == "rtl",
    )


def without_grounds(theme: Theme) -> Theme:
    """The theme with the paper's colour in place of tints, and ink in place of what is written on dark grounds."""
    colours = theme.colours
    grounds = dict.fromkeys(_GROUNDS, colours[Colour.PAPER])
    return replace(theme, colours=MappingProxyType({**colours, **grounds, Colour.ON_SUBJECT: colours[Colour.INK]}))


def _sizes(theme: Theme, layout: HandoutLayout) -> Mapping[str, Any]:
    """The theme's sizes for a layout: a running text has larger type, and numbers in place of slides at its side."""
    given = dict(theme.handout)
    if layout is not HandoutLayout.NOTES:
        given |= {name: given[f"article_{name}"] for name in ("text", "leading", "thumbnail")}
    return MappingProxyType(given)
