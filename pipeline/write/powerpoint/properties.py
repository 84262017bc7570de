"""What the file says of itself: title, authors, subject, words, language, dates and counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pipeline.model.plan import Deck
from pipeline.settings import Settings
from pipeline.units import Emu, Size
from pipeline.write.powerpoint.languages import office_language
from pipeline.write.powerpoint.markup import clean, element, plain_part

if TYPE_CHECKING:
    from pptx.parts.coreprops import CorePropertiesPart

APPLICATION_PART: Final = "/docProps/app.xml"
_EXTENDED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
# No clock is read: without a date from outside the file is as old as its format's zip dates.
_FIXED_DATE: Final = datetime(1980, 1, 1, tzinfo=UTC)
# The longest that the format's readers take.
_LONGEST: Final = 255


def describe(properties: CorePropertiesPart, deck: Deck, settings: Settings) -> None:
    """Write what the deck says of itself into the core properties."""
    date = _FIXED_DATE if settings.epoch is None else datetime.fromtimestamp(settings.epoch, UTC)
    author = _short(", ".join(deck.authors))
    properties.title = _short(deck.title)
    properties.subject = _short(deck.description or deck.subtitle)
    properties.comments = ""
    properties.author = author
    properties.last_modified_by = author
    properties.keywords = _short(", ".join(deck.keywords))
    properties.language = office_language(deck.language)
    properties.created = date
    properties.modified = date
    properties.revision = 1


def application_part(deck: Deck, notes: int) -> bytes:
    """The bytes of the extended properties, with the true counts."""
    entries = {
        "TotalTime": "0",
        "Application": "slides-pipeline",
        "PresentationFormat": _shape(deck.size),
        "Slides": str(len(deck.slides)),
        "Notes": str(notes),
        "HiddenSlides": "0",
    }
    return plain_part(_EXTENDED, "Properties", *(element(tag, text=text) for tag, text in entries.items()))


def _shape(size: Size) -> str:
    """What PowerPoint calls slides of these proportions."""
    known = {Size(width=Emu(12_192_000), height=Emu(6_858_000)): "Widescreen"}
    return known.get(size, "On-screen Show (4:3)" if 3 * size.width == 4 * size.height else "Custom")


def _short(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
