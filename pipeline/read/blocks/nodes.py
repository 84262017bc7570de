"""The block tree: what the block parser hands over, before any inline text is read.

Every node knows its source lines `first` to `last`. A leaf's `lines` are the source with the prefixes of the
containers around it removed; they are consecutive: `lines[i]` stands on source line `lines_from + i`.
Parents come before children and siblings stand in source order. A node is open while the parser may still
add to it; afterwards only the passes that follow change the tree.
"""

from __future__ import annotations

from msgspec import Struct, field

from pipeline.diagnostics import Span
from pipeline.model.document import Alignment, Claim
from pipeline.read.tags import Tag


class Node(Struct, kw_only=True, eq=False):
    """Anything in the tree."""

    first: int
    last: int = 0

    @property
    def span(self) -> Span:
        """The source lines of the node."""
        return Span(first=self.first, last=max(self.first, self.last))


class Container(Node, kw_only=True, eq=False):
    """A node that holds other nodes."""

    children: list[Node] = field(default_factory=list)


class Leaf(Node, kw_only=True, eq=False):
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


class Page(Container, kw_only=True, eq=False):
    """The root."""


class Quote(Container, kw_only=True, eq=False):
    """`> …`."""


class Item(Container, kw_only=True, eq=False):
    """An item of a list. Its text begins at column `offset`, counted from where its list stands."""

    offset: int


class List(Container, kw_only=True, eq=False):
    """Items with the same kind of marker; `start` is None for bullets. `marker` is the bullet or delimiter."""

    marker: str
    start: int | None
    tight: bool = True


# ---------------------------------------------------------------- CommonMark's leaves


class Paragraph(Leaf, kw_only=True, eq=False):
    """Running text; the lines have no leading white space. One that stands `alone` goes on with nothing beside it."""

    alone: bool = False


class Heading(Leaf, kw_only=True, eq=False):
    """A heading. `id` is the author's until the ids of the whole page are given out."""

    level: int
    id: str = ""


class Code(Leaf, kw_only=True, eq=False):
    """Code; `info` is None for indented code. `indent` is how far the opening fence is indented."""

    info: str | None = None
    fence: str = ""
    indent: int = 0
    closed: bool = False


class TemplateCode(Code, kw_only=True, eq=False):
    """Code between two tags of a template language, which have that `name`.

    `end` is the index of the line behind it, and `closing` that of the line that holds the closing tag.
    """

    name: str
    end: int
    closing: int


class Expression(Code, kw_only=True, eq=False):
    """A JavaScript expression in braces that makes something which is not known; `remaining` lines are to come."""

    remaining: int


class Html(Leaf, kw_only=True, eq=False):
    """An HTML block of one of CommonMark's seven kinds."""

    kind: int


class Rule(Node, kw_only=True, eq=False):
    """A thematic break."""


# ---------------------------------------------------------------- the dialects' containers


class Directive(Container, kw_only=True, eq=False):
    """`:::name[Title]{attributes}` down to its closing fence. `size` is the number of colons, 0 where no fence ends it.

    `options` are MyST's `:name: value` on the lines below, where `in_options` says that more may follow.
    `title_line` is where its title stands, if that is not its first line. `ending` is the name before the `-end`
    that closes it on Microsoft Learn, and `offset` the column of its first text there, once that is known.
    """

    size: int
    name: str
    title: str
    attributes: str
    title_line: int = 0
    ending: str = ""
    offset: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    in_options: bool = False
    closed: bool = False


class Target(Leaf, kw_only=True, eq=False):
    """MyST's `(name)=`: what follows can be led to by that name."""

    name: str


class Slashes(Container, kw_only=True, eq=False):
    """`/// name | Title` with indented options, down to as many slashes. `size` is their number."""

    size: int
    name: str
    title: str
    options: tuple[tuple[str, str], ...] = ()
    in_options: bool = True
    closed: bool = False


class Admonition(Container, kw_only=True, eq=False):
    """`!!! name "Title"` or `??? name "Title"` with its indented text. `title` is None where none is given."""

    name: str
    title: str | None


class Pane(Container, kw_only=True, eq=False):
    """`=== "Label"` with its indented text."""

    label: str


class FootnoteText(Container, kw_only=True, eq=False):
    """`[^label]: …` with its indented text."""

    label: str


class Description(Container, kw_only=True, eq=False):
    """`: …`: what is said of the terms before it. Its text begins at column `offset`."""

    offset: int


class DescriptionList(Container, kw_only=True, eq=False):
    """Terms and descriptions, as they follow each other."""


class Element(Container, kw_only=True, eq=False):
    """An HTML element or a component, with the blocks between its tags.

    HTML's own names are in small letters. `source` is its opening tag as written, and `opening` where that stands.
    """

    name: str
    tag: Tag
    source: str
    opening: Span


class RuledTable(Container, kw_only=True, eq=False):
    """A table that is drawn with lines, of rows that have a cell for each column. `remaining` lines are to come."""

    alignments: tuple[Alignment, ...]
    head: bool
    remaining: int


class RuledRow(Container, kw_only=True, eq=False):
    """A row of such a table."""


class RuledCell(Container, kw_only=True, eq=False):
    """What stands in one of its cells."""


# ---------------------------------------------------------------- the dialects' leaves


class Term(Leaf, kw_only=True, eq=False):
    """One term of a description list."""


class PipeTable(Leaf, kw_only=True, eq=False):
    """A table of GitHub's kind: its header, its delimiter row and its rows."""

    alignments: tuple[Alignment, ...]


class Formula(Leaf, kw_only=True, eq=False):
    """`$$ … $$`, perhaps with the name of its place behind it."""

    closed: bool = False
    id: str = ""


class Documented(Leaf, kw_only=True, eq=False):
    """`::: module.name`, whose options stand on the node's further lines."""


class Tags(Leaf, kw_only=True, eq=False):
    """Lines that consist of components' tags and nothing else."""

    remaining: int


class Comment(Leaf, kw_only=True, eq=False):
    """A comment, without its delimiters; `closing` is the one at its end."""

    closing: str


class Raw(Leaf, kw_only=True, eq=False):
    """An element whose content is no Markdown, as pre, svg or math; the lines hold it with its tags."""

    name: str


class Explained(Leaf, kw_only=True, eq=False):
    """Lines that show nothing, and why. `depth` counts brackets that component code has open.

    `id` is the name of a place that they give, at the block above, and `classes` are those of the block beside them.
    """

    claim: Claim
    depth: int = 0
    id: str = ""
    classes: tuple[str, ...] = ()


class SlideMatter(Explained, kw_only=True, eq=False):
    """Settings of one slide, up to the line of that index."""

    until: int
