"""A sheet's parts as its template prints them: subjects, rows, columns of sections and references, asides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TypeVar

from markupsafe import Markup
from msgspec import Struct

from pipeline.labels import Labels
from pipeline.model.document import CalloutKind, Figure
from pipeline.model.inlines import Inline, Inlines, Text
from pipeline.model.plan import SEPARATOR, CheatSheet, ComparisonRow, SheetNotice, SheetPoint, Subject
from pipeline.model.text import numbers_itself, plain_text
from pipeline.typeset import has_right_to_left
from pipeline.write.html import TONES
from pipeline.write.html_inlines import (
    LEFT_TO_RIGHT,
    MM_PER_PIXEL,
    Printing,
    clean,
    element,
    inlines_html,
    is_safe,
    picture_html,
    short_address,
    source_html,
    web_address,
)
from pipeline.write.html_table import text_width
from pipeline.write.labels import without_lone_word
from pipeline.write.marks import LETTERS, SHAPES
from pipeline.write.sheet_ladder import Kept
from pipeline.write.sheet_sizes import other_names

# A dot between two stands behind the first, never at the beginning of a line.
_BOUND_DOT = "\N{NO-BREAK SPACE}· "
# Cells of the first row with no more letters than this are set large: they say the difference in a word.
LARGE_CELL = 30
# More sections than this, where they have no key points, become an index in three columns; more than the second
# number run on one after the other.
INDEX, LONG_INDEX = 14, 60
# More references than this are set in three columns; more than the second number run on as well.
MANY_REFERENCES, TOO_MANY_REFERENCES = 14, 45
# A figure is at most so high in millimetres, at nominal size.
FIGURE_HEIGHT = 46.0
# A drawing that is this many times wider than high shows one subject beside the other.
HALVED = 2.2

Column = TypeVar("Column")


class SubjectView(Struct, frozen=True, kw_only=True):
    """A band: letter and shape tell the subject apart where colours do not."""

    letter: str
    shape: str
    name: str
    aliases: str


class CellView(Struct, frozen=True, kw_only=True):
    """What is said of one subject, or nothing."""

    letter: str
    text: str
    shown: Markup


class RowView(Struct, frozen=True, kw_only=True):
    """A row of the comparison."""

    aspect: str
    cells: tuple[CellView, ...]
    large: bool


class EntryView(Struct, frozen=True, kw_only=True):
    """A section with its key points and its page in the handout."""

    number: str
    title: str
    page: str
    points: tuple[Markup, ...]
    more: str
    deeper: bool
    ems: float


class AsideView(Struct, frozen=True, kw_only=True):
    """A notice, or the figure of a page that compares nothing."""

    word: Markup
    text: Markup
    tone: str
    picture: Markup
    legend: Markup
    ems: float


class FigureView(Struct, frozen=True, kw_only=True):
    """The figure as a row of the comparison. Its label is empty where the legend begins with that word.

    One that is `halved` shows each subject under its own band.
    """

    label: str
    picture: Markup
    legend: Markup
    halved: bool


class SheetReference(Struct, frozen=True, kw_only=True):
    """A reference with its address as short as it can be recognised; the link behind it is whole."""

    number: int
    text: str
    address: str
    href: str


def subject_views(subjects: Sequence[Subject]) -> tuple[SubjectView, ...]:
    """The bands, as many as there are letters for."""
    return tuple(
        SubjectView(letter=letter, shape=shape, name=subject.name, aliases=other_names(subject))
        for letter, shape, subject in zip(LETTERS, SHAPES, subjects, strict=False)
    )


def row_views(rows: Sequence[ComparisonRow], subjects: Sequence[Subject], printing: Printing) -> tuple[RowView, ...]:
    """The rows with a cell for every subject; several cells of one subject stand together."""
    return tuple(_row_view(row, subjects, printing, first=number == 0) for number, row in enumerate(rows))


def _row_view(row: ComparisonRow, subjects: Sequence[Subject], printing: Printing, *, first: bool) -> RowView:
    mark = LEFT_TO_RIGHT if printing.right_to_left else ""
    said = [row.parts_of(subject.name, around_code=mark) for subject in subjects]
    texts = [SEPARATOR.join(parts) for parts in said]
    return RowView(
        aspect=row.aspect,
        cells=tuple(
            CellView(letter=letter, text=text, shown=_cell_html(parts, printing))
            for letter, text, parts in zip(LETTERS, texts, said, strict=False)
        ),
        large=first and all(texts) and max(map(len, texts)) <= LARGE_CELL * 2 // max(len(texts), 2),
    )


def _cell_html(parts: Sequence[str], printing: Printing) -> Markup:
    """What is said of a subject; each of several texts reads in its own direction."""
    text = without_lone_word(_BOUND_DOT.join(parts))
    if len(parts) < 2 or not (printing.right_to_left or has_right_to_left(text)):  # noqa: PLR2004 (several)
        return clean(text)
    return clean(_BOUND_DOT).join(element("bdi", clean(part), dir=printing.within(part)) for part in parts)


def entry_views(sheet: CheatSheet, kept: Kept, printing: Printing, pages: Mapping[str, int]) -> tuple[EntryView, ...]:
    """The sections that are kept, with the key points that are."""
    sections = sheet.sections[: kept.sections]
    top = min((section.level for section in sections), default=0)
    labels = printing.labels
    views = []
    for section, count in zip(sections, kept.points, strict=False):
        page = pages.get(section.id)
        points = _full(section, kept.full) if kept.full else section.points[:count]
        left = _left(section, len(points), full=bool(kept.full))
        views.append(
            EntryView(
                number=str(section.number) if section.number and not numbers_itself(section.title) else "",
                title=section.title,
                page=labels.page.format(page) if page else "",
                points=tuple(point_html(point, printing) for point in points),
                more=labels.and_more.format(left) if left else "",
                deeper=section.level > top,
                ems=text_width(section.title) + 4,
            )
        )
    return tuple(views)


def _full(section: SheetPoint, most: int) -> tuple[Inlines, ...]:
    """So many points in full; one more in place of the note that there is one more."""
    most += len(section.full) + section.full_left == most + 1
    return section.full[:most]


def point_html(point: Inlines, printing: Printing) -> Markup:
    """The point; each of several that are joined reads in its own direction, and they follow in the page's."""
    parts: list[list[Inline]] = [[]]
    for inline in point:
        if isinstance(inline, Text) and inline.text == SEPARATOR:
            parts.append([])
        else:
            parts[-1].append(inline)
    return clean(_BOUND_DOT).join(_part_html(tuple(part), printing) for part in parts)


