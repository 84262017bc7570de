"""The plan of the one-page sheet: what sums the page up, what it compares, and each section with its key points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from msgspec.structs import replace

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CalloutKind,
    Document,
    Figure,
    ItemList,
    Paragraph,
    Section,
)
from pipeline.model.inlines import InlineImage, Inlines, Link, Text
from pipeline.model.plan import CheatSheet, Comparison, Reference, SheetNotice, SheetPoint
from pipeline.model.text import plain_text, walk_blocks
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.passages import stretch_of
from pipeline.plan.comparison.rungs_tables import rows_of_table
from pipeline.plan.contents import is_contents_list
from pipeline.plan.excerpts import excerpt
from pipeline.plan.keypoints import (
    MOST,
    MOST_FULL,
    Elsewhere,
    KeyPoint,
    in_full,
    key_clause,
    key_points,
    listed,
    says_something,
)
from pipeline.plan.leads import INTRODUCES
from pipeline.plan.references import is_reference_list
from pipeline.plan.speech import word_count
from pipeline.plan.topics import outline, section_numbers, walk_sections
from pipeline.settings import Settings

_LISTED_LEVEL = 2
# Key points of a section beside a comparison; and of all sections where nothing is compared.
FEW_POINTS, ALL_POINTS = 2, 24
_FEW_SECTIONS = 12
_MOST_NOTICES = 6
_LONG_SUMMARY = 32
_LONG_NOTICE = 40
_TINY = 2.5
_TWO = 2
_PITFALLS = (CalloutKind.DANGER, CalloutKind.WARNING, CalloutKind.CAUTION, CalloutKind.IMPORTANT)
_NOTICES = (*_PITFALLS, CalloutKind.TIP)
_ASKS = re.compile(
    r"\b(?:please|must|should|never|always|avoid|don['’]t|do not|make sure|ensure|be careful|instead"
    r"|recommend\w*|bitte|muss|müssen|soll\w*|nie|immer|vermeide\w*|il faut|évite[rz]|debe\w*|evita\w*)\b"
    r"|请|务必|必须|不要|避免|应该|建议|推荐|注意|ください|べき|避け|必ず",
    re.IGNORECASE,
)
_CONCEDES = re.compile(
    r"(?:if|unless|when|whenever|where|while|although|though|even|only if|should you|otherwise|in case|once|until"
    r"|falls|wenn|sofern|sobald|sollten?|obwohl|auch wenn|si|sauf si|lorsque|quand|bien que|cuando|aunque)\b"
    r"|s['’]ils?\b|如果|若|假如|要是|除非|当(?!心|然)|虽然|即使|もし|たとえ",
    re.IGNORECASE,
)
"""How a sentence begins that asks only under a condition, so that it does not stand for the notice."""


def plan_cheatsheet(
    document: Document, settings: Settings, comparison: Comparison, references: tuple[Reference, ...]
) -> CheatSheet:
    """The sheet of a page; of one that compares nothing, its key facts."""
    names = Names(subjects=comparison.subjects)
    summary = _summary(document, names)
    sections = _sections(document, names, _elsewhere(names, comparison, plain_text(summary)))
    last = _closing(document, sections) if references else None
    return CheatSheet(
        title=plain_text(document.title),
        summary=summary,
        language=document.language,
        paper=settings.overridden(document.metadata.overrides).paper,
        source=PurePosixPath(document.path).name,
        date=document.metadata.date,
        comparison=comparison,
        figure=_figure(document, names),
        sections=sections[:-1] if last else sections,
        notices=_notices(document),
        references=references,
        references_section=last,
    )


def sheet_problems(document: Document, sheet: CheatSheet) -> tuple[Diagnostic, ...]:
    """A warning where the sheet has nothing to show but the page's title, as of a sole figure or program."""
    said = (sheet.summary, sheet.comparison.rows, sheet.sections, sheet.notices, sheet.references, sheet.figure)
    if any(said):
        return ()
    shown = Diagnostic(
        severity=Severity.WARNING,
        code="empty-sheet",
        message="the comparison sheet shows nothing of the page but its title",
        path=document.path,
        span=document.blocks[0].span if document.blocks else None,
        hint="it is made of sections, sentences, lists and tables, of which the page has none",
    )
    return (shown,)


# ---------------------------------------------------------------- what sums it up


