"""Whole pages read, against the examples of the CommonMark and GitHub specifications, where they are at hand.

The HTML that an example expects and the document that it is read as are brought to one form: a line for each leaf,
below the containers that it stands in, with its inlines. What the dialects read otherwise on purpose is listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import assert_never
from urllib.parse import unquote

import pytest

from pipeline.model.document import (
    Block,
    Blocks,
    CodeBlock,
    Divider,
    Document,
    Figure,
    Heading,
    Hint,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    Section,
    Table,
)
from pipeline.model.inlines import (
    BrokenTarget,
    CodeSpan,
    FileTarget,
    Inline,
    InlineImage,
    Inlines,
    LineBreak,
    Link,
    PageTarget,
    SectionTarget,
    Style,
    Styled,
    Target,
    Text,
    WebTarget,
)
from pipeline.read import read_page
from pipeline.settings import Settings

SPECIFICATIONS = Path(__file__).parents[2].parent / "shared" / "corpus" / "spec"
EXTENSIONS = ("Tables (extension)", "Task list items (extension)", "Strikethrough (extension)", "Autolinks (extension)")

_HTML_IS_READ = "what stands between HTML's tags is read as Markdown and not passed on as it is"
_EMPTY = "what shows nothing is left out"
_SHOWN = "a link without text shows where it leads, since nobody can point at paper"
_NO_TAG = "a tag of no known name is shown as it is written, since it was hardly meant as one"
_BARE = "addresses that stand bare are linked, as GitHub does"
_COMPONENT = "a component's picture is one"
_COMMENT = "Python's parser of HTML, which reads what is expected, knows no such comment"
_WIKI = "double brackets are a link to a page by its name"
_DIFFERS = {
    _HTML_IS_READ: [
        *(148, 150, 151, 155, 156, 158, 159, 161, 163, 164, 165, 166, 167),
        *(168, 170, 173, 179, 180, 182, 184, 188, 189, 191, 193, 346, 496),
    ],
    _EMPTY: [172, 174, 178, 489, 609],
    _SHOWN: [21, 31, 478, 479, 486, 632, 633, 645, 646],
    _NO_TAG: [203, 615, 625],
    _BARE: [604, 610, 613, 614],
    _WIKI: [550, 592],
    _COMPONENT: [619],
    _COMMENT: [628],
}
DIFFERS = {number: reason for reason, numbers in _DIFFERS.items() for number in numbers}
GITHUB_DIFFERS = {204: "a cell too many makes the table wider instead of being lost"}

STYLES = {Style.EMPHASIS: "em", Style.STRONG: "strong", Style.DELETED: "del"}
LEAVES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr"])
CONTAINERS = frozenset(["ul", "ol", "li", "blockquote"])


def examples(name: str) -> list[dict]:
    path = SPECIFICATIONS / f"{name}-examples.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


# ---------------------------------------------------------------- what is expected


class Expected(HTMLParser):
    """The leaves of an example's HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.leaves: list[str] = []
        self.around: list[str] = []
        self.leaf = ""
        self.text = ""
        self.links = 0

    def finish(self) -> None:
        """End a leaf, if one is open or text stands in none."""
        text = self.text.strip("\n") if self.leaf == "pre" else " ".join(self.text.split())
        if self.leaf in {"pre", "tr"} or text:
            self.leaves.append(" > ".join([*self.around, f"{self.leaf or 'p'}: {text}"]))
        self.leaf = self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LEAVES or tag in CONTAINERS:
            self.finish()
        match tag:
            case "hr":
                self.finish()
                self.leaves.append(" > ".join([*self.around, "hr"]))
            case "ol":
                self.around.append(f"ol {dict(attrs).get('start', '1')}")
            case _ if tag in CONTAINERS:
                self.around.append(tag)
            case _ if tag in LEAVES:
                self.leaf = tag
            case _:
                self.text += self.begun(tag, {name: value or "" for name, value in attrs})

    def begun(self, tag: str, given: dict[str, str]) -> str:
        """What stands for an inline's opening tag."""
        match tag:
            case "input":
                return "[x] " if "checked" in given else "[ ] "
            case "img":
                return f"<img {unquote(given['src'])} {given.get('title', '')}>{given.get('alt', '')}</img>"
            case "a" if "href" in given:
                self.links += 1
                return f"<a {unquote(given['href'])} {given.get('title', '')}>"
            case "em" | "strong" | "del" | "code" | "br" if not (tag == "code" and self.leaf == "pre"):
                return f"<{tag}>"
        return ""

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "td" | "th":
                self.text += " | "
            case "li":
                self.finish()
                self.leaves.append(" > ".join([*self.around, "end"]))
                self.around.pop()
            case _ if tag in CONTAINERS:
                self.finish()
                self.around.pop()
            case _ if tag in LEAVES:
                self.finish()
            case "a" if self.links:
                self.links -= 1
                self.text += "</a>"
            case "em" | "strong" | "del" | "code" if not (tag == "code" and self.leaf == "pre"):
                self.text += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.text += data


