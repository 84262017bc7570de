"""Components that stand on lines of their own, as the model's blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.model.document import Blocks, Callout, Figure, Paragraph, SpeakerNotes, Tab, Tabs
from pipeline.model.inlines import FootnoteReference, InlineImage, Inlines, Link, Target, Text
from pipeline.model.text import plain_text
from pipeline.read.blocks.nodes import Code, Element, Node
from pipeline.read.callouts import LAYOUTS, NOTES, callout_kind
from pipeline.read.component_code import CODE_COMPONENTS, element_code
from pipeline.read.directives import grouped, tabs_of_code, text_of
from pipeline.read.expressions import STRING, evaluated, expression_value, texts_within
from pipeline.read.figures import captioned, figures_of
from pipeline.read.flatten import flat_inlines
from pipeline.read.html_model import html_blocks
from pipeline.read.inline_html import ONLY_LOOK, is_readable, picture_source
from pipeline.read.reads import Reads
from pipeline.read.tags import Tag

_IMAGES: Final = frozenset(["img", "image", "figure", "gifplayer", "themedimage", "picture", "zoomimage", "zoom"])
_FORMULAS: Final = frozenset(["math", "blockmath", "formula", "katex", "latex", "tex", "equation"])
_TAB_GROUPS: Final = frozenset(["tabs", "codetabs", "codegroup", "tabgroup", "codeblocks", "tabbed"])
_TABS: Final = frozenset(["codegroupitem", "tabitem", "tab", "tabpanel", "tabpane"])
_ARRANGING: Final = (
    frozenset(["fragment", "suspense", "div", "section", "columns", "column", "center", "clientonly"])
    | frozenset(["code", "raw", "rawhtml", "step", "stepper", "steps", "verbatim"])
    | frozenset(["badge", "browserwindow", "button", "card", "cardgrid", "cardgroup", "cards", "content-ref", "embed"])
    | frozenset(["bleed", "file", "files", "filetree", "folder", "frame", "linkbutton", "linkcard", "link", "openapi"])
    | frozenset(["accordiongroup", "requestexample", "responseexample", "translate", "update", "updates"])
)
_KINDS: Final = ("type", "kind", "style", "severity", "variant", "intent", "color", "status", "level")
_READABLE: Final = (
    *("number", "title", "label", "heading", "header", "caption", "legend", "name", "summary", "description", "desc"),
    *("text", "content", "message", "alt", "subtitle", "file-name", "filename", "author", "quote", "term"),
    "date",
)
# What describes a parameter: its name, which some call by where it stands, and what it may be.
_FIELDS: Final = frozenset(["apiparam", "field", "param", "paramfield", "property", "responsefield"])
_OF_FIELDS: Final = ("path", "query", "body", "header", "type", "default", "required", "deprecated")
_LINKS: Final = ("href", "to", "link")
_ADDRESSES: Final = ("href", "to", "link", "url", "src", "still", "gif", "poster", "source")
_LISTED = re.compile(rf"\[\s*(?:(?:{STRING.pattern})\s*(?:,\s*)?)+\]\Z")
_LANGUAGE_AND_WORDS = re.compile(r"(?P<language>[\w+#-]+)[ \t]+(?P<title>[^={}\[\]\"'`]+?)[ \t]*\Z")
_TAB_VALUES = re.compile(
    r"\{(?=[^{}]*\blabel\s*:\s*(['\"`])(?P<label>.*?)\1)(?=[^{}]*\bvalue\s*:\s*(['\"`])(?P<value>.*?)\3)[^{}]*\}"
)


def element_blocks(element: Element, reads: Reads) -> Blocks:
    """What an element says. A component that nobody knows keeps its blocks and its readable attributes."""
    element.tag = evaluated(element.tag, reads.imports)
    if element.tag.template and element.tag.self_closing:
        return _alone(element, reads)
    name = _name(element)
    if element.name[0].islower() and "-" not in name:
        return html_blocks(element, reads)
    if (name in _IMAGES or picture_source(element.tag)) and (figures := _figures(element, reads)):
        return figures
    if name in CODE_COMPONENTS and (code := element_code(element, reads)):
        return code
    if name in _FORMULAS:
        return _formula(element, reads)
    is_group = name == "tabpane" or name.endswith(("tabs", "codegroup"))
    if name in _TAB_GROUPS or (is_group and _items(element)):
        return _tabs(element, reads)
    if name == "details":
        return html_blocks(_renamed(element, "details"), reads)
    if name in NOTES:
        return (SpeakerNotes(children=reads.blocks(element.children), span=element.span),)
    callout = _callout(element, reads)
    if callout:
        return callout.children if _only_holds_callouts(callout) else (callout,)
    return _unknown(element, reads)


def _name(element: Element) -> str:
    """What a component is called by in the tables: `Cards.Card` is a card."""
    return element.name.rpartition(".")[2].lower() or element.name.lower()


def _alone(element: Element, reads: Reads) -> Blocks:
    """A template without an end says what it would within a line."""
    lines = tuple(range(element.opening.first, element.opening.last + 1))
    inlines = reads.inlines(element.source, lines)
    paragraph = (Paragraph(children=inlines, span=element.span),) if inlines else ()
    return figures_of(inlines, element.source) or paragraph


def _renamed(element: Element, name: str) -> Element:
    return Element(
        first=element.first,
        last=element.last,
        children=element.children,
        name=name,
        tag=element.tag,
        source=element.source,
        opening=element.opening,
    )


def _figures(element: Element, reads: Reads) -> Blocks:
    """The component's image, read as it would be within a line; what the component holds is its legend."""
    source = element.source
    alone = source if element.tag.self_closing else f"{source[:-1]}/>"
    inlines = reads.inlines(alone, tuple(range(element.opening.first, element.opening.last + 1)))
    figures = figures_of(inlines, source)
    moving = element.tag.get("gif")
    if len(figures) == 1 and moving and figures[0].origin is None and moving != figures[0].image.source:
        # The still picture is shown, and the moving one is where it comes from.
        figures = (replace(figures[0], origin=reads.target(moving, element.opening)),)
    children = reads.blocks(element.children)
    if len(figures) == 1 and children and not any(isinstance(c, Figure) for c in children):
        return captioned(figures, flat_inlines(children), element.span)
    return (*figures, *children) if figures else ()