def _summary(document: Document, names: Names) -> Inlines:
    """The author's description, else the first sentence that names two subjects, else the page's first sentence."""
    if description := " ".join(document.metadata.description.split()):
        stated = (Text(text=description, span=document.metadata.span or Span(first=1, last=1)),)
        return _short(stated)
    paragraphs = [b.children for b in _blocks(document) if isinstance(b, Paragraph) and _has_words(b.children)]
    both = (said for said in _sentences(paragraphs, _tells) if len(names.named(said[1])) >= _TWO)
    first = next(_sentences(paragraphs, _tells), None)
    chosen = next(both, first) if names.subjects else first
    return _short(chosen[0]) if chosen else ()


def _has_words(inlines: Inlines) -> bool:
    """Whether a paragraph has words beside its links and pictures, unlike a row of badges."""
    beside = tuple(inline for inline in inlines if not isinstance(inline, Link | InlineImage))
    return any(map(str.isalpha, plain_text(beside)))


def _sentences(texts: Iterable[Inlines], fits: Callable[[str], bool]) -> Iterator[tuple[Inlines, str]]:
    """Each sentence of the texts that fits, with its words."""
    for inlines in texts:
        for sentence in stretch_of(inlines, 1).sentences:
            if fits(sentence.text):
                yield excerpt(inlines, sentence.first, sentence.last), sentence.text


def _short(inlines: Inlines) -> Inlines:
    return inlines if word_count(plain_text(inlines)) <= _LONG_SUMMARY else key_clause(inlines)


def _tells(text: str) -> bool:
    return word_count(text) > _TINY and says_something(text) and not text.endswith((":", "：", "?", "？"))


def _blocks(document: Document) -> Iterator[Block]:
    """The blocks of the page and of its sections, in order, without what stands inside them."""
    yield from document.blocks
    for section in walk_sections(document.sections):
        yield from section.blocks


# ---------------------------------------------------------------- figure


def _figure(document: Document, names: Names) -> Figure | None:
    """The figure whose legend or description names two subjects, else the one right under what compares them."""
    if not names.subjects:
        return None
    figures = [f for block in _blocks(document) for f in walk_blocks((block,)) if isinstance(f, Figure)]
    had = [figure for figure in figures if figure.image.picture]
    told = (f for f in had if _names_two(plain_text(f.legend), names) or _names_two(f.image.alt, names))
    return next(told, next(_under_comparing(document, names), None))


def _under_comparing(document: Document, names: Names) -> Iterator[Figure]:
    places = [(document.title, document.blocks)]
    places += [(section.title, section.blocks) for section in walk_sections(document.sections)]
    for title, blocks in places:
        first = next((block for block in blocks if isinstance(block, Figure)), None)
        near = first is not None and first in blocks[:2]
        if first and near and first.image.picture and _names_two(plain_text(title), names):
            yield first


def _names_two(text: str, names: Names) -> bool:
    return bool(names.subjects) and len(names.named(text)) >= _TWO


# ---------------------------------------------------------------- sections


def _sections(document: Document, names: Names, elsewhere: Elsewhere) -> tuple[SheetPoint, ...]:
    """Every section down to the outline, those of the second heading level, and the next depth where it has few."""
    if not document.sections:
        return _introduction(document, elsewhere)
    numbers = section_numbers(document)
    shown = _shown(document)
    listed = [section for section in walk_sections(document.sections) if section.id in shown]
    points = tuple(_point(section, numbers.get(section.id), shown, elsewhere) for section in listed)
    most = FEW_POINTS if names.subjects else _most_points(points)
    return tuple(_first(point, most) for point in points)


def _first(section: SheetPoint, most: int) -> SheetPoint:
    """A section with its first key points: with one more in place of the note that there is one more."""
    most += section.left[most - 1 : most] == (1,)
    return replace(section, points=section.points[:most], left=section.left[:most])


