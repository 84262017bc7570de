"""The block tree: what the block parser hands over, before any inline text is read.

Every node knows its source lines `first` to `last`. A leaf's `lines` are the source with the prefixes of the
containers around it removed; they are consecutive: `lines[i]` stands on source line `lines_from + i`.
Parents come before children and siblings stand in source order. A node is open while the parser may still
add to it; afterwards only the passes that follow change the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.diagnostics import Span
from pipeline.model.document import Alignment, Claim
from pipeline.read.tags import Tag


@dataclass(slots=True, kw_only=True, eq=False)
class Node:
    """Anything in the tree."""

    first: int
    last: int = 0

    @property
    def span(self) -> Span:
        """The source lines of the node."""
        return Span(first=self.first, last=max(self.first, self.last))


@dataclass(slots=True, kw_only=True, eq=False)
class Container(Node):
    """A node that holds other nodes."""

    children: list[Node] = field(default_factory=list)


@dataclass(slots=True, kw_only=True, eq=False)
class Leaf(Node):
    """A node that holds text."""

    lines: list[str] = field(default_factory=list)
    lines_from: int = 0

    @property
    def text(self) -> str:
        """The lines, joined."""
        return "\n".join(self.lines)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The source line of each line."""
        return tuple(range(self.lines_from, self.lines_from + len(self.lines)))


# ---------------------------------------------------------------- CommonMark's containers


@dataclass(slots=True, kw_only=True, eq=False)
class Page(Container):
    """The root."""


@dataclass(slots=True, kw_only=True, eq=False)
class Quote(Container):
    """`> …`."""


@dataclass(slots=True, kw_only=True, eq=False)
class Item(Container):
    """An item of a list. Its text begins at column `offset`, counted from where its list stands."""

    offset: int


@dataclass(slots=True, kw_only=True, eq=False)
class List(Container):
    """Items with the same kind of marker; `start` is None for bullets. `marker` is the bullet or delimiter."""

    marker: str
    start: int | None
    tight: bool = True


# ---------------------------------------------------------------- CommonMark's leaves


@dataclass(slots=True, kw_only=True, eq=False)
class Paragraph(Leaf):
    """Running text; the lines have no leading white space."""


@dataclass(slots=True, kw_only=True, eq=False)
class Heading(Leaf):
    """A heading. `id` is the author's until the ids of the whole page are given out."""

    level: int
    id: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Code(Leaf):
    """Code; `info` is None for indented code. `indent` is how far the opening fence is indented."""

    info: str | None = None
    fence: str = ""
    indent: int = 0
    closed: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class TemplateCode(Code):
    """Code between two tags of a template language; `end` is the index of the line that holds the closing one."""

    end: int


@dataclass(slots=True, kw_only=True, eq=False)
class Html(Leaf):
    """An HTML block of one of CommonMark's seven kinds."""

    kind: int


@dataclass(slots=True, kw_only=True, eq=False)
class Rule(Node):
    """A thematic break."""


# ---------------------------------------------------------------- the dialects' containers


@dataclass(slots=True, kw_only=True, eq=False)
class Directive(Container):
    """`:::name[Title]{attributes}` down to its closing fence. `size` is the number of colons.

    `options` are MyST's `:name: value` on the lines below, where `in_options` says that more may follow.
    """

    size: int
    name: str
    title: str
    attributes: str
    options: tuple[tuple[str, str], ...] = ()
    in_options: bool = False
    closed: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Target(Leaf):
    """MyST's `(name)=`: what follows can be led to by that name."""

    name: str


@dataclass(slots=True, kw_only=True, eq=False)
class Slashes(Container):
    """`/// name | Title` with indented options, down to as many slashes. `size` is their number."""

    size: int
    name: str
    title: str
    options: tuple[tuple[str, str], ...] = ()
    in_options: bool = True
    closed: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Admonition(Container):
    """`!!! name "Title"` or `??? name "Title"` with its indented text. `title` is None where none is given."""

    name: str
    title: str | None


@dataclass(slots=True, kw_only=True, eq=False)
class Pane(Container):
    """`=== "Label"` with its indented text."""

    label: str


@dataclass(slots=True, kw_only=True, eq=False)
class FootnoteText(Container):
    """`[^label]: …` with its indented text."""

    label: str


@dataclass(slots=True, kw_only=True, eq=False)
class Description(Container):
    """`: …`: what is said of the terms before it. Its text begins at column `offset`."""

    offset: int


@dataclass(slots=True, kw_only=True, eq=False)
class DescriptionList(Container):
    """Terms and descriptions, as they follow each other."""


@dataclass(slots=True, kw_only=True, eq=False)
class Element(Container):
    """An HTML element or a component, with the blocks between its tags.

    HTML's own names are in small letters. `source` is its opening tag as written, and `opening` where that stands.
    """

    name: str
    tag: Tag
    source: str
    opening: Span


# ---------------------------------------------------------------- the dialects' leaves


@dataclass(slots=True, kw_only=True, eq=False)
class Term(Leaf):
    """One term of a description list."""


@dataclass(slots=True, kw_only=True, eq=False)
class PipeTable(Leaf):
    """A table of GitHub's kind: its header, its delimiter row and its rows."""

    alignments: tuple[Alignment, ...]


@dataclass(slots=True, kw_only=True, eq=False)
class Formula(Leaf):
    """`$$ … $$`."""

    closed: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Tags(Leaf):
    """Lines that consist of components' tags and nothing else."""

    remaining: int


@dataclass(slots=True, kw_only=True, eq=False)
class Comment(Leaf):
    """A comment, without its delimiters; `closing` is the one at its end."""

    closing: str


@dataclass(slots=True, kw_only=True, eq=False)
class Raw(Leaf):
    """An element whose content is no Markdown, as pre, svg or math; the lines hold it with its tags."""

    name: str


@dataclass(slots=True, kw_only=True, eq=False)
class Explained(Leaf):
    """Lines that show nothing, and why. `depth` counts brackets that component code has open."""

    claim: Claim
    depth: int = 0