def _part_html(part: Inlines, printing: Printing) -> Markup:
    shown, text = inlines_html(part, printing), plain_text(part)
    if not (printing.right_to_left or has_right_to_left(text)):
        return shown
    return element("bdi", shown, dir=printing.within(text))


def _left(section: SheetPoint, shown: int, *, full: bool) -> int:
    """How many points, or items of the last point's list, are left to the handout."""
    if full:
        return len(section.full) - shown + section.full_left
    return section.left[shown - 1] if 0 < shown <= len(section.left) else 0


def entry_lines(entry: EntryView, measure: float) -> float:
    """About how many lines an entry is high in a column of so many ems."""
    points = sum(ceil(max(text_width(point.striptags()), 1) / measure) for point in entry.points)
    title = ceil(entry.ems / max(measure - 4, 4)) if entry.title else 0
    return title + points + bool(entry.more) + 0.7


def aside_lines(aside: AsideView, measure: float) -> float:
    """About how many lines a notice is high in a column of so many ems."""
    return ceil(aside.ems / measure) + 2.2


def in_columns(items: Sequence[Column], heights: Sequence[float], count: int) -> tuple[tuple[Column, ...], ...]:
    """The items in order over at most `count` columns, so that the highest column is as low as can be."""
    if not items:
        return ()
    low, high = max(heights), sum(heights)
    for _ in range(24):
        middle = (low + high) / 2
        if len(_filled(heights, middle)) <= count:
            high = middle
        else:
            low = middle
    starts = _filled(heights, high)
    ends = (*starts[1:], len(items))
    return tuple(tuple(items[start:end]) for start, end in zip(starts, ends, strict=True))


