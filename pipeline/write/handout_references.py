"""The handout's numbered references: addresses in full, since paper cannot be clicked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import ceil

from msgspec import Struct

from pipeline.labels import Labels
from pipeline.model.document import ItemList, ListItem, Paragraph
from pipeline.model.inlines import InlineImage, Link, WebTarget
from pipeline.model.plan import Reference
from pipeline.model.text import plain_text, walk_inlines
from pipeline.write.html_inlines import is_safe, web_address
from pipeline.write.qr import LONG_ADDRESS, QrCode, qr_code
from pipeline.write.shelf import Shelf

# Up to so many references stand in two columns.
MOST_IN_COLUMNS = 16
# About so many letters stand on a line there, and beside a code.
ENTRY_LETTERS, LETTERS_BESIDE_CODE = 36, 26
# The height of a line, in millimetres.
LINE = 4.2


class ReferenceEntry(Struct, frozen=True, kw_only=True):
    """A numbered address. One that cannot be a link has no `href`, but is printed all the same.

    A long one has a `code` to be scanned.
    """

    number: int
    text: str
    slides: str
    url: str
    href: str
    code: QrCode | None


def is_listed(block: object, references: tuple[Reference, ...]) -> bool:
    """Whether the block is a list of entries that the references repeat with the same words, each with its own."""
    if not isinstance(block, ItemList):
        return False
    texts = {reference.target.url: reference.text for reference in references}
    repeated = [_repeated(item, texts) for item in block.items]
    return None not in repeated and len(set(repeated)) == len(repeated)


def _repeated(item: ListItem, texts: Mapping[str, str]) -> str | None:
    """The one address of an item that has no words but those that its reference has and the address itself."""
    match item.children:
        case (Paragraph(children=inlines),) if item.checked is None:
            inner = tuple(walk_inlines(inlines))
            urls = [i.target.url for i in inner if isinstance(i, Link) and isinstance(i.target, WebTarget)]
            if len(urls) != 1 or urls[0] not in texts or any(isinstance(i, InlineImage) for i in inner):
                return None
            own, listed = (_letters(text.replace(urls[0], "")) for text in (plain_text(inlines), texts[urls[0]]))
            return urls[0] if own == listed else None
        case _:
            return None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def reference_columns(references: tuple[Reference, ...], labels: Labels, shelf: Shelf) -> list[list[ReferenceEntry]]:
    """The numbered references with their addresses in full: a few in two columns, many in one, which may break."""
    entries = [_entry(reference, labels, shelf) for reference in references]
    if not 1 < len(entries) <= MOST_IN_COLUMNS:
        return [entries]
    heights = [_lines(entry) for entry in entries]
    half = next(n for n in range(1, len(entries) + 1) if 2 * sum(heights[:n]) >= sum(heights))
    return [entries[:half], entries[half:]] if half < len(entries) else [entries]


def _lines(entry: ReferenceEntry) -> float:
    """About how many lines an entry takes in a column."""
    letters = LETTERS_BESIDE_CODE if entry.code else ENTRY_LETTERS
    lines = 1 + len(entry.text) // letters + ceil(len(entry.url) / letters)
    return max(lines, entry.code.side / LINE) if entry.code else lines


def _entry(reference: Reference, labels: Labels, shelf: Shelf) -> ReferenceEntry:
    href = web_address(reference.target.url) if is_safe(reference.target.url) else ""
    return ReferenceEntry(
        number=reference.number,
        text="" if reference.text.strip() == reference.target.url else reference.text,
        slides=_slides(reference.slides, labels),
        url=reference.target.url,
        href=href,
        code=qr_code(href, reference.number, labels, shelf) if len(href) >= LONG_ADDRESS else None,
    )


def _slides(numbers: tuple[int, ...], labels: Labels) -> str:
    if not numbers:
        return ""
    if len(numbers) == 1:
        return labels.slide_small.format(numbers[0])
    return labels.slide_list.format(", ".join(map(str, numbers)))
