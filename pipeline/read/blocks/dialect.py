"""The containers that documentation dialects add: directives, admonitions, tabs, footnotes, descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.diagnostics import Span
from pipeline.model.document import Claim
from pipeline.read.blocks.cursor import CODE_INDENT
from pipeline.read.blocks.engine import Begins, BlockParser, Proceeds
from pipeline.read.blocks.headed import settle_headings
from pipeline.read.blocks.nodes import (
    Admonition,
    Code,
    Container,
    Description,
    DescriptionList,
    Directive,
    Documented,
    Explained,
    FootnoteText,
    Heading,
    Html,
    Pane,
    Paragraph,
    Target,
    Term,
)
from pipeline.read.definitions import Abbreviation
from pipeline.read.learn import begins_text

_DIRECTIVE = re.compile(
    r"(?P<fence>:{3,})[ \t]*"
    r"(?:\{(?P<braced>[^{}]*)\}|(?P<name>[^\W\d][\w.-]*)(?:#[\w-]+)?)"
    r"(?:\[(?P<title>.*)\])?[ \t]*"
    r"(?:\{(?P<attributes>[^{}]*)\}(?!`)[ \t]*)?"
    r"(?P<rest>.*?)[ \t]*:*$"
)
# Directives whose content is no Markdown.
_VERBATIM = frozenset(["code", "code-block", "code-cell", "math", "mermaid", "eval-rst", "raw", "csv-table"])
_OPTION = re.compile(r":(?P<name>[\w-]+):[ \t]+(?P<value>.*?)[ \t]*$")
_TARGET = re.compile(r"\((?P<name>[\w.:-]{1,200})\)=[ \t]*$")
_DOCUMENTED = re.compile(r":::[ \t]+(?P<name>[^\W\d]\w*(?:\.\w+)+)[ \t]*$")
_DIRECTIVE_END = re.compile(r":{3,}[ \t]*$")
_ADMONITION = re.compile(
    r"(?:!!!|\?\?\?\+?)[ \t]*(?P<name>[^\W\d][\w-]*)(?:[ \t]+[\w-]+)*(?:[ \t]+\"(?P<title>.*)\")?[ \t]*$"
)
_PANE = re.compile(r"===[!+]?[ \t]+\"(?P<label>.*)\"[ \t]*$")
_FOOTNOTE = re.compile(r"\[\^(?P<label>[^\]\s]{1,200})\]:")
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\]\n]{1,200})\]:[ \t]*(?P<expansion>.*)$")
_DESCRIPTION = re.compile(r":(?=[ \t]+\S)")
_DEEPEST_DIRECTIVES = 60
_WIDEST_GAP = 4
_MOST_TERMS = 4
_FARTHEST_TERM = 2
_HTML_COMMENT = 2

# ---------------------------------------------------------------- directives


def proceed_directive(parser: BlockParser, node: Directive) -> Proceeds:
    """A directive goes on until its closing fence, which is found as a start is; options may come first."""
    option = _OPTION.match(parser.cursor.text()) if node.in_options else None
    if option:
        node.options = (*node.options, (option["name"], option["value"]))
        node.children.append(Explained(first=parser.number, last=parser.number, claim=Claim.METADATA))
        return Proceeds.TAKEN
    node.in_options = False
    if node.ending and not parser.cursor.blank:
        node.offset = parser.cursor.indent if node.offset is None else node.offset
        if node.offset:
            parser.cursor.advance_columns(min(parser.cursor.indent, node.offset))
    return Proceeds.YES


def is_too_deep(parser: BlockParser) -> bool:
    """Whether no more directives may be opened within those that are open."""
    return sum(isinstance(node, Directive) for node in parser.opened) >= _DEEPEST_DIRECTIVES


def begin_directive(parser: BlockParser) -> Begins:
    """`:::name`, `:::name[Title]`, `:::name Title`, `::: {.name}`."""
    opening = _DIRECTIVE.match(parser.cursor.text())
    if opening is None or is_too_deep(parser):
        return Begins.NOTHING
    rest = opening["rest"]
    attributes = opening["braced"] or opening["attributes"] or ""
    if rest.endswith("}") and "{" in rest:
        rest, _, more = rest[:-1].rpartition("{")
        attributes = f"{attributes} {more}"
    name = opening["braced"] or ""
    if name in _VERBATIM:
        info = f"{{{name}}} {opening['rest']}"
        parser.add(Code(first=parser.number, lines_from=parser.number + 1, info=info, fence=opening["fence"]))
        return Begins.LEAF
    if rest.startswith("`") or "." in (opening["name"] or "") or begins_text(parser.cursor.text()):
        return Begins.NOTHING  # code about directives, or a picture in a line
    directive = Directive(
        first=parser.number,
        size=len(opening["fence"]),
        name=opening["name"] or _name_in_braces(opening["braced"]),
        title=(opening["title"] or rest).strip(),
        attributes=attributes.strip(),
        in_options=opening["braced"] is not None,
    )
    parser.add(directive)
    parser.cursor.advance(len(parser.cursor.line))
    return Begins.CONTAINER


def _name_in_braces(braced: str | None) -> str:
    """`{.name .other}` and `{name}` name the directive; attributes alone do not."""
    words = (braced or "").split()
    first_class = next((word for word in words if word.startswith(".")), "")
    plain = words[0] if words and re.fullmatch(r"[^\W\d][\w:-]*", words[0]) else ""
    return (first_class or plain).lstrip(".")


def end_directive(parser: BlockParser) -> Begins:
    """A closing fence ends the innermost directive that is not longer than it."""
    text = parser.cursor.text()
    if not _DIRECTIVE_END.match(text):
        return Begins.NOTHING
    size = len(text.rstrip(" \t"))
    return close_directive(parser, lambda directive: 0 < directive.size <= size, text.strip())


def close_directive(parser: BlockParser, ends: Callable[[Directive], bool], line: str) -> Begins:
    """Close the innermost directive that a line ends; a line that ends none is told."""
    for depth in range(parser.matched, 0, -1):
        node = parser.opened[depth - 1]
        if isinstance(node, Directive) and ends(node):
            parser.close_to(depth)
            node.closed = True
            parser.close_tip()
            return Begins.LEAF
    parser.add(Explained(first=parser.number, claim=Claim.MARKUP))
    parser.close_tip()
    span = Span(first=parser.number, last=parser.number)
    parser.sink.warn("stray-fence", f"{line} closes nothing", span, hint="remove it, or open its block")
    return Begins.LEAF


def finish_directive(parser: BlockParser, directive: Directive) -> None:
    """Warn of a directive that was never closed; it ends before its first heading, so that sections stay sections."""
    if directive.closed:
        settle_headings(directive)
        return
    children = directive.children
    heading = next((i for i, child in enumerate(children) if isinstance(child, Heading)), len(children))
    parser.replace_closing([directive, *children[heading:]])
    directive.children = children[:heading]
    directive.last = max(directive.first, directive.children[-1].last if directive.children else 0)
    closing = f":::{directive.ending}-end" if directive.ending else ":" * directive.size
    parser.sink.warn(
        "unclosed-container",
        f"this :::{directive.ending or directive.name} block is not closed",
        Span(first=directive.first, last=directive.first),
        hint=f"it is read down to line {directive.last}; close it with {closing}",
    )


def begin_documented(parser: BlockParser) -> Begins:
    """`::: module.name`, where mkdocstrings has what an object's source says, with options indented below."""
    opening = None if parser.in_paragraph else _DOCUMENTED.match(parser.cursor.text())
    if opening is None:
        return Begins.NOTHING
    parser.add(Documented(first=parser.number, lines_from=parser.number, lines=[opening["name"]]))
    return Begins.LEAF


