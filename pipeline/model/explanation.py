"""Why each slide is there and looks as it does, for people to look at and for programs to read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Any, Final, assert_never

from pipeline.diagnostics import Span
from pipeline.model.document import Block, Blocks
from pipeline.model.fitted import (
    Element,
    FittedParagraph,
    PictureBox,
    Run,
    ShapeBox,
    Step,
    TableBox,
    TextBox,
)
from pipeline.model.origin import Origin, SlideRule
from pipeline.model.plan import Deck, Slide
from pipeline.model.text import own_inlines, plain_text, walk_blocks

_REASONS: Final = MappingProxyType(
    {
        SlideRule.COVER: "the page's title opens the deck",
        SlideRule.AGENDA: "the page has three sections or more",
        SlideRule.OPENER: "a heading that shows nothing of its own opens the part below it",
        SlideRule.INTRODUCTION: "what stands before the first heading is more than the cover takes",
        SlideRule.HEADING: "a heading with content begins a slide",
        SlideRule.TOGETHER: "the headings below this one are short enough to share a slide",
        SlideRule.BREAK: "the author begins a slide here, with a ruler or a hint",
        SlideRule.CONTINUED: "all of the section has no room on one slide, or would be too small there",
        SlideRule.COMPARISON: "the page compares its subjects, in more than one section",
        SlideRule.REFERENCES: "the page's addresses are listed and numbered",
    }
)
_EXCERPT: Final = 60
_SPACE: Final = Run(text=" ")
_AROUND: Final = frozenset({"Footer", "Slide number", "Section number", "Title", "Line numbers", "Sign"})
"""What stands round the body, or belongs to something there."""


def explanation_data(deck: Deck, numbers: Sequence[int]) -> list[dict[str, Any]]:
    """The slides of those numbers as JSON has it; sizes are in points, costs in parts of what a slide costs, 11."""
    return [_data(slide) for slide in deck.slides if slide.number in numbers]


def explanation_text(deck: Deck, numbers: Sequence[int], path: str) -> str:
    """The same for people, a paragraph for each slide."""
    return "\n\n".join("\n".join(_lines(slide, path)) for slide in deck.slides if slide.number in numbers)


def _data(slide: Slide) -> dict[str, Any]:
    origin = slide.origin
    return {
        "slide": slide.number,
        "title": slide.title,
        "part": list(slide.part) if slide.part else None,
        "kind": slide.kind.value,
        "rule": origin.rule.value,
        "reason": _REASONS[origin.rule],
        "lines": [[span.first, span.last] for span in origin.lines],
        "layout": origin.layout.value if origin.layout else None,
        "weighed": [{"layout": each.layout.value, "cost": round(each.cost, 1)} for each in origin.weighed],
        "wished": origin.wished.value if origin.wished else None,
        "refused": [f"{hint.name}={hint.value}" if hint.value else hint.name for hint in origin.refused],
        "sizes": [{"name": name, "points": points} for name, points in _sizes(slide.elements)],
        "steps": [_appearing(step, slide.elements) for step in slide.steps],
        "notes": [{"lines": [block.span.first, block.span.last], "text": _words(block)} for block in slide.notes],
        "seconds": slide.seconds,
    }


def _lines(slide: Slide, path: str) -> Iterator[str]:
    part = f" {slide.part[0]}/{slide.part[1]}" if slide.part else ""
    yield f"slide {slide.number}  {slide.title}{part}"
    origin = slide.origin
    yield f"  why     {origin.rule.value}: {_REASONS[origin.rule]}"
    if origin.lines:
        yield f"  from    {path}:{', '.join(map(_span, origin.lines))}"
    if origin.layout:
        yield f"  layout  {origin.layout.value}: {_choice(origin)}"
    for hint in origin.refused:
        yield f"  hint    {path}:{hint.span.first}: {hint.name}={hint.value} could not be followed"
    if sizes := [f"{name} {_points(points)}" for name, points in _sizes(slide.elements)]:
        yield f"  sizes   {'; '.join(sizes)}"
    for click, step in enumerate(slide.steps, start=1):
        yield f"  click {click:<2}{'; '.join(_appearing(step, slide.elements))}"
    if slide.notes:
        yield f"  notes   {slide.seconds} s to say"
        yield from (f"          {_span(block.span)}: {_words(block)}" for block in slide.notes)


def _choice(origin: Origin) -> str:
    """Why a layout was taken."""
    others = [f"{each.layout.value} {each.cost:.1f}" for each in origin.weighed if each.layout is not origin.layout]
    if origin.wished and origin.wished is origin.layout:
        return "the author's choice"
    if not origin.weighed:
        return "nothing else holds it"
    own = next(each.cost for each in origin.weighed if each.layout is origin.layout)
    if not others:
        return f"the only one that suits and fits (cost {own:.1f})"
    return f"the cheapest of those that fit ({own:.1f}; {', '.join(others)})"


def _span(span: Span) -> str:
    return str(span.first) if span.first == span.last else f"{span.first}-{span.last}"


def _words(block: Block) -> str:
    """How a block begins, as plain text."""
    inner: Blocks = (block,)
    text = " ".join(" ".join(plain_text(i) for each in walk_blocks(inner) for i in own_inlines(each)).split())
    if not text:
        return type(block).__name__.lower()
    return _shortened(text)


def _shortened(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"


def _appearing(step: Step, elements: Sequence[Element]) -> list[str]:
    """What a click shows: the beginning of each text; of what has no text, its name."""
    shown: list[str] = []
    for part in step:
        element = elements[part.element]
        first, last = part.paragraphs or (0, sys.maxsize)
        lines = (line for paragraph in _paragraphs(element)[first : last + 1] for line in paragraph.lines)
        text = " ".join("".join(run.text for line in lines for run in (*line.runs, _SPACE)).split())
        if element.name not in _AROUND:
            shown.append(_shortened(text) or element.name)
    return shown


# ---------------------------------------------------------------- sizes


def _sizes(elements: Sequence[Element]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """What stands in a body by its name, with the sizes of its text, the largest first; pictures have none."""
    found: dict[str, set[float]] = {}
    for element in elements:
        if element.name not in _AROUND and not element.name.startswith("Mark "):
            paragraphs = _paragraphs(element)
            if paragraphs:
                found.setdefault(element.name, set()).update(paragraph.size.points for paragraph in paragraphs)
    return tuple((name, tuple(sorted(sizes, reverse=True))) for name, sizes in found.items())


def _paragraphs(element: Element) -> tuple[FittedParagraph, ...]:
    match element:
        case TextBox():
            return element.paragraphs
        case TableBox():
            return tuple(p for row in element.rows for cell in row.cells for p in cell.paragraphs)
        case PictureBox() | ShapeBox():
            return ()
        case _:
            assert_never(element)


def _points(sizes: Sequence[float]) -> str:
    return "/".join(f"{size:g}" for size in sizes) + " pt"
