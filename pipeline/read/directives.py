"""Containers that are called by a name: callouts, speaker's notes, tabs and layouts, in all their notations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CalloutKind,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Group,
    Heading,
    ItemList,
    Paragraph,
    SpeakerNotes,
    Tab,
    Table,
    Tabs,
)
from pipeline.model.inlines import Inlines, Text
from pipeline.read.blocks.nodes import Admonition, Directive, Explained, Node, Pane, Slashes
from pipeline.read.blocks.nodes import Paragraph as ParagraphNode
from pipeline.read.blocks.nodes import Quote as QuoteNode
from pipeline.read.callouts import LAYOUTS, NOTES, TAB_GROUPS, VERSIONED, callout_kind, classed_kind, display_name
from pipeline.read.data_tables import comma_table, list_table
from pipeline.read.figures import captioned, length
from pipeline.read.flatten import join_lines
from pipeline.read.reads import Reads

# The last two are a film and a look, as Microsoft Learn has them.
_MARKED_QUOTE: Final = re.compile(
    r"\[!(?P<kind>[\w -]+)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)\Z"
    r"|\[!(?:VIDEO|Video|video)[ \t]+(?P<film>https?://[^\s<>\[\]]+)[^\[\]]*\][ \t]*\Z"
    r"|\[!(?P<look>div)(?:[ \t]+[\w-]+=\"[^\"]*\")+[ \t]*\][ \t]*\Z"
)
_TITLE = re.compile(r"\btitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_IMAGES: Final = frozenset(["figure", "image"])
_TAB_ITEMS: Final = frozenset(["tab", "tab-item", "code-group-item"])
_TABLES: Final = {"list-table": list_table, "csv-table": comma_table}
# Quarto's figures and tables that are put together.
_FRAME = re.compile(r"#(?:fig|tbl)-")
# Of a grid, how many columns it has.
_ONLY_NUMBERS = re.compile(r"[\d ]+\Z")
_LONGEST_GUESSED: Final = 60
_COMMON: Final = ("note", "info", "tip", "warning", "danger", "details")
_ONLY_LOOK: Final = frozenset(["html", "fancylists", "collapse-code"])
# Kept together, since their author set them side by side.
_KEPT_LAYOUTS: Final = frozenset(["column", "columns", "grid", "row", "card", "cards"])


def directive_blocks(node: Directive, reads: Reads) -> Blocks:
    """What a directive stands for; one of an unknown name is a note that bears it."""
    name = node.name.lower()
    if name in _IMAGES and node.title:
        return _image(node, reads)
    items = [child for child in node.children if isinstance(child, Directive) and child.name.lower() in _TAB_ITEMS]
    if name in TAB_GROUPS and items:
        return _tabs(node, items, reads)
    line = Span(first=node.first, last=node.first)
    attribute = _TITLE.search(node.attributes)
    title = node.title or ((attribute[1] or attribute[2]) if attribute else "")
    title = "" if _is_alert(node) else title
    label = reads.inlines(title, (node.title_line or node.first,))
    if name in _TABLES:
        return _TABLES[name](node, label, reads)
    children = reads.blocks(node.children)
    if name in NOTES:
        return (SpeakerNotes(children=_with_title(label, children, line), span=node.span),)
    if name in TAB_GROUPS:
        return (*_as_paragraph(label, line), *tabs_of_code(children, node.span))
    if name == "table":
        return captioned(children, label, line)
    kind = _stated_kind(node) or callout_kind(name)
    if kind:
        given = label or text_of("" if "no-title" in title else kind[1], line)
        given = (*text_of(f"{kind[1]} ", line), *label) if name in VERSIONED and label else given
        given = () if node.title == "{no-title}" else given
        return (Callout(kind=kind[0], title=given, children=children, span=node.span, word=kind[1]),)
    if not name and _FRAME.match(node.attributes):
        return _framed(children, node.span)
    if not name or name in LAYOUTS:
        label = () if name == "grid" and _ONLY_NUMBERS.match(title) else label
        return grouped(label, children, node.span) if name in _KEPT_LAYOUTS or label else children
    return _unknown(node, label, children, reads)


def _framed(children: Blocks, span: Span) -> Blocks:
    """Figures or tables in a frame, whose last paragraph is their caption."""
    last = children[-1] if children else None
    if len(children) < 2 or not isinstance(last, Paragraph):  # noqa: PLR2004 - what is framed, and its caption
        return children
    if sum(isinstance(child, Figure | Table) for child in children) == 1:
        return captioned(children[:-1], last.children, last.span)
    return (Group(label=last.children, children=children[:-1], span=span),)


def _unknown(node: Directive, label: Inlines, children: Blocks, reads: Reads) -> Blocks:
    """A note that bears its name; one that holds headings is put round sections, and these stay sections."""
    line = Span(first=node.first, last=node.first)
    if f".{node.name}" in node.attributes.split():
        message = f"{{.{node.name}}} is not known; what it holds is shown as if it were not there"
        reads.sink.note("unknown-container", message, line, hint=f"known ones are {', '.join(_COMMON)}")
        return (*_as_paragraph(label, line), *children)
    wraps = any(isinstance(child, Heading) for child in children)
    shown = "what it holds is shown as if it were not there" if wraps else "it is shown as a note"
    message = f":::{node.name} is not known; {shown}"
    near = get_close_matches(node.name[:_LONGEST_GUESSED], _COMMON, 1)
    hint = f"did you mean :::{near[0]}?" if near else f"known ones are {', '.join(_COMMON)}"
    reads.sink.warn("unknown-container", message, line, hint=hint)
    if wraps:
        return (*_as_paragraph(label, line), *children)
    word = display_name(node.name)
    named = (*text_of(word + (": " if label else ""), line), *label)
    return (Callout(kind=CalloutKind.NOTE, title=named, children=children, span=node.span, word=word),)


def _stated_kind(node: Directive) -> tuple[CalloutKind, str] | None:
    """The kind that an admonition of any kind states as its class, or a message of Zenn's behind its name."""
    if _is_alert(node):
        return CalloutKind.WARNING, ""
    if node.name.lower() != "admonition":
        return None
    classes = dict(node.options).get("class", "").split()
    return next(((kind[0], "") for name in classes if (kind := callout_kind(name))), None)