def _formula(element: Element, reads: Reads) -> Blocks:
    """The formula that an attribute or the component's text gives."""
    keys = ("code", "math", "formula", "source", "children", "tex", "latex")
    code = next((value for key in keys if (value := element.tag.get(key).strip())), "")
    children = reads.blocks(element.children)
    if not code:
        code = plain_text(flat_inlines(children)).strip()
        children = ()
    return (*((reads.formula(code, element.span),) if code else ()), *children)


def _items(element: Element) -> list[Element]:
    elements = [c for c in element.children if isinstance(c, Element)]
    return [e for e in elements if _name(e) in _TABS or (e.name[0].isupper() and e.name.endswith("Tab"))]


def _tabs(element: Element, reads: Reads) -> Blocks:
    """The items as tabs; what stands between them comes first."""
    items = _items(element)
    others = reads.blocks([_named_by_words(c) for c in element.children if c not in items])
    if not items:
        return tabs_of_code(others, element.span)
    title = text_of(element.tag.get("title") or element.tag.get("label"), element.opening)
    labelled = zip(items, _tab_labels(element, items), strict=True)
    tabs = tuple(
        Tab(label=_tab_label(label, item, reads), children=reads.blocks(item.children), span=item.span)
        for item, label in labelled
    )
    blocks = (*others, Tabs(tabs=tabs, span=element.span))
    return grouped(title, blocks, element.span) if title else blocks


def _tab_label(label: str, item: Element, reads: Reads) -> Inlines:
    """A tab's label, which templates have as Markdown."""
    return _said(label, item, reads) if item.tag.template else text_of(label, item.opening)


def _named_by_words(node: Node) -> Node:
    """Code among tabs, whose words behind its language are its title: "bash On a Mac"."""
    words = _LANGUAGE_AND_WORDS.match(node.info) if isinstance(node, Code) and node.info else None
    if words and isinstance(node, Code):
        node.info = f'{words["language"]} title="{words["title"]}"'
    return node


def _tab_labels(element: Element, items: list[Element]) -> list[str]:
    """What each item is called: by itself, else by the list of all that stands in the opening tag."""
    listed = element.tag.get("values") or element.tag.get("items")
    by_value = {m["value"]: m["label"] for m in _TAB_VALUES.finditer(listed)}
    in_order = [label.strip() for label in listed.split(",")] if element.tag.template else []
    if _LISTED.match(listed):
        in_order = [expression_value(label)[0] for label in STRING.findall(listed)]
    in_order = in_order if len(in_order) == len(items) else [""] * len(items)
    own = ("title", "name", "header", "value")
    return [
        item.tag.get("label")
        or by_value.get(item.tag.get("value"))
        or next((value for key in own if (value := item.tag.get(key))), label)
        for item, label in zip(items, in_order, strict=True)
    ]


def _callout(element: Element, reads: Reads) -> Callout | None:
    kind = callout_kind(element.name)
    if kind is None:
        return None
    stated = (callout_kind(value) for key in _KINDS if (value := element.tag.get(key)))
    kind = next(filter(None, stated), kind)
    title = element.tag.get("title") or element.tag.get("heading") or element.tag.get("label")
    if not title and element.tag.template:
        title = element.tag.get("name")
        if callout_kind(element.tag.get("type")) is None:
            title = title or element.tag.get("type")
    label = text_of(title or kind[1], element.opening)
    more = [text for text in _texts(element, without=_KINDS) if text not in {title, element.tag.get("title")}]
    said = tuple(Paragraph(children=text_of(text, element.opening), span=element.opening) for text in more)
    children = (*said, *reads.blocks(element.children))
    return Callout(kind=kind[0], title=label, children=children, span=element.span, word=kind[1])


