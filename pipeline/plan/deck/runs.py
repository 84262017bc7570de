"""Inlines as runs: the page's styles and links as appearance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.appearance import styled
from pipeline.model.fitted import Baseline, Jump, Run
from pipeline.model.inlines import (
    CodeSpan,
    FootnoteReference,
    FormulaSpan,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    Styled,
    Text,
    WebTarget,
)
from pipeline.model.text import plain_text
from pipeline.plan.deck.anchors import Anchors
from pipeline.plan.deck.formula_runs import formula_signs
from pipeline.theme import Colour, Face
from pipeline.units import Pt

WEB = ("http://", "https://")
# White space within code in a line that is wider than anyone writes there, as in a table drawn with signs.
_WIDE_SPACE = re.compile(r"\s{9,}")


class Inker(Struct, frozen=True, kw_only=True):
    """Turns inlines into runs for one page."""

    anchors: Anchors
    footnotes: Mapping[str, int]
    language: str

    def plain(
        self,
        text: str,
        *,
        bold: bool = False,
        colour: Colour = Colour.INK,
        size: Pt | None = None,
        link: Jump | None = None,
    ) -> Run:
        """A run of text in the page's language."""
        return Run(text=text, bold=bold, colour=colour, size=size, link=link, language=self.language)

    def runs(self, inlines: Inlines, base: Run | None = None) -> tuple[Run, ...]:
        """The runs of inlines, in the appearance of `base` where they have none of their own."""
        base = base or self.plain("")
        return trimmed_runs(_joined(run for inline in inlines for run in self._inline(inline, base)))

    def _inline(self, inline: Inline, base: Run) -> Iterator[Run]:
        match inline:
            case Text():
                yield replace(base, text=" ".join(inline.text.split("\n")))
            case CodeSpan():
                yield replace(base, text=_WIDE_SPACE.sub(" ", inline.text), face=Face.MONO, bold=True)
            case FormulaSpan():
                yield from _formula(inline, base)
            case LineBreak():
                yield replace(base, text="\n")
            case Styled():
                yield from self._each(inline.children, styled(base, inline.style))
            case Link():
                jump = self.anchors.jump(inline.target)
                yield from self._each(inline.children, replace(base, link=jump, underline=True) if jump else base)
            case InlineImage():
                yield from self._image(inline, base)
            case FootnoteReference():
                number = self.footnotes.get(inline.label)
                if number is not None:
                    yield replace(base, text=str(number), baseline=Baseline.SUPERSCRIPT)
            case _:
                assert_never(inline)

    def _each(self, inlines: Inlines, base: Run) -> Iterator[Run]:
        for inline in inlines:
            yield from self._inline(inline, base)

    def _image(self, inline: InlineImage, base: Run) -> Iterator[Run]:
        """An image within a line as its words; where it could not be had they lead to it, or are its address."""
        address = inline.image.source
        words = plain_text((inline,)) or inline.image.title
        if inline.image.picture is None:
            words = words or ("" if address.startswith("data:") else address)
            if base.link is None and address.startswith(WEB):
                base = replace(base, link=WebTarget(url=address), underline=True)
        yield replace(base, text=words)


def _formula(formula: FormulaSpan, base: Run) -> Iterator[Run]:
    """A formula as text where text can show it, else as its source."""
    signs = formula_signs(formula.source) if base.baseline is Baseline.NORMAL else None
    if signs is None:
        yield replace(base, text=formula.source, face=Face.MONO, bold=True)
        return
    for sign in signs:
        yield replace(base, text=sign.text, bold=base.bold or sign.bold, italic=sign.italic, baseline=sign.baseline)


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs without empty ones, neighbours of one appearance as one."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def trimmed_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs without white space at their ends."""
    kept = list(runs)
    while kept and not kept[0].text.lstrip():
        kept.pop(0)
    while kept and not kept[-1].text.rstrip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def text_of(runs: Iterable[Run]) -> str:
    """The text of runs."""
    return "".join(run.text for run in runs)