def _filled(heights: Sequence[float], limit: float) -> list[int]:
    """Where each column starts when none gets higher than the limit."""
    starts, height = [0], 0.0
    for number, each in enumerate(heights):
        if height + each > limit and height:
            starts.append(number)
            height = 0.0
        height += each
    return starts


def aside_views(sheet: CheatSheet, kept: Kept, printing: Printing, scale: float) -> tuple[AsideView, ...]:
    """The notices that are kept; on a page that compares nothing, the figure before them."""
    views = [_notice_view(notice, printing) for notice in sheet.notices[: kept.notices]]
    if kept.figure and sheet.figure is not None and not sheet.comparison.subjects:
        figure = figure_view(sheet.figure, printing, scale, printing.measure)
        if figure is not None:
            empty = Markup("")
            views.insert(
                0,
                AsideView(word=empty, text=empty, tone="", picture=figure.picture, legend=figure.legend, ems=400),
            )
    return tuple(views)


def _notice_view(notice: SheetNotice, printing: Printing) -> AsideView:
    kinds = {kind.value: kind for kind in CalloutKind}
    kind = kinds.get(notice.kind, CalloutKind.NOTE)
    word = notice.word or printing.labels.callout(kind)
    said = notice.title.strip()
    if said and not said.casefold().startswith(word.casefold()):
        said = said if kind is CalloutKind.DETAILS else f"{word}: {said}"
    return AsideView(
        word=Markup("{}").format(said or word),
        text=inlines_html(notice.text, printing),
        tone=TONES[kind],
        picture=Markup(""),
        legend=Markup(""),
        ems=text_width(plain_text(notice.text)),
    )


def figure_view(figure: Figure, printing: Printing, scale: float, room: float) -> FigureView | None:
    """The figure with its legend in so many millimetres, or None where its picture could not be had."""
    picture = figure.image.picture
    if picture is None:
        return None
    natural = (figure.width or picture.width) * MM_PER_PIXEL
    highest = FIGURE_HEIGHT * scale * picture.width / (picture.height or 1)
    width = min(max(natural, 60.0), room - 0.5, highest)
    shown = picture_html(figure.image, plain_text(figure.legend), printing, class_="picture", width=width)
    legend = inlines_html(figure.legend, printing)
    if figure.origin is not None:
        legend += (Markup(" · ") if legend else Markup("")) + source_html(figure.origin, printing)
    word = printing.labels.figure
    label = "" if plain_text(figure.legend).strip().casefold().startswith(word.casefold()) else word
    halved = picture.media_type == "image/svg+xml" and picture.width >= HALVED * picture.height
    return FigureView(label=label, picture=shown or Markup(""), legend=legend, halved=halved)


def aside_title(asides: Sequence[AsideView], labels: Labels) -> str:
    """What to call the notices."""
    tones = {aside.tone for aside in asides if aside.tone}
    if not tones:
        return labels.figure
    if tones <= {"warning", "danger"}:
        return labels.pitfalls
    return labels.pitfalls_and_tips if tones & {"warning", "danger"} else labels.good_to_know


def reference_views(sheet: CheatSheet, kept: Kept, longest: int, *, compact: bool) -> tuple[SheetReference, ...]:
    """The references that are kept; compact ones show no more of their address than the host."""
    views = []
    for reference in sheet.references[: kept.references]:
        url = reference.target.url
        address = short_address(url, longest)
        text = "" if reference.text.strip() in {url, address} else reference.text
        if compact and text:
            address = short_address(url, 200).split("/", 1)[0]
        views.append(
            SheetReference(
                number=reference.number, text=text, address=address, href=web_address(url) if is_safe(url) else ""
            )
        )
    return tuple(views)
