"""The ids of a page's headings, and every other place of it that a link can lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.read.blocks.nodes import (
    Container,
    Directive,
    Element,
    Explained,
    Formula,
    Heading,
    Leaf,
    Node,
    Page,
    Paragraph,
    PipeTable,
    Target,
    Term,
)
from pipeline.read.docsify import without_heading_settings
from pipeline.read.entities import decode_entities

_LONGEST = 1_000
_OWN_ID = re.compile(
    r"[ \t]*(?:\\?\{[:%]?[ \t]*(?P<braced>(?:[#.][^\s{}]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}\"]+))"
    r"(?:[ \t]+(?:[#.][^\s{}]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}\"]+)))*)[ \t]*%?\}"
    r"|\{/\*[ \t]*(?P<commented>#[^\s{}*]+)[ \t]*\*/\})[ \t]*\Z"
)
_ID = re.compile(r"(?:\A|\s)(?:#|id=[\"']?)([^\s{}\"']+)")
_MARKED_PLACE = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\s\"'<>]+)")
_ATTRIBUTES = re.compile(
    r"\{:?(?:[ \t]*(?:\.[\w-]{1,100}|[\w-]{1,50}=\"[^\"\n]{0,200}\"))*[ \t]*"
    r"#([\w:-]{1,200})[^{}\n]{0,500}\}"
)

_BLOCK_ID = re.compile(r"(?:\A|[ \t]+)(?P<name>\^(?=[\d-]*[A-Za-z])[A-Za-z0-9-]{2,80})[ \t]*\Z")
_NAMED_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]{1,500})\]\([^()\s]{1,500}\)\{[^{}\n]{0,200}#(?P<name>[\w:-]+)")
_NAMED_CAPTION = re.compile(r"(?:Table)?:[ \t]+(?P<caption>[^{}]{1,500}?)[ \t]*\{#(?P<name>[\w:-]+)")
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)
_EMPHASIS = re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_CODE = re.compile(r"`[^`]*`")
_BRACKETS = re.compile(r"[\[\]()<>]")
_NOT_IN_SLUGS = re.compile(r"[^\w\- ]")


class Places(Struct, frozen=True, kw_only=True):
    """What links can lead to: the ids of headings and other marked places, with the source line of each.

    `title` is the sole heading of level 1, where it comes before all others; `titles` has the Markdown that stands at
    a place as its heading or caption.
    """

    headings: Mapping[str, int]
    marks: Mapping[str, int]
    title: str
    titles: Mapping[str, str]

    @property
    def ids(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self.headings.keys() | self.marks.keys())

    def heading_of(self, place: str) -> str:
        """The heading that is a place, or that it stands below; empty where that is none but the title."""
        heading = place
        if place not in self.headings:
            above = (heading for heading, line in self.headings.items() if line <= self.marks[place])
            heading = max(above, key=self.headings.__getitem__, default="")
        return "" if heading == self.title else heading


def name_places(page: Page) -> Places:
    """Give every heading its id, unique on the page, and find every other place that links can lead to."""
    taken: Counter[str] = Counter()
    headings: dict[str, int] = {}
    tops: list[str] = []
    marks: dict[str, int] = {}
    titles: dict[str, str] = {}
    waiting: list[str] = []
    for node in _walk(page):
        ahead = _marks_ahead(node)
        if ahead:
            waiting.extend(ahead)
            continue
        marks.update((name, node.first) for name in waiting if name not in marks)
        if isinstance(node, Heading):
            node.id = _unique(_take_own_id(node) or slug(node.text), taken)
            headings[node.id] = node.first
            tops += [node.id] if node.level == 1 else []
            titles.update(dict.fromkeys((node.id, *waiting), node.text))
        elif waiting and (caption := _caption_of(node)):
            titles.update(dict.fromkeys(waiting, caption))
        waiting.clear()
        for name, line in (*_marks_of(node), *_block_id(node)):
            marks.setdefault(name, line)
        for name, caption in _captions(node):
            titles.setdefault(name, caption)
    marks.update((name, page.last) for name in waiting if name not in marks)
    title = tops[0] if len(tops) == 1 and tops[0] == next(iter(headings)) else ""
    marks = {name: line for name, line in marks.items() if name not in headings}
    return Places(headings=headings, marks=marks, title=title, titles=titles)


def _marks_ahead(node: Node) -> list[str]:
    """The names of what follows: MyST's `(name)=`, or tags alone, as the `<a id="…"></a>` above a heading."""
    if isinstance(node, Target):
        return [node.name]
    if isinstance(node, Paragraph) and node.text.startswith("<") and not _TAG.sub("", node.text).strip():
        return [mark[1] for mark in _MARKED_PLACE.finditer(node.text)]
    return []


