"""The inlines of a text, read by Python-Markdown with a processor that follows CommonMark.

Python-Markdown's own processors are each a pass over the text, and searches of theirs start anew at every
bracket; CommonMark's precedence and linear time need one pass (`inline_scanner`). It is registered as the
one processor of `md.inlinePatterns`, and Python-Markdown's inline tree processor runs it.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AtomicString, Registry

from pipeline.diagnostics import Span
from pipeline.model.inlines import Inlines, Text
from pipeline.model.text import plain_text
from pipeline.read.abbreviations import Abbreviations
from pipeline.read.context import Context
from pipeline.read.definitions import Definitions
from pipeline.read.entities import printable
from pipeline.read.hints import hints_within
from pipeline.read.inline_model import ModelBuilder
from pipeline.read.inline_scanner import scan
from pipeline.read.inline_tree import build_tree
from pipeline.read.links import Resolver

# A legend may hold a component with a legend, and so on.
_DEEPEST_ATTRIBUTES = 3
# What a name stands for is no longer than a title: it may be asked for very many times.
_LONGEST_NAMED = 200


class CommonMarkProcessor(InlineProcessor):
    """Reads the whole of a text at once."""

    def __init__(self, md: Markdown, definitions: Definitions) -> None:
        super().__init__(r"(?s).+", md)
        self._definitions = definitions

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name; its stub has the old signature
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """The tree of the text; its texts are marked as final."""
        tree = build_tree(data, scan(data, self._definitions))
        for element in tree.iter():
            element.text = AtomicString(element.text or "")
        return tree, m.start(), m.end()


class CommonMarkInlines(Extension):
    """Puts CommonMark's inlines in the place of Python-Markdown's."""

    def __init__(self, definitions: Definitions) -> None:
        super().__init__()
        self._definitions = definitions

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register the processor."""
        md.inlinePatterns = Registry()
        md.inlinePatterns.register(CommonMarkProcessor(md, self._definitions), "commonmark", 100)
        # The tree processor that exists already has kept the old ones.
        md.treeprocessors.register(InlineTreeprocessor(md), "inline", 20)


class InlineReader:
    """Reads the inlines of one page, whose definitions the context knows. `resolver` knows where its links lead."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.resolver = Resolver(context)
        self._abbreviations = Abbreviations(context.definitions.abbreviations)
        self._markdown = Markdown(extensions=[CommonMarkInlines(context.definitions)])
        self._depth = 0
        self._naming = False
        self._titles: dict[str, str] = {}

    def read(self, text: str, lines: tuple[int, ...], *, explain: bool = True) -> Inlines:
        """The inlines of a block's text; `lines` gives the source line of each of its lines.

        Unless `explain` is off, as it should be for titles, abbreviations are explained where they are met first.
        """
        text = printable(text)
        if not text.strip():
            return ()
        for place in hints_within(text):
            line = lines[text.count("\n", 0, place)]
            message = "a hint within a line of text is not followed"
            span = Span(first=line, last=line)
            self._context.sink.warn("unknown-hint", message, span, hint="put it on a line of its own")
        if explain:
            self._abbreviations.meet(text)
        written = self._abbreviations.explain if explain else str
        builder = ModelBuilder(self._context, self.resolver, lines, self, written)
        return builder.build(self._parse(text))

    def _parse(self, text: str) -> Element:
        document = Element("document")
        SubElement(document, "text").text = text
        self._markdown.treeprocessors["inline"].run(document)
        return document[0][0]

    def attribute(self, text: str, span: Span) -> Inlines:
        """The inlines of an attribute's value, which all count as standing on the tag's lines."""
        if self._depth >= _DEEPEST_ATTRIBUTES:
            return (Text(text=text, span=span),)
        self._depth += 1
        inlines = self.read(text, (span.first,) * (text.count("\n") + 1))
        self._depth -= 1
        return inlines

    def named(self, text: str, span: Span) -> Inlines:
        """The inlines that a name stands for; nothing within another such text, or where that is long."""
        if self._naming or len(text) > _LONGEST_NAMED:
            return ()
        self._naming = True
        inlines = self.attribute(text, span)
        self._naming = False
        return inlines

    def title(self, text: str, span: Span) -> str:
        """The words of a title that a link takes over; each is read once."""
        if text not in self._titles:
            self._titles[text] = plain_text(self.named(text, span))
        return self._titles[text]
