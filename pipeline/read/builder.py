"""The block tree as the model's blocks, with the inlines of its leaves read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import Final

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    Claim,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Figure,
    Footnote,
    FormulaBlock,
    Heading,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
)
from pipeline.model.inlines import Image, Inlines, LineBreak, Target, Text
from pipeline.model.text import plain_text
from pipeline.read.blocks import nodes as n
from pipeline.read.blocks.slashes import CAPTIONS
from pipeline.read.characters import is_blank
from pipeline.read.code_comments import with_clean_marks, without_hidden, without_magic
from pipeline.read.components_model import element_blocks
from pipeline.read.context import Context, Sink
from pipeline.read.definitions import normalise_label
from pipeline.read.diagrams import diagram_name
from pipeline.read.directives import (
    admonition_blocks,
    classed_callout,
    directive_blocks,
    marked_quote,
    panes,
    slashes_blocks,
)
from pipeline.read.docsify import notice_in
from pipeline.read.fences import read_info
from pipeline.read.figures import captioned, figures_of, is_marked_caption, set_apart, with_captions
from pipeline.read.flatten import flat_inlines, join_lines
from pipeline.read.hints import read_hints
from pipeline.read.html_model import raw_blocks
from pipeline.read.includes import with_names
from pipeline.read.inline import InlineReader
from pipeline.read.tables import pipe_table, ruled_table

# Deeper containers give their blocks to the one at this depth: whoever walks the model may be recursive.
_DEEPEST: Final = 24
_TASK = re.compile(r"\[([ xX])\](?:[ \t]+|\Z)")
_CAPTION = re.compile(r"(?:Table)?:[ \t]+(?=\S)")
# A formula that LaTeX's own environment tells, without dollars.
_ENVIRONMENT = re.compile(r"\\begin\{(align|equation|gather|multline|eqnarray)(\*?)\}.*\\end\{\1\2\}\s*", re.DOTALL)
# Pandoc's verse: each line begins with a bar.
_LINE_OF_BLOCK = re.compile(r"\|[ \t]+[^|]*\Z")
_CONTENTS_MARK = re.compile(r"(?:\[\[?_{0,2}toc_{0,2}\]?\]|\{:toc\}|\$\{toc\})\Z", re.IGNORECASE)


class Builder:
    """Makes the model's blocks of one page. `footnotes` and `explained` fill up on the way."""

    def __init__(self, context: Context) -> None:
        self.footnotes: list[Footnote] = []
        self.explained: list[tuple[Span, Claim]] = []
        self._context = context
        self._reader = InlineReader(context)
        self._resolver = self._reader.resolver
        self._depth = 0
        self._told_of_depth = False
        # Those of the footnotes so far.
        self._labels: set[str] = set()

    # ------------------------------------------------------------ what the parts use

    def inlines(self, text: str, lines: tuple[int, ...]) -> Inlines:
        """The inlines of a text on those source lines."""
        return self._reader.read(text, lines)

    def target(self, address: str, span: Span) -> Target | None:
        """Where an address leads, or None where it is never followed."""
        return self._resolver.resolve(address, span)

    def image(self, source: str, alt: str, span: Span) -> Image:
        """The image of that address."""
        return self._context.assets.image(source, alt, "", span)

    def formula(self, source: str, span: Span) -> FormulaBlock:
        """The displayed formula of that LaTeX."""
        return self._context.formulas.block(source, span)

    @property
    def stated(self) -> list[tuple[Span, str]]:
        """The addresses that lead to pages which state them for themselves, and where they stand."""
        return self._resolver.stated

    @property
    def imports(self) -> Mapping[str, str]:
        """The addresses of files by the names that the page's code gives them."""
        return self._context.definitions.imports

    @property
    def sink(self) -> Sink:
        """Where warnings go."""
        return self._context.sink

    def blocks(self, nodes: Sequence[n.Node]) -> Blocks:
        """The blocks of siblings; the page's own with the speaker's notes that stand within their lines after each."""
        if self._depth >= _DEEPEST and any(isinstance(node, n.Container) for node in nodes):
            nodes = self._leaves(nodes)
        self._depth += 1
        made: list[Block] = []
        for blocks in self._made_of_siblings(nodes):
            made += blocks if self._depth > 1 else (*blocks, *self._context.spoken())
        self._depth -= 1
        return with_captions(tuple(made))

    def _leaves(self, nodes: Sequence[n.Node]) -> list[n.Node]:
        """All leaves below, without the containers around them."""
        found: list[n.Node] = []
        todo = list(reversed(nodes))
        while todo:
            node = todo.pop()
            if isinstance(node, n.Container):
                todo.extend(reversed(node.children))
            else:
                found.append(node)
        if not self._told_of_depth and found:
            self._told_of_depth = True
            message = f"blocks are nested more than {_DEEPEST} deep; what is deeper is shown at that depth"
            self.sink.warn("deep-nesting", message, found[0].span)
        return found

    # ------------------------------------------------------------ siblings that belong together

    def _made_of_siblings(self, nodes: Sequence[n.Node]) -> Iterator[Blocks]:
        for kind, run in groupby(nodes, key=_grouping):
            group = list(run)
            match kind:
                case n.Pane:
                    yield (panes([node for node in group if isinstance(node, n.Pane)], self),)
                case n.DescriptionList:
                    yield self._definitions([node for node in group if isinstance(node, n.DescriptionList)])
                case _:
                    yield from self._made_in_a_row(group)

    def _made_in_a_row(self, nodes: list[n.Node]) -> Iterator[Blocks]:
        taken: n.Node | None = None
        for node, following in zip(nodes, [*nodes[1:], None], strict=True):
            if node is taken:
                continue
            marked = self._classed(node, following)
            if marked is not None:
                taken = following
                yield marked
                continue
            is_table = isinstance(node, n.PipeTable | n.RuledTable)
            if is_table and isinstance(following, n.Paragraph) and _CAPTION.match(following.text):
                taken = following
                caption = self.inlines(_CAPTION.sub("", following.text, count=1), following.numbers)
                yield captioned(self._made(node), caption, following.span)
            elif isinstance(following, n.Slashes) and following.name in CAPTIONS:
                taken = following
                caption = flat_inlines(self.blocks(following.children))
                yield captioned(self._made(node), caption, following.span)
            elif isinstance(following, n.Paragraph) and is_marked_caption(following.text):
                made = self._made(node)
                if isinstance(made[-1] if made else None, Figure):
                    taken = following
                    made = captioned(made, self.inlines(following.text, following.numbers), following.span)
                yield made
            elif isinstance(node, n.Code) and isinstance(following, n.List) and following.start == 1:
                node.lines = with_clean_marks(node.lines, len(following.children))
                yield self._made(node)
            else:
                yield self._made(node)

    def _classed(self, node: n.Node, following: n.Node | None) -> Blocks | None:
        """A block and the mark on the line above or below it that makes a callout of it."""
        if following is None or following.first != node.last + 1:
            return None
        if isinstance(following, n.Explained) and following.classes:
            return classed_callout(node, following, self)
        return classed_callout(following, node, self) if isinstance(node, n.Explained) and node.classes else None

    def _definitions(self, lists: list[n.DescriptionList]) -> Blocks:
        """The terms with what is said of them; a second description goes on with the first."""
        entries: list[Definition] = []
        terms: list[n.Term] = []
        if not any(isinstance(child, n.Term) for node in lists for child in node.children):
            return self.blocks([child for node in lists for child in node.children])
        for child in (child for node in lists for child in node.children):
            if isinstance(child, n.Term):
                terms.append(child)
            elif isinstance(child, n.Description):
                said = self.blocks(child.children)
                if not terms and entries:
                    before = entries.pop()
                    span = before.span.cover(child.span)
                    entries.append(Definition(term=before.term, children=before.children + said, span=span))
                    continue
                term = join_lines([self.inlines(t.text, t.numbers) for t in terms])
                span = terms[0].span.cover(child.span) if terms else child.span
                entries.append(Definition(term=term, children=said, span=span))
                terms = []
        return (DefinitionList(entries=tuple(entries), span=lists[0].span.cover(lists[-1].span)),)

    # ------------------------------------------------------------ one node

    def _made(self, node: n.Node) -> Blocks:
        match node:
            case n.Container():
                return self._made_of_container(node)
            case n.Paragraph() | n.Html() | n.Tags() | n.Term():
                return self._paragraph(node)
            case n.Heading():
                children, figures = set_apart(self.inlines(node.text, node.numbers), node.text)
                return (Heading(level=node.level, children=children, id=node.id, span=node.span), *figures)
            case n.Code():
                return self._code(node)
            case n.Documented():
                return self._documented(node)
            case n.PipeTable():
                return (pipe_table(node, (), self),)
            case n.Formula():
                return (self.formula(node.text.strip(), node.span),)
            case n.Rule():
                return (Divider(span=node.span),)
        return self._made_of_source(node)

    def _made_of_source(self, node: n.Node) -> Blocks:
        match node:
            case n.Raw():
                return raw_blocks(node, self)
            case n.Comment():
                self.explained.append((node.span, Claim.COMMENT))
                return read_hints(node)
            case n.Target():
                self.explained.append((node.span, Claim.METADATA))
                return ()
            case n.Explained():
                self.explained.append((node.span, node.claim))
                return ()
        raise TypeError(type(node).__name__)

    def _made_of_container(self, node: n.Container) -> Blocks:
        match node:
            case n.Quote():
                marked = marked_quote(node, self)
                if marked is not None:
                    return marked
                children = self.blocks(node.children)
                return (Quote(children=children, span=node.span),) if children else ()
            case n.RuledTable():
                return (ruled_table(node, (), self),)
            case n.List():
                items = tuple(self._item(item) for item in node.children)
                return (ItemList(items=items, start=node.start, tight=node.tight, span=node.span),)
            case n.Directive():
                return directive_blocks(node, self)
            case n.Slashes():
                return slashes_blocks(node, self)
            case n.Admonition():
                return admonition_blocks(node, self)
            case n.Element():
                return element_blocks(node, self)
            case n.FootnoteText():
                children = self.blocks(node.children)
                self._keep_footnote(node, children)
                return ()
        return self.blocks(node.children)

    def _keep_footnote(self, node: n.FootnoteText, children: Blocks) -> None:
        """Keep a footnote under its label, or, where another one has that, under one that nothing refers to."""
        label = normalise_label(node.label)
        if label in self._labels:
            label = next(name for i in count(2) if (name := f"{label}-{i}") not in self._labels)
        self._labels.add(label)
        self.footnotes.append(Footnote(label=label, children=children, span=node.span))

    def _paragraph(self, node: n.Leaf) -> Blocks:
        text = node.text
        if _CONTENTS_MARK.match(text):
            self.explained.append((node.span, Claim.MARKUP))
            return ()
        if node.lines and (notice := notice_in(node.lines[0])):
            node.lines = [notice[1], *node.lines[1:]]
            return (Callout(kind=notice[0], title=(), children=self._paragraph(node), span=node.span),)
        if _ENVIRONMENT.fullmatch(text):
            return (self.formula(text, node.span),)
        if len(node.lines) > 1 and all(map(_LINE_OF_BLOCK.match, node.lines)):
            text = "\\\n".join(line[1:].strip() for line in node.lines)
        inlines = self.inlines(text, node.numbers)
        if is_blank(plain_text(inlines)) and all(isinstance(inline, Text | LineBreak) for inline in inlines):
            return ()
        return figures_of(inlines, text) or (Paragraph(children=inlines, span=node.span),)

    def _code(self, node: n.Code) -> Blocks:
        """Code; a formula in GitHub's notation; a diagram as its source, called by its language."""
        info = read_info(node.info or "")
        if info.language == "math":
            source = node.text.strip().removeprefix("$$").removesuffix("$$")
            return (self.formula(source.strip(), node.span),)
        visible = without_hidden(with_names(node.lines), info)
        if len(visible) < len(node.lines):
            message = "lines of Rust that begin with # are hidden, as on sites"
            self.sink.once("hidden-code", message, node.span, hint="take the # away to have them shown")
        lines, marked = without_magic(visible, info)
        diagram = diagram_name(info.language)
        if diagram:
            hint = "put an exported picture in its place: ![what it shows](diagram.svg)"
            self.sink.warn("diagram-source", f"a {diagram} diagram is shown as its source", node.span, hint=hint)
        code = CodeBlock(
            text="\n".join(lines),
            language=info.language,
            title=info.title or diagram,
            marked=marked,
            numbered_from=info.numbered_from,
            span=node.span,
        )
        return (code,)

    def _documented(self, node: n.Documented) -> Blocks:
        """The name of an object whose documentation is not read; the options are for the site."""
        line = Span(first=node.first, last=node.first)
        if node.last > node.first:
            self.explained.append((Span(first=node.first + 1, last=node.last), Claim.METADATA))
        return (CodeBlock(text=node.text, language="", title="", marked=(), numbered_from=None, span=line),)

    def _item(self, item: n.Node) -> ListItem:
        children = item.children if isinstance(item, n.Container) else [item]
        first = children[0] if children else None
        task = _TASK.match(first.lines[0]) if isinstance(first, n.Paragraph) and first.lines else None
        if task and isinstance(first, n.Paragraph):
            first.lines[0] = first.lines[0][task.end() :]
        checked = task[1] in "xX" if task else None
        return ListItem(children=self.blocks(children), checked=checked, span=item.span)


def _grouping(node: n.Node) -> type[n.Node]:
    return type(node) if isinstance(node, n.Pane | n.DescriptionList) else n.Node
