"""The inline scanner against the examples of the CommonMark specification, where they are at hand.

What it cuts a text into is rendered as HTML here, so that nothing but its reading is compared. Examples
that need blocks (code blocks, several paragraphs) belong to the block parser's tests.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

import pytest

from pipeline.diagnostics import Span
from pipeline.read.definitions import Definitions, LinkDefinition, normalise_label
from pipeline.read.entities import unescape
from pipeline.read.inline_pieces import Piece
from pipeline.read.inline_scanner import scan

EXAMPLES = Path(__file__).parents[2].parent / "shared" / "corpus" / "spec" / "commonmark-examples.json"
SECTIONS = (
    "Backslash escapes",
    "Entity and numeric character references",
    "Code spans",
    "Emphasis and strong emphasis",
    "Links",
    "Images",
    "Autolinks",
    "Raw HTML",
    "Hard line breaks",
    "Soft line breaks",
    "Textual content",
    "Inlines",
)
# GitHub's dialect links bare addresses, which CommonMark leaves as text.
BARE_ADDRESSES = {604, 610, 613, 614}

DEFINITION = re.compile(
    r"^ {0,3}\[((?:[^\[\]\\]|\\.)+)\]:\s*(<[^>\n]*>|\S+)(?:\s+(\"(?:[^\"\\]|\\.)*\"|'[^']*'|\([^)]*\)))?[ \t]*$",
    re.MULTILINE | re.DOTALL,
)


def examples() -> list[dict]:
    found = json.loads(EXAMPLES.read_text()) if EXAMPLES.exists() else []
    return [example for example in found if example["section"] in SECTIONS and _is_one_paragraph(example["html"])]


def _is_one_paragraph(html: str) -> bool:
    return html.startswith("<p>") and html.rstrip().endswith("</p>") and html.count("<p>") == 1


def _text(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")


def _href(address: str) -> str:
    return _text(quote(address, safe=";/?:@&=+$,-_.!~*'()#%"))


def _link_attributes(element: Element, name: str, attribute: str) -> str:
    title = element.get("title")
    return f'<{name} {attribute}="{_href(element.get(attribute, ""))}"' + (f' title="{_text(title)}"' if title else "")


class Renderer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.opened: list[tuple[Element, int]] = []

    def render(self, pieces: list[Piece]) -> str:
        for piece in pieces:
            for _ in range(piece.closes):
                self.close()
            self.out.append(self.held(piece))
            for element in reversed(piece.opens):
                self.opened.append((element, len(self.out)))
                if element.tag == "a":
                    self.out.append(_link_attributes(element, "a", "href") + ">")
                elif element.tag != "img":
                    self.out.append(f"<{element.tag}>")
        return "".join(self.out)

    def close(self) -> None:
        element, begin = self.opened.pop()
        if element.tag != "img":
            self.out.append(f"</{element.tag}>")
            return
        inner = "".join(self.out[begin:])
        alt = re.sub(r"<[^>]*>", "", re.sub(r'<img [^>]*?alt="([^"]*)"[^>]*>', r"\1", inner))
        before, _, title = _link_attributes(element, "img", "src").partition(" title=")
        self.out[begin:] = [f'{before} alt="{alt}"' + (f" title={title}" if title else "") + " />"]

    def held(self, piece: Piece) -> str:
        if piece.tag or (piece.leaf is None and not piece.text and self.text[piece.start] == "<"):
            return self.text[piece.start : piece.end]
        if piece.leaf is None:
            return _text(piece.text)
        match piece.leaf.tag:
            case "code":
                return f"<code>{_text(piece.leaf.text or '')}</code>"
            case "autolink":
                return _link_attributes(piece.leaf, "a", "href") + f">{_text(piece.leaf.text or '')}</a>"
            case "br" | "soft" as name:
                self.out[-1] = self.out[-1].rstrip(" ")
                return "<br />\n" if name == "br" else "\n"
            case other:
                return f"<{other}>"


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the specification's examples are not at hand")
@pytest.mark.parametrize("example", examples(), ids=lambda example: f"{example['example']}")
def test_example(example: dict) -> None:
    links: dict[str, LinkDefinition] = {}

    def define(match: re.Match[str]) -> str:
        title = unescape(match[3][1:-1]) if match[3] else ""
        destination = unescape(match[2][1:-1] if match[2].startswith("<") else match[2])
        definition = LinkDefinition(destination=destination, title=title, span=Span(first=1, last=1))
        links.setdefault(normalise_label(match[1]), definition)
        return ""

    lines = DEFINITION.sub(define, example["markdown"]).strip("\n").split("\n")
    text = "\n".join(line.lstrip() for line in lines).strip()
    got = f"<p>{Renderer(text).render(scan(text, Definitions(links=links)))}</p>"
    if example["example"] in BARE_ADDRESSES:
        assert re.sub(r"</?a\b[^>]*>", "", got) == example["html"].strip()
        assert "<a href=" in got
    else:
        assert got == example["html"].strip()
