"""The author's hints for a slide: `<!-- slide: layout=two-columns -->`, `break`, `keep`, `title="…"`; and `steps`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from msgspec import Struct

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.model.document import Block, Blocks, Divider, Document, Hint
from pipeline.model.origin import Layout
from pipeline.model.text import walk_blocks
from pipeline.plan.topics import walk_sections

_LAYOUT: Final = "layout"
_BREAK: Final = "break"
_KEEP: Final = "keep"
_TITLE: Final = "title"
_STEPS: Final = "steps"
_ALONE: Final = frozenset({_BREAK, _KEEP, _STEPS, "skip", "sheet-skip", "sheet-keep"})
"""Hints that take no value."""
_VALUED: Final = frozenset({_LAYOUT, _TITLE, "compare"})
_OF_SLIDES: Final = frozenset({_LAYOUT, _TITLE, _BREAK, _KEEP})
_OF_HANDOUT: Final = "handout-"
_ALIASES: Final = {
    "columns": Layout.TWO_COLUMNS,
    "two-column": Layout.TWO_COLUMNS,
    "figure": Layout.FIGURE_LARGE,
    "code-right": Layout.CODE_BESIDE,
}
_LAYOUTS: Final = {layout.value: layout for layout in Layout if layout is not Layout.OVERFULL} | _ALIASES


class Wishes(Struct, frozen=True, kw_only=True):
    """What the author asks of the slides of one stretch, with the hints that ask it."""

    layout: Layout | None = None
    keep: bool = False
    title: str = ""
    hints: tuple[Hint, ...] = ()

    def asking(self, name: str) -> tuple[Hint, ...]:
        """The hints of a name."""
        return tuple(hint for hint in self.hints if hint.name == name)

    @property
    def for_layout(self) -> tuple[Hint, ...]:
        """The hint that asks for the layout."""
        return self.asking(_LAYOUT)[-1:] if self.layout else ()

    @property
    def for_keeping(self) -> tuple[Hint, ...]:
        """The hint that asks for one slide."""
        return self.asking(_KEEP)[-1:]


def wishes_of(blocks: Sequence[Block]) -> Wishes:
    """What the hints among blocks ask for; of several that disagree, the last."""
    hints = tuple(block for block in blocks if isinstance(block, Hint) and block.name in _OF_SLIDES)
    layouts = [_LAYOUTS[hint.value.lower()] for hint in hints if hint.name == _LAYOUT and _is_layout(hint.value)]
    titles = [hint.value for hint in hints if hint.name == _TITLE and hint.value]
    return Wishes(
        layout=layouts[-1] if layouts else None,
        keep=any(hint.name == _KEEP for hint in hints),
        title=titles[-1] if titles else "",
        hints=hints,
    )


def breaks(block: Block) -> bool:
    """Whether a slide ends at a block: a ruler, or the hint that stands for one without being seen on the site."""
    return isinstance(block, Divider) or (isinstance(block, Hint) and block.name == _BREAK)


def asks_for_steps(block: Block) -> bool:
    """Whether what follows in the section appears step by step from here."""
    return isinstance(block, Hint) and block.name == _STEPS


def _is_layout(value: str) -> bool:
    return value.lower() in _LAYOUTS


# ---------------------------------------------------------------- what cannot be followed


def hint_problems(document: Document) -> Iterator[Diagnostic]:
    """A warning for each hint that means nothing, or stands where it can ask for nothing."""
    own = {id(block) for blocks in _levels(document) for block in blocks}
    for blocks in _levels(document):
        for block in walk_blocks(blocks):
            if isinstance(block, Hint):
                yield from _problem(block, document.path, nested=id(block) not in own)


def _levels(document: Document) -> Iterator[Blocks]:
    yield document.blocks
    for section in walk_sections(document.sections):
        yield section.blocks


def _problem(hint: Hint, path: str, *, nested: bool) -> Iterator[Diagnostic]:
    if nested:
        yield _warning(hint, path, f"the hint {hint.name!r} stands inside another block", "put it between blocks")
    elif hint.name.startswith(_OF_HANDOUT):
        yield _warning(hint, path, f"there is no hint {hint.name!r}", "the handout says all that the page says")
    elif hint.name in _LAYOUTS and not hint.value:
        yield _warning(hint, path, f"there is no hint {hint.name!r}", f"write layout={hint.name}")
    elif hint.name not in _ALONE | _VALUED:
        yield _warning(hint, path, f"there is no hint {hint.name!r}", _instead(hint.name, _ALONE | _VALUED))
    elif hint.name == _LAYOUT and not _is_layout(hint.value):
        names = frozenset(layout.value for layout in _LAYOUTS.values())
        yield _warning(hint, path, f"there is no layout {hint.value!r}", _instead(hint.value, names))
    elif hint.name in _VALUED and not hint.value:
        yield _warning(hint, path, f"the hint {hint.name!r} says nothing", f'write {hint.name}="…"')


def _instead(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name.lower(), sorted(known), n=1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"


def _warning(hint: Hint, path: str, message: str, advice: str) -> Diagnostic:
    return Diagnostic(
        severity=Severity.WARNING, code="unknown-hint", message=message, path=path, span=hint.span, hint=advice
    )


def refusal(hint: Hint, used: Layout | None, path: str) -> Diagnostic:
    """The warning that a slide could not follow a hint."""
    if hint.name == _KEEP:
        message, advice = "what is to be kept together fits no single slide", "shorten it, or divide it yourself"
    elif hint.name == _STEPS:
        message = "nothing follows in its section that could appear step by step"
        advice = "put it before what is to appear so"
    else:
        instead = used.value if used else "text"
        message = f"layout={hint.value} cannot hold what stands here"
        advice = f"{instead} is used; choose another layout, or none"
    return Diagnostic(
        severity=Severity.WARNING, code="hint-not-followed", message=message, path=path, span=hint.span, hint=advice
    )