def _marks_of(node: Node) -> Iterator[tuple[str, int]]:
    """The names in a node of places other than headings, each with its line."""
    match node:
        case Term():
            yield slug(node.text), node.first
        case Element():
            names = (node.tag.get("id"), node.tag.get("name") if node.name == "a" else "")
            yield from ((name, node.first) for name in names if name)
        case Directive():
            options = dict(node.options)
            given = (options.get("name", ""), options.get("label", ""), _id_in(node.attributes))
            yield from ((name, node.first) for name in given if name)
        case Explained() | Formula():
            yield from ((name, node.first) for name in (node.id,) if name)
        case Paragraph() | Heading() | PipeTable():
            for pattern, sign in ((_MARKED_PLACE, "<"), (_ATTRIBUTES, "#")):
                for mark in pattern.finditer(node.text) if sign in node.text else ():
                    yield mark[1], node.lines_from + node.text.count("\n", 0, mark.start())


def _id_in(attributes: str) -> str:
    found = _ID.search(attributes)
    return found[1] if found else ""


def _block_id(node: Node) -> Iterator[tuple[str, int]]:
    """Obsidian's ` ^name` at a paragraph's end, taken off the text; the signs of arithmetic have no such names."""
    if not isinstance(node, Paragraph | PipeTable) or not node.lines:
        return
    own = _BLOCK_ID.search(node.lines[-1][-_LONGEST:])
    if own and isinstance(node, Paragraph):
        node.lines[-1] = node.lines[-1][: -len(own[0])]
        yield own["name"], node.last
    elif own and own[0] == node.lines[-1]:
        # What stands right below a table was taken for a row.
        node.lines.pop()
        yield own["name"], node.last


def _captions(node: Node) -> Iterator[tuple[str, str]]:
    """The names in a node with the words that stand there as a caption."""
    match node:
        case Directive():
            caption = _caption_of(node)
            yield from ((name, caption) for name, _ in _marks_of(node) if caption)
        case Paragraph() if "#" in node.text:
            for image in _NAMED_IMAGE.finditer(node.text):
                yield image["name"], image["alt"]
            if named := _NAMED_CAPTION.match(node.text):
                yield named["name"], named["caption"]


def _caption_of(node: Node) -> str:
    """The caption or title of a directive: that of a figure is its first paragraph, or in a mere frame its last."""
    if not isinstance(node, Directive):
        return ""
    paragraphs = [child for child in node.children if isinstance(child, Paragraph)]
    if node.name in {"figure", ""} and paragraphs:
        return paragraphs[0 if node.name else -1].text
    return node.title if node.name != "image" else ""


def slug(text: str) -> str:
    """The id that GitHub gives a heading of that Markdown text; `section` where that would be empty."""
    text = _CODE.sub(lambda code: _BRACKETS.sub("", code[0]), text[:_LONGEST])
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = decode_entities(_TAG.sub("", text)).replace("\n", " ")
    text = _NOT_IN_SLUGS.sub("", _EMPHASIS.sub("", text).strip().lower())
    return text.replace(" ", "-") or "section"


def _walk(page: Page) -> Iterator[Node]:
    """Every node in source order, without recursion."""
    todo: list[Node] = [page]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, Container):
            todo.extend(reversed(node.children))


def _take_own_id(heading: Leaf) -> str:
    """The id that the author wrote behind the heading's text or in its tag, taken off the text."""
    line = heading.lines[-1] if heading.lines else ""
    bare, named = without_heading_settings(line)
    if bare != line:
        heading.lines[-1] = bare
        return named
    own = _OWN_ID.search(line[-_LONGEST:]) if line.endswith("}") else None
    if own is None:
        return heading.id if isinstance(heading, Heading) else ""
    heading.lines[-1] = line[: -len(own[0])]
    found = _ID.search(own["braced"] or own["commented"])
    return found[1] if found else ""


def _unique(name: str, taken: Counter[str]) -> str:
    """The name, with the next free number if it is taken, as GitHub counts them."""
    candidate = name
    while taken[candidate]:
        candidate = f"{name}-{taken[name]}"
        taken[name] += 1
    taken[candidate] += 1
    return candidate