def _only_holds_callouts(callout: Callout) -> bool:
    """Whether it says nothing itself, as what arranges several that unfold."""
    inner = callout.children
    return not callout.title and len(inner) > 0 and all(isinstance(block, Callout) for block in inner)


def _unknown(element: Element, reads: Reads) -> Blocks:
    children = reads.blocks(element.children)
    texts = [_said(text, element, reads) for text in _texts(element)]
    led = _leads(element, reads)
    if len(led) == 1 and not texts and _repeats(children, led[0][1]):
        reads.stated.append((element.opening, led.pop()[0]))
    if len(led) == 1 and not texts and _is_link(element.tag) and (linked := _as_link(children, led[0][1], element)):
        children, led = linked, []
    label = _label(texts, led, element.opening)
    name = _name(element)
    if name == "frame":
        return captioned(children, label, element.opening)
    arranging = name in LAYOUTS if element.tag.template else "-" in name
    if name in _ARRANGING or name in _FIELDS or name in _TABS or arranging:
        return grouped(label, children, element.span) if label else children
    written = element.source if element.tag.template else f"{element.source[: 1 + len(element.name)]}>"
    message = f"{written} is not known"
    hint = "its text and readable attributes are kept" if children or label else "there is nothing readable in it"
    reads.sink.warn("unknown-component", message, element.opening, hint=hint)
    return grouped(label, children, element.span)


def _leads(element: Element, reads: Reads) -> list[tuple[str, Target]]:
    """Where the attributes lead, and how they write it."""
    addresses = [
        value
        for key, value in element.tag.attributes
        if key.lower() in _ADDRESSES and value.strip() and not _is_code(value.strip())
    ]
    found = ((address, reads.target(address, element.opening)) for address in addresses)
    return [(address, target) for address, target in found if target is not None]


def _repeats(children: Blocks, target: Target) -> bool:
    """Whether a link in the one paragraph that an element holds leads where the element does."""
    if len(children) != 1 or not isinstance(paragraph := children[0], Paragraph):
        return False
    return any(isinstance(inline, Link) and inline.target == target for inline in paragraph.children)


def _is_link(tag: Tag) -> bool:
    """Whether what a tag holds leads where it says: a window only shows where its page is."""
    return tag.template or any(tag.has(key) for key in _LINKS)


def _as_link(children: Blocks, target: Target, element: Element) -> Blocks:
    """The one paragraph that an element holds as a link, unless links or pictures stand in it; else nothing."""
    if len(children) != 1 or not isinstance(paragraph := children[0], Paragraph):
        return ()
    if any(isinstance(inline, Link | InlineImage | FootnoteReference) for inline in paragraph.children):
        return ()
    link = Link(children=paragraph.children, target=target, title="", span=paragraph.span)
    return (replace(paragraph, children=(link,), span=element.opening.cover(paragraph.span)),)


def _texts(element: Element, without: Sequence[str] = ()) -> list[str]:
    """What the attributes say to a reader, and the objects in them."""
    tag = element.tag
    names = (*_READABLE, *_OF_FIELDS) if _name(element) in _FIELDS else _READABLE
    found: list[str] = []
    for key, value in tag.attributes:
        if key.lower() in without:
            continue
        if key in tag.computed and _is_code(value.strip()):
            found += texts_within(value) if key.lower() not in ONLY_LOOK else []
        elif not value.strip() or value == "true":
            found += [key] if key in names and key in _OF_FIELDS else []
        elif is_readable(tag, key, value.strip(), names):
            said = " ".join(value.split())
            found.append(f"{key}: {said}" if key == "default" else said)
    return list(dict.fromkeys(found))


def _said(text: str, element: Element, reads: Reads) -> Inlines:
    """A text of an attribute as inlines; one with tags in it was written as JSX, one with code or bold as Markdown."""
    is_marked = "</" in text or "/>" in text or text.count("`") > 1 or text.count("**") > 1
    return reads.inlines(text, (element.opening.first,)) if is_marked else text_of(text, element.opening)


def _label(texts: list[Inlines], led: list[tuple[str, Target]], span: Span) -> Inlines:
    """The texts, the first of which leads where the first address does; further addresses follow them."""
    parts = list(texts)
    for number, (address, target) in enumerate(led):
        first = parts.pop(0) if not number and parts else text_of(address, span)
        link: Inlines = (Link(children=first, target=target, title="", span=span),)
        parts.insert(0 if not number else len(parts), link)
    joined: list[Inlines] = []
    for part in parts:
        if joined:
            joined.append((Text(text=" — ", span=span),))
        joined.append(part)
    return tuple(inline for part in joined for inline in part)


def _is_code(value: str) -> bool:
    """Whether a value is an expression and not text."""
    return value.startswith(("{", "[", "(", "require(", "useBaseUrl(")) or "=>" in value