def _is_alert(node: Directive) -> bool:
    """Whether it is Zenn's `:::message alert`."""
    return (node.name, node.title) == ("message", "alert")


def _image(node: Directive, reads: Reads) -> Blocks:
    """A picture by its path, with what the directive holds as its legend."""
    options = dict(node.options)
    line = Span(first=node.first, last=node.first)
    image = reads.image(node.title.strip(), options.get("alt", ""), line)
    link = options.get("target")
    figure = Figure(
        image=image,
        legend=(),
        origin=reads.target(link, line) if link else None,
        width=length(options.get("width", "")),
        span=node.span,
    )
    children = reads.blocks(node.children)
    if children and isinstance(first := children[0], Paragraph):
        return (*captioned((figure,), first.children, first.span), *children[1:])
    return (figure, *children)


def _tabs(node: Directive, items: list[Directive], reads: Reads) -> Blocks:
    others = reads.blocks([child for child in node.children if child not in items])
    tabs = tuple(
        Tab(label=reads.inlines(n.title, (n.title_line or n.first,)), children=reads.blocks(n.children), span=n.span)
        for n in items
    )
    return (*others, Tabs(tabs=tabs, span=node.span))


def admonition_blocks(node: Admonition, reads: Reads) -> Blocks:
    """`!!! name "Title"`: as a directive; an unknown name is the title where there is none."""
    line = Span(first=node.first, last=node.first)
    children = reads.blocks(node.children)
    kind, standing = callout_kind(node.name) or (CalloutKind.NOTE, display_name(node.name))
    title = text_of(standing, line) if node.title is None else reads.inlines(node.title, (node.first,))
    return (Callout(kind=kind, title=title, children=children, span=node.span, word=standing),)


def slashes_blocks(node: Slashes, reads: Reads) -> Blocks:
    """What a block between slashes stands for; one of an unknown name is a note that bears it."""
    options = dict(node.options)
    line = Span(first=node.first, last=node.first)
    children = reads.blocks(node.children)
    if node.name in LAYOUTS or node.name in _ONLY_LOOK:
        return children
    if node.name == "define":
        return defined(children, node.span)
    name = options.get("type", node.name)
    kind, standing = callout_kind(name) or callout_kind(node.name) or (CalloutKind.NOTE, display_name(name))
    kind = CalloutKind.DETAILS if node.name == "details" else kind
    title = reads.inlines(node.title, (node.first,)) or text_of(standing, line)
    return (Callout(kind=kind, title=title, children=children, span=node.span, word=standing),)


def defined(children: Blocks, span: Span) -> Blocks:
    """Paragraphs as terms and the lists that follow them as what is said of them."""
    entries: list[Definition] = []
    terms: list[Paragraph] = []
    others: list[Block] = []
    for child in children:
        if isinstance(child, Paragraph):
            terms.append(child)
        elif isinstance(child, ItemList) and terms:
            said = tuple(block for item in child.items for block in item.children)
            term = join_lines([t.children for t in terms])
            entries.append(Definition(term=term, children=said, span=terms[0].span.cover(child.span)))
            terms = []
        else:
            others.append(child)
    made = (DefinitionList(entries=tuple(entries), span=span),) if entries else ()
    return (*made, *terms, *others)


