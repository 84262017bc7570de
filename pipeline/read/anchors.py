"""The ids of a page's headings, and every other place of it that a link can lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from pipeline.read.blocks.nodes import Container, Element, Explained, Heading, Leaf, Node, Page, Paragraph, Target, Term
from pipeline.read.entities import decode_entities

_LONGEST = 1_000
_OWN_ID = re.compile(
    r"[ \t]*(?:\\?\{:?[ \t]*(?P<braced>(?:[#.][^\s{}]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}\"]+))"
    r"(?:[ \t]+(?:[#.][^\s{}]+|[\w-]+=(?:\"[^\"]*\"|[^\s{}\"]+)))*)[ \t]*\}"
    r"|\{/\*[ \t]*(?P<commented>#[^\s{}*]+)[ \t]*\*/\})[ \t]*\Z"
)
_ID = re.compile(r"(?:\A|\s)#([^\s{}]+)")
_MARKED_PLACE = re.compile(r"<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\s\"'<>]+)")
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)
_EMPHASIS = re.compile(r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_CODE = re.compile(r"`[^`]*`")
_BRACKETS = re.compile(r"[\[\]()<>]")
_NOT_IN_SLUGS = re.compile(r"[^\w\- ]")


class Places(Struct, frozen=True, kw_only=True):
    """What links can lead to: the ids of headings and other marked places, with the source line of each.

    `title` is the sole heading of level 1, where it comes before all others.
    """

    headings: Mapping[str, int]
    marks: Mapping[str, int]
    title: str

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
    waiting: list[str] = []
    for node in _walk(page):
        ahead = _marks_ahead(node)
        if ahead:
            waiting.extend(ahead)
            continue
        marks.update((name, node.first) for name in waiting if name not in marks)
        waiting.clear()
        if isinstance(node, Heading):
            node.id = _unique(_take_own_id(node) or slug(node.text), taken)
            headings[node.id] = node.first
            tops += [node.id] if node.level == 1 else []
        for name, line in _marks_of(node):
            marks.setdefault(name, line)
    marks.update((name, page.last) for name in waiting if name not in marks)
    title = tops[0] if len(tops) == 1 and tops[0] == next(iter(headings)) else ""
    return Places(headings=headings, marks={k: v for k, v in marks.items() if k not in headings}, title=title)


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
        case Explained() if node.name:
            yield node.name, node.first
        case Element():
            names = (node.tag.get("id"), node.tag.get("name") if node.name == "a" else "")
            yield from ((name, node.first) for name in names if name)
        case Paragraph() | Heading() if "<" in node.text:
            for mark in _MARKED_PLACE.finditer(node.text):
                yield mark[1], node.lines_from + node.text.count("\n", 0, mark.start())


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