def _most_points(sections: tuple[SheetPoint, ...]) -> int:
    """How many key points a section has where nothing is compared: fewer the more sections there are."""
    told = sum(bool(section.points) for section in sections)
    return max(FEW_POINTS, min(MOST, ALL_POINTS // max(told, 1)))


def _closing(document: Document, sections: tuple[SheetPoint, ...]) -> SheetPoint | None:
    """The last section, where it is the page's own list of references."""
    last = document.sections[-1] if document.sections else None
    closes = last is not None and sections[-1].id == last.id and len(sections) > 1 and is_reference_list(last)
    return sections[-1] if closes else None


def _shown(document: Document) -> frozenset[str]:
    """The ids of the sections that stand on the sheet by their titles."""
    top = outline(document)
    below = [inner for section in top for inner in section.sections]
    deeper = below if len(top) + len(below) <= _FEW_SECTIONS else []
    above = {s.id for s in walk_sections(document.sections) if s.level <= _LISTED_LEVEL or s.level < top[0].level}
    return frozenset(above | {section.id for section in (*top, *deeper)})


def _introduction(document: Document, elsewhere: Elsewhere) -> tuple[SheetPoint, ...]:
    """The page itself as one entry, where no section parts it."""
    points = key_points(document.blocks, elsewhere)
    spans = [block.span for block in document.blocks]
    if not points:
        return ()
    span = Span(first=spans[0].first, last=spans[-1].last)
    whole = SheetPoint(number=None, title="", level=1, id="", points=(), span=span)
    return (_with_points(whole, points),)


def _point(section: Section, number: int | None, shown: frozenset[str], elsewhere: Elsewhere) -> SheetPoint:
    listing = is_reference_list(section) or is_contents_list(section)
    points = () if listing else key_points(section.blocks, elsewhere)
    hidden = tuple(inner.title for inner in section.sections if inner.id not in shown)
    titled = SheetPoint(
        number=number,
        title=plain_text(section.title),
        level=section.level,
        id=section.id,
        points=(),
        span=section.heading,
    )
    return _with_points(titled, (*points[:1], listed(hidden), *points[1:]) if hidden else points)


def _with_points(section: SheetPoint, points: tuple[KeyPoint, ...]) -> SheetPoint:
    short, full = points[:MOST], in_full(points)
    return replace(
        section,
        points=tuple(point.text for point in short),
        left=tuple(point.left for point in short),
        full=full[:MOST_FULL],
        full_left=max(len(full) - MOST_FULL, 0),
    )


def _elsewhere(names: Names, comparison: Comparison, summary: str) -> Elsewhere:
    """What the sheet says above its sections: the summary and the comparison, with the rows of tables that it shows."""
    cells = tuple(cell.text for row in comparison.rows for cell in row.cells)
    return Elsewhere(
        compared=lambda table: bool(names.subjects) and any(rows_of_table(table, names)), texts=(summary, *cells)
    )


# ---------------------------------------------------------------- notices


def _notices(document: Document) -> tuple[SheetNotice, ...]:
    """The page's warnings, then its tips, each with what it asks for, else its first sentence.

    One without a text is a sample of how such are written, unless its title is more than a name.
    """
    every = (block for top in _blocks(document) for block in walk_blocks((top,)))
    callouts = [block for block in every if isinstance(block, Callout) and block.kind in _NOTICES]
    ranked = sorted(callouts, key=lambda callout: callout.kind not in _PITFALLS)
    noticed = (_notice(callout) for callout in ranked)
    return tuple(notice for notice in noticed if plain_text(notice.text) or _tells(notice.title))[:_MOST_NOTICES]


def _notice(callout: Callout) -> SheetNotice:
    """A callout with the sentence that asks for something; with its first where the title asks, or no sentence does."""
    running = tuple(_running(callout.children))
    asked = _ASKS.search(plain_text(callout.title)) is not None
    asking = None if asked else next(_sentences(running, _asks), None)
    chosen = asking or next(_sentences(running, _tells_itself), None) or next(_sentences(running, bool), ((), ""))
    text = chosen[0] if word_count(chosen[1]) <= _LONG_NOTICE else key_clause(chosen[0])
    title = plain_text(callout.title)
    return SheetNotice(kind=callout.kind.value, title=title, text=text, span=callout.span, word=callout.word)


def _asks(text: str) -> bool:
    """Whether a sentence asks for something, and not only under a condition that it begins with."""
    return _ASKS.search(text) is not None and _CONCEDES.match(text) is None and _tells_itself(text)


def _tells_itself(text: str) -> bool:
    """Whether a sentence announces nothing that the sheet does not have."""
    return bool(text) and not text.endswith(INTRODUCES)


def _running(blocks: Blocks) -> Iterator[Inlines]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.children
        elif isinstance(block, ItemList):
            yield from (inlines for item in block.items for inlines in _running(item.children))