def marked_quote(node: QuoteNode, reads: Reads) -> Blocks | None:
    """`> [!NOTE]` and its kin as a callout, or None for a plain quote."""
    first = node.children[0] if node.children else None
    mark = _MARKED_QUOTE.match(first.lines[0]) if isinstance(first, ParagraphNode) and first.lines else None
    if mark is None or not isinstance(first, ParagraphNode):
        return None
    rest = _after_mark(node, first)
    if mark["film"]:
        number = first.lines_from
        film = ParagraphNode(first=number, last=number, lines=[f"<{mark['film']}>"], lines_from=number)
        return reads.blocks([film, *rest])
    if mark["look"]:
        return reads.blocks(rest)
    line = Span(first=first.lines_from, last=first.lines_from)
    kind, standing = callout_kind(mark["kind"]) or (CalloutKind.NOTE, display_name(mark["kind"]))
    title = reads.inlines(mark["title"], (line.first,)) or text_of(standing, line)
    return (Callout(kind=kind, title=title, children=reads.blocks(rest), span=node.span, word=standing),)


def _after_mark(node: QuoteNode, first: ParagraphNode) -> list[Node]:
    """What a quote holds below its first line."""
    rest: list[Node] = node.children[1:]
    if len(first.lines) > 1:
        number = first.lines_from + 1
        rest = [ParagraphNode(first=number, last=first.last, lines=first.lines[1:], lines_from=number), *rest]
    return rest


def classed_callout(node: Node, mark: Explained, reads: Reads) -> Blocks | None:
    """A paragraph or quote as the callout that kramdown's attributes beside it name, or None.

    Of a quote, the first paragraph is the title where they ask for that.
    """
    children: list[Node] = [node] if isinstance(node, ParagraphNode) else []
    children = node.children if isinstance(node, QuoteNode) else children
    named = classed_kind(mark.classes) if children else None
    if named is None:
        return None
    first = children[0]
    if named.titled and isinstance(node, QuoteNode) and isinstance(first, ParagraphNode):
        title, children = reads.inlines(first.text, first.numbers), children[1:]
    else:
        title = text_of(named.title, mark.span)
    span = node.span.cover(mark.span)
    return (*reads.blocks([mark]), Callout(kind=named.kind, title=title, children=reads.blocks(children), span=span))


def panes(nodes: Sequence[Pane], reads: Reads) -> Tabs:
    """`=== "Label"` after each other, as tabs."""
    tabs = tuple(
        Tab(label=reads.inlines(n.label, (n.first,)), children=reads.blocks(n.children), span=n.span) for n in nodes
    )
    return Tabs(tabs=tabs, span=nodes[0].span.cover(nodes[-1].span))


def tabs_of_code(children: Blocks, span: Span) -> Blocks:
    """Code blocks that are alternatives, each as a tab called by its title or language; other blocks around them."""
    code = [block for block in children if isinstance(block, CodeBlock)]
    others = tuple(block for block in children if not isinstance(block, CodeBlock))
    if not code:
        return others
    labels = [c.title or c.language or c.text.partition("\n")[0] for c in code]
    tabs = tuple(
        Tab(label=text_of(label, c.span), children=(replace(c, title=""),), span=c.span)
        for label, c in zip(labels, code, strict=True)
    )
    return (*others, Tabs(tabs=tabs, span=span))


def grouped(label: Inlines, children: Blocks, span: Span) -> Blocks:
    """The blocks as a group; where headings stand among them, the blocks themselves, so that sections stay sections."""
    line = Span(first=span.first, last=span.first)
    if not children or any(isinstance(child, Heading) for child in children):
        return (*_as_paragraph(label, line), *children)
    return (Group(label=label, children=children, span=span),)


def text_of(text: str, span: Span) -> Inlines:
    """The text as inlines; none if it is empty."""
    return (Text(text=text, span=span),) if text else ()


def _as_paragraph(label: Inlines, span: Span) -> tuple[Block, ...]:
    """The label as a paragraph on its own lines, which for an attribute are its tag's."""
    if not label:
        return ()
    return (Paragraph(children=label, span=span.cover(label[0].span).cover(label[-1].span)),)


def _with_title(label: Inlines, children: Blocks, span: Span) -> Blocks:
    return (*_as_paragraph(label, span), *children)
