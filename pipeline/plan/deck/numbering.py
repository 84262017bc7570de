"""Drafts as slides: numbered, framed, linked, and the references told which slides name them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.document import Block, Blocks
from pipeline.model.fitted import Element, PictureBox, Role
from pipeline.model.inlines import Link, WebTarget
from pipeline.model.plan import DeckSection, Reference, Slide, SlideKind
from pipeline.model.text import own_inlines, walk_blocks, walk_inlines
from pipeline.plan.deck.anchors import inner_ids, runs_of_element
from pipeline.plan.deck.assembly import AgendaPart, Assembly, Part, ReferencePart
from pipeline.plan.deck.drafts import Draft
from pipeline.plan.deck.mirroring import lined_up, mirrored, mostly_from_the_right
from pipeline.plan.deck.scaling import scaled
from pipeline.plan.deck.stepping import steps_of
from pipeline.plan.references import address_key
from pipeline.plan.speech import rounded
from pipeline.theme import Theme
from pipeline.typeset import reads_from_the_right
from pipeline.units import Emu

_PLACED = frozenset({Role.TITLE, Role.SUBTITLE, Role.FOOTER, Role.NUMBER})
"""What has a place of its own on a company's template."""


class Numbered(Struct, frozen=True, kw_only=True):
    """The finished slides and references."""

    slides: tuple[Slide, ...]
    references: tuple[Reference, ...]


def number_slides(assembly: Assembly) -> Numbered:
    """The slides of an assembly. Agenda and references are laid out twice: to count their slides, and to name them."""
    parts = assembly.parts()
    counted = _placed(parts, {}, None, assembly, assembly.references)
    references = _named(assembly.references, counted)
    starts = _starts(counted)
    drafts = _placed(parts, starts, _closing(counted), assembly, references)
    return Numbered(slides=tuple(_slides(drafts, starts, assembly)), references=references)


def _placed(
    parts: Sequence[Part],
    starts: Mapping[str, int],
    closing: int | None,
    assembly: Assembly,
    references: Sequence[Reference],
) -> list[Draft]:
    """The drafts in order."""
    drafts: list[Draft] = []
    for part in parts:
        match part:
            case ReferencePart():
                drafts.extend(assembly.reference_slides(part, references))
            case AgendaPart():
                drafts.extend(assembly.agenda(part, starts, closing))
            case Draft():
                drafts.append(part)
    return drafts


def _starts(drafts: Sequence[Draft]) -> Mapping[str, int]:
    """The first slide of each section, and of what holds a heading inside one."""
    starts: dict[str, int] = {}
    for number, draft in enumerate(drafts, start=1):
        for id_ in (*draft.ids, *inner_ids(draft.covers)):
            starts.setdefault(id_, number)
    return starts


def _closing(drafts: Sequence[Draft]) -> int | None:
    """The first slide of the last list of references."""
    first = [
        n for n, d in enumerate(drafts, start=1) if d.kind is SlideKind.REFERENCES and (not d.part or d.part[0] == 1)
    ]
    return first[-1] if first else None


def _named(references: Sequence[Reference], drafts: Sequence[Draft]) -> tuple[Reference, ...]:
    """The references with the slides that name them."""
    slides: dict[str, list[int]] = {}
    for number, draft in enumerate(drafts, start=1):
        if draft.kind is not SlideKind.REFERENCES:
            for key in dict.fromkeys((*_shown_addresses(draft), *_said_addresses(draft.notes))):
                slides.setdefault(key, []).append(number)
    return tuple(replace(r, slides=tuple(slides.get(address_key(r.target), ()))) for r in references)


def _shown_addresses(draft: Draft) -> Iterator[str]:
    for element in draft.elements:
        links = [run.link for run in runs_of_element(element)]
        if isinstance(element, PictureBox):
            links.append(element.link)
        yield from (address_key(link) for link in links if isinstance(link, WebTarget))


def _said_addresses(blocks: Blocks) -> Iterator[str]:
    for block in walk_blocks(blocks):
        for inlines in own_inlines(block):
            for inline in walk_inlines(inlines):
                if isinstance(inline, Link) and isinstance(inline.target, WebTarget):
                    yield address_key(inline.target)


def _slides(drafts: Sequence[Draft], starts: Mapping[str, int], assembly: Assembly) -> Iterator[Slide]:
    framer, anchors = assembly.content.framer, assembly.content.ink.anchors
    turned = reads_from_the_right(assembly.document.language)
    numbers = anchors.numbered(starts)
    for number, draft in enumerate(drafts, start=1):
        title = framer.title(draft.title_runs, draft.part, draft.section) if draft.framed else ()
        foot = framer.foot(number, len(drafts)) if draft.kind is not SlideKind.COVER else ()
        parts = tuple(anchors.resolved(each, numbers) for each in (title, draft.elements, foot))
        elements = _as_shown(parts, framer.setter.theme, draft, turned=turned)
        yield Slide(
            number=number,
            kind=draft.kind,
            title=draft.title,
            part=draft.part,
            section=draft.section,
            section_id=draft.section_id,
            elements=elements,
            notes=_once(draft.notes),
            covers=draft.covers,
            seconds=rounded(draft.seconds),
            origin=draft.origin,
            span=draft.span,
            steps=steps_of(elements),
        )


def _as_shown(parts: Sequence[tuple[Element, ...]], theme: Theme, draft: Draft, *, turned: bool) -> tuple[Element, ...]:
    """The elements of title, body and foot: turned where language or words ask for it, and as large as slides are.

    On a company's template what has a place stays there, and the body is turned within itself.
    """
    title, body, foot = parts
    grid, company = theme.grid, theme.company
    axis = Emu(grid.left + grid.width - grid.right) if company else grid.width
    placed = (_PLACED if draft.framed else frozenset(Role)) if company else frozenset[Role]()
    if turned:
        elements = tuple(mirrored((*title, *body, *foot), axis, placed))
    elif draft.kind is SlideKind.CONTENT and mostly_from_the_right(body):
        heads = mirrored(title, axis, placed) if mostly_from_the_right(title[:1]) else title
        elements = (*heads, *mirrored(body, axis, placed), *foot)
    else:
        elements = tuple(lined_up((*title, *body, *foot)))
    return tuple(scaled(elements, 1 / company.scale)) if company and company.scale != 1 else elements


def _once(blocks: Blocks) -> Blocks:
    """Notes with a footnote that is marked several times said once."""
    kept: list[Block] = []
    for block in blocks:
        if block not in kept:
            kept.append(block)
    return tuple(kept)


def deck_sections(slides: Sequence[Slide], title: str) -> tuple[DeckSection, ...]:
    """Consecutive slides under one name: the page's title, each numbered section, the references."""

    def name(slide: Slide) -> str:
        if slide.kind is SlideKind.REFERENCES:
            return slide.title
        return title if slide.section is None else names[slide.section]

    names: dict[int, str] = {}
    for slide in slides:
        if slide.section is not None:
            names.setdefault(slide.section, slide.title)
    groups = groupby(slides, key=lambda slide: (slide.section, slide.kind is SlideKind.REFERENCES))
    sections: list[DeckSection] = []
    for _, group in groups:
        held = list(group)
        sections.append(DeckSection(name=name(held[0]), first=held[0].number, last=held[-1].number))
    return tuple(sections)