def proceed_documented(parser: BlockParser, _node: Documented) -> Proceeds:
    """Its options go on as long as lines are indented."""
    return Proceeds.NO if parser.cursor.blank or parser.cursor.indent < CODE_INDENT else Proceeds.TAKEN


# ---------------------------------------------------------------- what is indented by four columns


def proceed_indented(parser: BlockParser, node: Container) -> Proceeds:
    """Admonitions, panes and footnotes go on as long as their text is indented."""
    cursor = parser.cursor
    if cursor.blank:
        return Proceeds.YES if node.children or not isinstance(node, FootnoteText) else Proceeds.NO
    if cursor.indent < CODE_INDENT:
        return Proceeds.NO
    cursor.advance_columns(CODE_INDENT)
    return Proceeds.YES


def begin_admonition(parser: BlockParser) -> Begins:
    """`!!! name "Title"`, `??? name "Title"`."""
    opening = _ADMONITION.match(parser.cursor.text())
    if opening is None:
        return Begins.NOTHING
    parser.add(Admonition(first=parser.number, name=opening["name"], title=opening["title"]))
    parser.cursor.advance(len(parser.cursor.line))
    return Begins.CONTAINER


def begin_pane(parser: BlockParser) -> Begins:
    """`=== "Label"`."""
    opening = _PANE.match(parser.cursor.text())
    if opening is None:
        return Begins.NOTHING
    parser.add(Pane(first=parser.number, label=opening["label"]))
    parser.cursor.advance(len(parser.cursor.line))
    return Begins.CONTAINER