def expected(html: str) -> list[str]:
    parser = Expected()
    parser.feed(html)
    parser.close()
    parser.finish()
    return parser.leaves


# ---------------------------------------------------------------- what is read


def read(markdown: str, folder: Path) -> list[str]:
    """The leaves of the document; its title stands in front matter, so that every heading is a section's."""
    page = folder / "page.md"
    page.write_text(f"---\ntitle: Page\n---\n{markdown}", encoding="utf-8")
    document = read_page(page, Settings(root=folder, output=folder / "out", offline=True)).document
    assert not [entry for entry in document.ledger if entry.lost]
    return [*leaves(document)]


def leaves(document: Document) -> Iterator[str]:
    yield from of_blocks(document.blocks, ())
    for section in document.sections:
        yield from of_section(section)


def of_section(section: Section) -> Iterator[str]:
    yield f"h{section.level}: {spaced(section.title)}"
    yield from of_blocks(section.blocks, ())
    for inner in section.sections:
        yield from of_section(inner)


def of_blocks(blocks: Blocks, around: tuple[str, ...]) -> Iterator[str]:
    for block in blocks:
        yield from of_block(block, around)


def of_block(block: Block, around: tuple[str, ...]) -> Iterator[str]:
    match block:
        case Quote():
            yield from of_blocks(block.children, (*around, "blockquote"))
        case ItemList():
            for item in block.items:
                name = "ul" if block.start is None else f"ol {block.start}"
                yield from of_item(item, (*around, name, "li"))
        case Table():
            for row in ((block.head,) if block.head else ()) + block.rows:
                cells = "".join(f"{spaced(cell.children)} | " for cell in row.cells)
                yield " > ".join([*around, " ".join(f"tr: {cells}".split())])
        case Hint():
            return
        case _:
            yield " > ".join([*around, leaf(block)])


def leaf(block: Block) -> str:
    match block:
        case Paragraph():
            return f"p: {spaced(block.children)}"
        case Heading():
            return f"h{block.level}: {spaced(block.children)}"
        case CodeBlock():
            return f"pre: {block.text.strip(chr(10))}"
        case Divider():
            return "hr"
        case Figure():
            image = inline(InlineImage(image=block.image, legend=(), origin=None, span=block.span))
            return f"p: <a {address(block.origin)} >{image}</a>" if block.origin else f"p: {image}"
    return type(block).__name__


def of_item(item: ListItem, around: tuple[str, ...]) -> Iterator[str]:
    found = [*of_blocks(item.children, around)]
    if item.checked is not None:
        prefix = " > ".join([*around, "p: "])
        found[0] = f"{prefix}{'[x]' if item.checked else '[ ]'} {found[0].removeprefix(prefix)}"
    yield from found
    yield " > ".join([*around, "end"])


def spaced(inlines: Inlines) -> str:
    return " ".join("".join(map(inline, inlines)).split())


def inline(part: Inline) -> str:
    match part:
        case Text():
            return part.text
        case Styled():
            return f"<{STYLES[part.style]}>{''.join(map(inline, part.children))}</{STYLES[part.style]}>"
        case CodeSpan():
            return f"<code>{part.text}</code>"
        case Link():
            return f"<a {unquote(address(part.target))} {part.title}>{''.join(map(inline, part.children))}</a>"
        case InlineImage():
            return f"<img {unquote(part.image.source)} {part.image.title}>{part.image.alt}</img>"
        case LineBreak():
            return "<br> "
        case _:
            return f"<{type(part).__name__}>"


def address(target: Target) -> str:
    match target:
        case WebTarget():
            return target.url
        case BrokenTarget():
            return target.address
        case SectionTarget():
            return f"#{target.id}"
        case PageTarget() | FileTarget():
            return target.path
        case _:
            assert_never(target)


# ---------------------------------------------------------------- the tests


@pytest.mark.parametrize("example", examples("commonmark"), ids=lambda example: f"{example['example']}")
def test_commonmark(example: dict, tmp_path: Path) -> None:
    same = read(example["markdown"], tmp_path) == expected(example["html"])
    assert same == (example["example"] not in DIFFERS), DIFFERS.get(example["example"])


@pytest.mark.parametrize(
    "example",
    [example for example in examples("gfm") if example["section"] in EXTENSIONS],
    ids=lambda example: f"{example['example']}",
)
def test_github(example: dict, tmp_path: Path) -> None:
    same = read(example["markdown"], tmp_path) == expected(example["html"])
    assert same == (example["example"] not in GITHUB_DIFFERS), GITHUB_DIFFERS.get(example["example"])
