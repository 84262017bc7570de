"""Components that stand on lines of their own, as the model's blocks."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from pipeline.model.document import Blocks, Callout, CodeBlock, Figure, Paragraph, SpeakerNotes, Tab, Tabs
from pipeline.model.inlines import Inlines, Link, Text
from pipeline.model.text import plain_text
from pipeline.read.blocks.nodes import Element
from pipeline.read.callouts import LAYOUTS, NOTES, callout_kind
from pipeline.read.directives import grouped, tabs_of_code, text_of
from pipeline.read.figures import captioned, figures_of
from pipeline.read.flatten import flat_inlines
from pipeline.read.html_model import html_blocks
from pipeline.read.reads import Reads
from pipeline.read.templates import steers

_IMAGES: Final = frozenset(["img", "image", "figure", "gifplayer", "themedimage", "picture", "zoomimage", "zoom"])
_FORMULAS: Final = frozenset(["math", "blockmath", "formula", "katex", "latex", "tex", "equation"])
_TAB_GROUPS: Final = frozenset(["tabs", "codetabs", "codegroup", "tabgroup", "codeblocks", "tabbed"])
_TABS: Final = frozenset(["tabitem", "tab", "tabpanel", "tabpane"])
_ARRANGING: Final = frozenset(
    ["fragment", "suspense", "div", "section", "columns", "column", "center", "clientonly"]
) | frozenset(["code", "raw", "rawhtml", "step", "stepper", "steps", "verbatim"])
_KINDS: Final = ("type", "kind", "style", "severity", "variant", "intent", "color", "status", "level")
_READABLE: Final = (
    *("number", "title", "label", "heading", "header", "caption", "legend", "name", "summary", "description", "desc"),
    *("text", "content", "message", "alt", "subtitle", "file-name", "filename", "author", "quote", "term"),
)
_ADDRESSES: Final = ("href", "to", "link", "url", "src", "still", "gif", "poster", "source")
_TAB_VALUES = re.compile(
    r"\{(?=[^{}]*\blabel\s*:\s*(['\"`])(?P<label>.*?)\1)(?=[^{}]*\bvalue\s*:\s*(['\"`])(?P<value>.*?)\3)[^{}]*\}"
)
_CODE_STRING = re.compile(r"\A\{\s*`(?P<text>.*)`\s*\}\Z", re.DOTALL)


def element_blocks(element: Element, reads: Reads) -> Blocks:
    """What an element says. A component that nobody knows keeps its blocks and its readable attributes."""
    name = element.name.lower()
    if element.tag.template and element.tag.self_closing:
        return _alone(element, reads)
    if element.name[0].islower() and "-" not in name:
        return html_blocks(element, reads)
    if name in _IMAGES and (figures := _figures(element, reads)):
        return figures
    if name in _FORMULAS:
        return _formula(element, reads)
    if name in _TAB_GROUPS or (name == "tabpane" and _items(element)):
        return _tabs(element, reads)
    if name == "details":
        return html_blocks(_renamed(element, "details"), reads)
    if name in NOTES:
        return (SpeakerNotes(children=reads.blocks(element.children), span=element.span),)
    callout = _callout(element, reads)
    if callout:
        return callout.children if _only_holds_callouts(callout) else (callout,)
    return _unknown(element, reads)


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
    return [c for c in element.children if isinstance(c, Element) and c.name.lower() in _TABS]


def _tabs(element: Element, reads: Reads) -> Blocks:
    """The items as tabs; what stands between them comes first."""
    items = _items(element)
    others = reads.blocks([c for c in element.children if c not in items])
    if not items:
        return tabs_of_code(others, element.span)
    title = text_of(element.tag.get("title") or element.tag.get("label"), element.opening)
    labelled = zip(items, _tab_labels(element, items), strict=True)
    tabs = tuple(
        Tab(label=text_of(label, item.opening), children=reads.blocks(item.children), span=item.span)
        for item, label in labelled
    )
    blocks = (*others, Tabs(tabs=tabs, span=element.span))
    return grouped(title, blocks, element.span) if title else blocks


def _tab_labels(element: Element, items: list[Element]) -> list[str]:
    """What each item is called: by itself, else by the list of all that stands in the opening tag."""
    listed = element.tag.get("values") or element.tag.get("items")
    by_value = {m["value"]: m["label"] for m in _TAB_VALUES.finditer(listed)}
    in_order = [label.strip() for label in listed.split(",")] if element.tag.template else []
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
    return Callout(kind=kind[0], title=label, children=reads.blocks(element.children), span=element.span)


def _only_holds_callouts(callout: Callout) -> bool:
    """Whether it says nothing itself, as what arranges several that unfold."""
    inner = callout.children
    return not callout.title and len(inner) > 0 and all(isinstance(block, Callout) for block in inner)


def _unknown(element: Element, reads: Reads) -> Blocks:
    children = reads.blocks(element.children)
    if steers(element.tag):
        message = f"{element.source} is not followed"
        reads.sink.warn("unknown-template", message, element.opening, hint="all that it holds is kept")
        return children
    label = _label(element, reads)
    name = element.name.lower()
    if name in _ARRANGING or name in _TABS or (name in LAYOUTS if element.tag.template else "-" in name):
        return grouped(label, children, element.span) if label else children
    text = _CODE_STRING.match(element.tag.get("code").strip()) if element.tag.get("code") else None
    if name == "codeblock" and text:
        code = CodeBlock(text=text["text"], language="", title="", marked=(), numbered_from=None, span=element.span)
        return (code, *children)
    message = f"{element.source if element.tag.template else f'<{element.name}>'} is not known"
    hint = "its text and readable attributes are kept" if children or label else "there is nothing readable in it"
    reads.sink.warn("unknown-component", message, element.opening, hint=hint)
    return grouped(label, children, element.span)


def _label(element: Element, reads: Reads) -> Inlines:
    """The attributes that say something to a reader, and those that lead somewhere."""
    said = [(key.lower(), value.strip()) for key, value in element.tag.attributes if value.strip()]
    texts = list(dict.fromkeys(value for key, value in said if _is_readable(key, value)))
    span = element.opening
    inlines: list[Inlines] = [text_of(text, span) for text in texts]
    for key, address in said:
        target = reads.target(address, span) if key in _ADDRESSES and not _is_code(address) else None
        if target is not None:
            shown = inlines.pop() if inlines else text_of(address, span)
            inlines.append((Link(children=shown, target=target, title="", span=span),))
    return _separated(inlines, element)


def _is_readable(key: str, value: str) -> bool:
    if _is_code(value) or key in _ADDRESSES:
        return False
    return key in _READABLE or (" " in value and key not in {"class", "classname", "style", "values", "sizes"})


def _is_code(value: str) -> bool:
    """Whether a value is an expression and not text."""
    return value.startswith(("{", "[", "(", "require(", "useBaseUrl(")) or "=>" in value


def _separated(inlines: list[Inlines], element: Element) -> Inlines:
    joined: list[Inlines] = []
    for part in inlines:
        if joined:
            joined.append((Text(text=" — ", span=element.opening),))
        joined.append(part)
    return tuple(inline for part in joined for inline in part)