def begin_footnote(parser: BlockParser) -> Begins:
    """`[^label]:`."""
    opening = _FOOTNOTE.match(parser.cursor.text())
    if opening is None:
        return Begins.NOTHING
    span = Span(first=parser.number, last=parser.number)
    if not parser.found.footnote(opening["label"], span):
        message = f"there is another footnote [^{opening['label']}] above"
        parser.sink.warn("duplicate-footnote", message, span, hint="give it a label of its own")
    parser.add(FootnoteText(first=parser.number, label=opening["label"]))
    parser.cursor.skip_space()
    parser.cursor.advance(opening.end())
    parser.cursor.skip_space()
    return Begins.CONTAINER


def begin_target(parser: BlockParser) -> Begins:
    """`(name)=`."""
    target = _TARGET.match(parser.cursor.text())
    if target is None or parser.in_paragraph:
        return Begins.NOTHING
    parser.add(Target(first=parser.number, name=target["name"]))
    parser.close_tip()
    return Begins.LEAF


# ---------------------------------------------------------------- descriptions and abbreviations


def proceed_description(parser: BlockParser, node: Description) -> Proceeds:
    """A description goes on at its column."""
    cursor = parser.cursor
    if cursor.blank:
        return Proceeds.YES
    if cursor.indent < node.offset:
        return Proceeds.NO
    cursor.advance_columns(node.offset)
    return Proceeds.YES


def begin_description(parser: BlockParser) -> Begins:
    """`: …` below a term, or below another description."""
    cursor = parser.cursor
    if not _DESCRIPTION.match(cursor.text()) or not _open_descriptions(parser):
        return Begins.NOTHING
    indent = cursor.indent
    cursor.skip_space()
    cursor.advance(1)
    gap = cursor.indent if cursor.indent <= _WIDEST_GAP else 1
    cursor.advance_columns(gap)
    parser.add(Description(first=parser.number, offset=indent + 1 + gap))
    return Begins.CONTAINER


def _open_descriptions(parser: BlockParser) -> bool:
    """Whether a list of descriptions is open now: one that was, or one made of the paragraph above.

    A comment above may be what a site makes the term of.
    """
    if isinstance(parser.container, DescriptionList):
        return True
    if isinstance(parser.container, Paragraph):
        parser.close_to(parser.matched - 1)
    container = parser.container
    above = container.children[-1] if isinstance(container, Container) and container.children else None
    if isinstance(above, Html) and above.kind == _HTML_COMMENT and parser.number - above.last <= _FARTHEST_TERM:
        parser.add(DescriptionList(first=parser.number))
        return True
    if not isinstance(above, Paragraph) or not isinstance(container, Container):
        return False
    lines_between = parser.number - above.last - 1
    if lines_between > 1 or (lines_between and len(above.lines) > _MOST_TERMS):
        return False
    container.children.pop()
    parser.add(DescriptionList(first=above.first))
    for number, line in zip(above.numbers, above.lines, strict=True):
        parser.add(Term(first=number, last=number, lines=[line.rstrip()], lines_from=number))
    return True


def begin_abbreviation(parser: BlockParser) -> Begins:
    """`*[short]: expansion`."""
    found = _ABBREVIATION.match(parser.cursor.text())
    if found is None:
        return Begins.NOTHING
    span = Span(first=parser.number, last=parser.number)
    expansion = found["expansion"].strip()
    parser.found.abbreviation(Abbreviation(short=found["short"], expansion=expansion, span=span))
    parser.add(Explained(first=parser.number, claim=Claim.DEFINITION))
    parser.close_tip()
    return Begins.LEAF
