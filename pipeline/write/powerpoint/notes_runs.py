"""Inlines of the page as runs of a speaker's notes."""

from __future__ import annotations

from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from pipeline.model.appearance import styled
from pipeline.model.fitted import Baseline, Run
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    FileTarget,
    FootnoteReference,
    FormulaSpan,
    Image,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.theme import Face
from pipeline.typeset import east_asian


class RunMaker(Struct, frozen=True, kw_only=True):
    """Makes runs in the page's language."""

    language: str

    def runs(self, inlines: Inlines, *, bold: bool = False, italic: bool = False) -> list[Run]:
        """The inlines' runs, in order; a run of a line feed is the author's line break."""
        made: list[Run] = []
        plain = Run(text="", bold=bold, italic=italic, language=self.language)
        waiting: list[tuple[Inline, Run]] = [(inline, plain) for inline in reversed(inlines)]
        while waiting:
            inline, look = waiting.pop()
            inner, look = self._inner(inline, look)
            if look.text:
                made.append(upright(look))
            waiting.extend((child, look) for child in reversed(inner))
        return made

    def words(self, text: str, *, italic: bool = False) -> list[Run]:
        """A run of plain words, or none where there are none."""
        return [upright(Run(text=text, italic=italic, language=self.language))] if text else []

    def origin(self, target: Target | None) -> list[Run]:
        """Where a figure is from, in brackets behind its legend."""
        jump = _jump(target) if target else None
        if jump is None:
            return []
        address = jump.url if isinstance(jump, WebTarget) else jump.path
        linked = Run(text=address, link=jump, underline=True, language=self.language)
        return [*self.words(" ("), linked, *self.words(")")]

    def _inner(self, inline: Inline, look: Run) -> tuple[Inlines, Run]:
        """What stands inside an inline, and how it looks; or the inline's own text in that look."""
        match inline:
            case Text():
                return (), replace(look, text=inline.text)
            case CodeSpan():
                return (), replace(look, text=inline.text, face=Face.MONO)
            case FormulaSpan():
                return (), replace(look, text=inline.source, face=Face.MONO)
            case Styled():
                return inline.children, styled(look, inline.style)
            case Link():
                return inline.children, _linked(look, inline.target)
            case InlineImage():
                look = _linked(look, inline.origin) if inline.origin else look
                return (inline.legend, look) if inline.legend else ((), replace(look, text=_words(inline.image)))
            case FootnoteReference():
                return (), replace(look, text=inline.label, baseline=Baseline.SUPERSCRIPT)
            case LineBreak():
                return (), replace(look, text="\n")
            case _:
                assert_never(inline)


def _words(image: Image) -> str:
    """What is said of an image; of one that could not be had, at least its address, as slides say it."""
    said = image.alt or image.title
    return said or ("" if image.picture or image.source.startswith("data:") else image.source)


def _linked(look: Run, target: Target) -> Run:
    jump = _jump(target)
    return replace(look, link=jump, underline=True) if jump else look


def _jump(target: Target) -> WebTarget | PageTarget | FileTarget | None:
    """Where a link in notes can lead. The format lets notes relate to their own slide only, so none leads to others."""
    match target:
        case WebTarget() | PageTarget():
            return target
        case FileTarget():
            return target if target.way else None
        case SectionTarget() | BrokenTarget():
            return None
        case _:
            assert_never(target)


def upright(run: Run) -> Run:
    """The run, without italics where its script has none."""
    return replace(run, italic=False) if run.italic and east_asian(run.text) else run
