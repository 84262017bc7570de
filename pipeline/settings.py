"""What the user chose, as one frozen value that is passed in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path


class Product(Enum):
    """One of the three files made of a page."""

    DECK = "deck"
    HANDOUT = "handout"
    CHEATSHEET = "cheatsheet"


class Paper(Enum):
    """The paper that handout and sheet are printed on."""

    A4 = "a4"
    LETTER = "letter"


class Prose(Enum):
    """How much of a paragraph stands on the slide: all, its lead, or nothing. The notes always have it whole."""

    FULL = "full"
    LEAD = "lead"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What a page's own front matter sets; None leaves the setting as it is."""

    prose: Prose | None = None
    theme: str | None = None
    paper: Paper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that shapes a build. Paths are absolute; `epoch` is seconds since 1970, UTC."""

    root: Path
    output: Path
    products: frozenset[Product] = frozenset(Product)
    theme: str = "default"
    paper: Paper = Paper.A4
    prose: Prose = Prose.LEAD
    strict: bool = False
    offline: bool = False
    force: bool = False
    epoch: int | None = None

    def overridden(self, by: Overrides) -> Settings:
        """The settings for one page: its own front matter wins over the folder's."""
        return replace(
            self,
            prose=by.prose or self.prose,
            theme=by.theme or self.theme,
            paper=by.paper or self.paper,
        )
