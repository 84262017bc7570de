"""HTML elements that carry content, as the model's blocks."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Blocks,
    Callout,
    CalloutKind,
    CodeBlock,
    Definition,
    DefinitionList,
    Divider,
    Figure,
    FormulaBlock,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
)
from pipeline.model.inlines import Link
from pipeline.read.blocks.nodes import Element, Node, Raw
from pipeline.read.component_code import code_of_component
from pipeline.read.directives import text_of
from pipeline.read.entities import decode_entities
from pipeline.read.figures import captioned
from pipeline.read.flatten import flat_inlines, join_lines
from pipeline.read.reads import Reads
from pipeline.read.tables import html_table
from pipeline.read.tags import parse_tag

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_LANGUAGE = re.compile(r"(?:language|lang|highlight-source)-([\w+#-]+)")
_SVG_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>", re.IGNORECASE)
_LITERAL = re.compile(r"\s*\{\s*`(?P<text>[^`]*)`\s*\}\Z")
_LATEX = re.compile(r"<annotation[^>]*tex[^>]*>(.*?)</annotation>", re.IGNORECASE | re.DOTALL)


def html_blocks(element: Element, reads: Reads) -> Blocks:
    """What an element of HTML says; one that only arranges gives the blocks inside it."""
    match element.name:
        case "ul" | "ol" | "menu":
            return _item_list(element, reads)
        case "dl":
            return _definition_list(element, reads)
        case "table":
            return html_table(element, reads)
        case "blockquote":
            children = reads.blocks(element.children)
            return (Quote(children=children, span=element.span),) if children else ()
        case "details":
            return _details(element, reads)
        case "figure":
            return _figure(element, reads)
        case "map":
            return _areas(element, reads)
        case "pre":
            return _split_code(element)
        case "hr":
            return (Divider(span=element.span),)
    return reads.blocks(element.children)


def _named(nodes: Sequence[Node], *names: str) -> list[Element]:
    return [node for node in nodes if isinstance(node, Element) and node.name in names]


def _without(nodes: Sequence[Node], *names: str) -> list[Node]:
    return [node for node in nodes if not (isinstance(node, Element) and node.name in names)]


def _item_list(element: Element, reads: Reads) -> Blocks:
    """The list; what stands in it but in no item of it follows."""
    items = tuple(
        ListItem(children=reads.blocks(item.children), checked=None, span=item.span)
        for item in _named(element.children, "li")
    )
    others = reads.blocks(_without(element.children, "li"))
    if not items:
        return others
    first = element.tag.get("start").strip()
    start = int(first) if first.isascii() and first.isdigit() and len(first) < 10 else 1  # noqa: PLR2004 - as in Markdown
    ordered = element.name == "ol"
    return (ItemList(items=items, start=start if ordered else None, tight=True, span=element.span), *others)


def _definition_list(element: Element, reads: Reads) -> Blocks:
    """The list; terms that follow each other share what is said of them."""
    entries: list[Definition] = []
    terms: list[Element] = []
    said: list[Node] = []
    flat = [c for node in element.children for c in (node.children if _named([node], "div") else [node])]  # type: ignore[attr-defined]

    def finish() -> None:
        if terms or said:
            term = join_lines([flat_inlines(reads.blocks(t.children)) for t in terms])
            span = (terms or said)[0].span.cover((said or terms)[-1].span)
            entries.append(Definition(term=term, children=reads.blocks(said), span=span))
        terms.clear()
        said.clear()

    for node in flat:
        if isinstance(node, Element) and node.name == "dt":
            if said:
                finish()
            terms.append(node)
        else:
            said.append(node)
    finish()
    return (DefinitionList(entries=tuple(entries), span=element.span),) if entries else ()


def _details(element: Element, reads: Reads) -> Blocks:
    summaries = _named(element.children, "summary", "Summary")
    title = join_lines([flat_inlines(reads.blocks(summary.children)) for summary in summaries])
    children = reads.blocks(_without(element.children, "summary", "Summary"))
    if not title:
        name = element.tag.get("name") if element.tag.template else ""
        title = text_of(element.tag.get("summary") or element.tag.get("title") or name, element.opening)
    return (Callout(kind=CalloutKind.DETAILS, title=title, children=children, span=element.span),)


def _figure(element: Element, reads: Reads) -> Blocks:
    """The figure with its caption as legend; a caption of several things follows them."""
    captions = _named(element.children, "figcaption")
    caption = join_lines([flat_inlines(reads.blocks(c.children)) for c in captions])
    blocks = reads.blocks(_without(element.children, "figcaption"))
    return captioned(blocks, caption, captions[0].span if captions else element.span)


def _areas(element: Element, reads: Reads) -> Blocks:
    """Where the parts of a picture lead, as a list of links."""
    areas = [area for area in _named(element.children, "area") if area.tag.get("href") or area.tag.get("alt")]
    items = tuple(ListItem(children=_area(area, reads), checked=None, span=area.span) for area in areas)
    others = reads.blocks(_without(element.children, "area"))
    return (*((ItemList(items=items, start=None, tight=True, span=element.span),) if items else ()), *others)


def _area(area: Element, reads: Reads) -> Blocks:
    address, title = area.tag.get("href"), area.tag.get("title")
    shown = text_of(area.tag.get("alt") or title or address, area.span)
    target = reads.target(address, area.span) if address else None
    link = (Link(children=shown, target=target, title=title, span=area.span),) if target else shown
    return (Paragraph(children=link, span=area.span),)


# ---------------------------------------------------------------- elements whose content is no Markdown


def raw_blocks(node: Raw, reads: Reads) -> Blocks:
    """Preformatted text as code, a drawing as a figure, MathML as a formula."""
    source = node.text
    tag = parse_tag(source, 0)
    inside = source[tag.end : source.rfind("</")] if tag and not tag.self_closing else ""
    match node.name:
        case "svg":
            return _drawing(node, reads)
        case "math":
            latex = _LATEX.search(inside)
            text = decode_entities((latex[1] if latex else " ".join(_TAG.sub(" ", inside).split())).strip())
            if latex and text:
                return (reads.formula(text, node.span),)
            return (FormulaBlock(source=text, span=node.span),) if text else ()
        case "CodeBlock" if tag:
            return code_of_component(tag, inside, node.span, reads.sink)
    return _code(inside, node.span)


def _code(inside: str, span: Span) -> Blocks:
    language = _LANGUAGE.search(inside[: inside.find(">") + 1])
    text = decode_entities(_TAG.sub("", inside)).removeprefix("\n").rstrip()
    if literal := _LITERAL.match(text):
        text = literal["text"].removeprefix("\n").rstrip()
    if not text.strip():
        return ()
    return (
        CodeBlock(
            text=text, language=language[1] if language else "", title="", marked=(), numbered_from=None, span=span
        ),
    )


def _split_code(element: Element) -> Blocks:
    """Preformatted text that a blank line cut apart; its lines are in the leaves."""
    lines: list[str] = []
    for child in element.children:
        lines += getattr(child, "lines", [])
    return _code("\n".join(lines), element.span)


def _drawing(node: Raw, reads: Reads) -> Blocks:
    """A drawing within the page, as the picture that it is."""
    source = node.text
    if "xmlns" not in source.split(">", 1)[0]:
        source = re.sub(r"<svg\b", '<svg xmlns="http://www.w3.org/2000/svg"', source, count=1, flags=re.IGNORECASE)
    title = _SVG_TITLE.search(source)
    address = "data:image/svg+xml;base64," + b64encode(source.encode()).decode("ascii")
    image = reads.image(address, decode_entities(title[1]).strip() if title else "", node.span)
    return (Figure(image=image, legend=(), origin=None, width=None, span=node.span),)
