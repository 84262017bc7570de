"""Ways to damage a finished handout or sheet, each at a place that chance picks; every one tells the lines it hurt."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

import pikepdf
from sabotage_deck import Hurt
from sabotage_page import marked_lines

_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_CHARACTER = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass
class Marked:
    """A piece of marked content: its page, its number, and the operations that paint its text, with their fonts.

    `lines` are those that its text names, else the one that its paragraph names.
    """

    page: Any
    number: int
    text: str = ""
    lines: frozenset[int] = frozenset()
    painted: list[tuple[Any, Any]] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)


class Paper:
    """A PDF to be damaged: its pages' operations, and the text of each piece of marked content."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self._fonts: dict[tuple[int, int], dict[bytes, str]] = {}
        self._operations: dict[int, list[Any]] = {}
        self.marked = [marked for number, page in enumerate(pdf.pages) for marked in self._read(number, page)]
        by_mark = {(marked.page.objgen, marked.number): marked for marked in self.marked}
        for tag in _PARAGRAPHS:
            for element in elements(self, tag):
                own = [by_mark[mark] for mark in marks_of(element) if mark in by_mark]
                named = frozenset[int]().union(*(marked_lines(marked.text) for marked in own))
                for marked in own:
                    marked.lines = frozenset(marked_lines(marked.text)) or (named if len(named) == 1 else frozenset())

    def _read(self, number: int, page: Any) -> Iterator[Marked]:
        operations = [[list(operands), operator] for operands, operator in pikepdf.parse_content_stream(page)]
        self._operations[number] = operations
        font: Any = None
        stack: list[Marked | None] = []
        for operation in operations:
            operands, operator = operation
            match str(operator):
                case "BDC" | "BMC":
                    inner = operands[1] if len(operands) > 1 else {}
                    marked = "/MCID" in inner if isinstance(inner, pikepdf.Dictionary) else False
                    stack.append(Marked(page=page, number=int(inner["/MCID"])) if marked else None)
                case "EMC":
                    done = stack.pop()
                    if done is not None:
                        yield done
                case "Tf":
                    font = self._characters(page.resources["/Font"][operands[0]])
                case "Tj" | "TJ" if stack and stack[-1] is not None:
                    stack[-1].text += "".join(font.get(code, "") for code in codes(operands[0]))
                    stack[-1].painted.append((operation, font))
                case "Do" | "f" | "F" | "f*" | "S" | "B" if stack and stack[-1] is not None:
                    stack[-1].others.append(operation)

    def _characters(self, font: Any) -> dict[bytes, str]:
        """What each code of a font stands for."""
        if font.objgen not in self._fonts:
            found: dict[bytes, str] = {}
            if "/ToUnicode" in font:
                data = font["/ToUnicode"].read_bytes()
                for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
                    for code, text in _CHARACTER.findall(block):
                        found[bytes.fromhex(code.decode())] = bytes.fromhex(text.decode()).decode("utf-16-be")
                for block in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
                    for first, last, text in _RANGE.findall(block):
                        start, size = int(text, 16), len(first) // 2
                        for offset in range(int(last, 16) - int(first, 16) + 1):
                            found[(int(first, 16) + offset).to_bytes(size, "big")] = chr(start + offset)
            self._fonts[font.objgen] = found
        return self._fonts[font.objgen]

    def saved(self) -> bytes:
        for number, operations in self._operations.items():
            if number < len(self.pdf.pages):
                page = self.pdf.pages[number]
                page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(operations))
        stream = io.BytesIO()
        self.pdf.save(stream)
        return stream.getvalue()

    def forget_pages(self) -> None:
        """Leaves the pages' contents as they are, since pages are taken away or moved."""
        self._operations.clear()


def codes(operand: Any) -> list[bytes]:
    """The two-byte codes of what a text operator paints."""
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    data = b"".join(bytes(item) for item in strings if isinstance(item, pikepdf.String))
    return [data[at : at + 2] for at in range(0, len(data), 2)]


_PARAGRAPHS = ("/Caption", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LBody", "/LI", "/P", "/TD", "/TH", "/TOCI")
Damage = Callable[[Paper, Random], "tuple[set[int], str, str] | None"]


def telling(paper: Paper, random: Random, pattern: str = r".") -> Marked | None:
    """A piece of text whose line is known and in which a pattern is found."""
    found = [m for m in paper.marked if m.lines and re.search(pattern, m.text)]
    return random.choice(found) if found else None


def emptied(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    marked = telling(paper, random, r"\w+ \w+ \w+ \w+")
    if marked is None:
        return None
    for operation, _ in marked.painted:
        operation[:] = [[pikepdf.Array([])], pikepdf.Operator("TJ")]
    return set(marked.lines), "lost-|altered-|moved", f"emptied {marked.text!r}"


def rewritten(pattern: str, change: Callable[[str], str | None]) -> Damage:
    """Changes the codes of the characters that a pattern finds."""

    def damage(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
        places = []
        for marked in paper.marked:
            for operation, font in marked.painted if marked.lines else ():
                own = codes(operation[0][0])
                text = "".join(font.get(code, "\0")[:1] for code in own)
                places += [(marked, operation, font, own, found.span()) for found in re.finditer(pattern, text)]
        if not places:
            return None
        marked, operation, font, own, (first, last) = random.choice(places)
        back = {text: code for code, text in font.items()}
        fresh = change("".join(font[code] for code in own[first:last]))
        if fresh is None or any(character not in back for character in fresh):
            return None
        data = b"".join([*own[:first], *(back[character] for character in fresh), *own[last:]])
        operation[:] = [[pikepdf.Array([pikepdf.String(data)])], pikepdf.Operator("TJ")]
        return set(marked.lines), "altered-|lost-", f"{pattern} in {marked.text!r}"

    return damage


def links(paper: Paper) -> list[tuple[Any, Any, str]]:
    """Each annotation that opens an address, with its page and the address."""
    found = []
    for page in paper.pdf.pages:
        for item in page.get("/Annots", []):
            address = str(item.get("/A", {}).get("/URI", ""))
            if address.startswith("https://example.org/"):
                found.append((page, item, address))
    return found


def line_of(address: str, source: str) -> set[int]:
    number = source[: source.index(f"({address})")].count("\n") + 1
    return {number}


def link_dropped(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    if not links(paper):
        return None
    _, _, address = random.choice(links(paper))
    for page, item, other in links(paper):
        if other == address:
            page.Annots = pikepdf.Array([a for a in page.Annots if a.objgen != item.objgen])
    return {-1}, "lost-link|lost-reference", address


def link_retargeted(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    if not links(paper):
        return None
    _, _, address = random.choice(links(paper))
    for _, item, other in links(paper):
        if other == address:
            item.A.URI = pikepdf.String(f"{address}x")
    return {-1}, "wrong-target|lost-reference|lost-link", address


def page_dropped(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    number = random.randrange(1, len(paper.pdf.pages)) if len(paper.pdf.pages) > 1 else None
    if number is None:
        return None
    lines = lines_of_page(paper, number)
    paper.forget_pages()
    del paper.pdf.pages[number]
    return lines, "lost-|altered-", f"page {number + 1}"


def lines_of_page(paper: Paper, number: int) -> set[int]:
    own = paper.pdf.pages[number].objgen
    return set().union(*(marked_lines(m.text) for m in paper.marked if m.page.objgen == own))


def elements(paper: Paper, tag: str) -> list[Any]:
    """The structure's elements of a tag."""
    found, stack, met = [], [paper.pdf.Root.StructTreeRoot.get("/K")], set()
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Array):
            stack.extend(reversed(list(item)))
        elif isinstance(item, pikepdf.Dictionary) and (item.objgen == (0, 0) or item.objgen not in met):
            met.add(item.objgen)
            if str(item.get("/S", "")) == tag:
                found.append(item)
            if ("/K" in item and "/S" in item) or "/K" in item:
                stack.append(item.K)
    return found


def figures(paper: Paper) -> list[Any]:
    return [f for f in elements(paper, "/Figure") if marked_lines(str(f.get("/Alt", ""))) and " seen " in str(f.Alt)]


def figure_unheard(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    if not figures(paper):
        return None
    figure = random.choice(figures(paper))
    lines = marked_lines(str(figure.Alt))
    del figure["/Alt"]
    return lines, "lost-figure|no-alt", "no alternative text"


def figure_undrawn(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    """Takes a picture from its page, and leaves its tag."""
    if not figures(paper):
        return None
    figure = random.choice(figures(paper))
    marks = marks_of(figure)
    own = [m for m in paper.marked if (m.page.objgen, m.number) in marks and m.others]
    if not own:
        return None
    for marked in own:
        for operation in marked.others:
            operation[:] = [[], pikepdf.Operator("n")]
    return marked_lines(str(figure.Alt)), "lost-figure", f"not drawn: {figure.Alt}"


def marks_of(element: Any) -> set[tuple[Any, int]]:
    found: set[tuple[Any, int]] = set()
    stack = [(element.get("/K"), element.get("/Pg"))]
    while stack:
        item, page = stack.pop()
        if isinstance(item, int):
            found.add((page.objgen, item))
        elif isinstance(item, pikepdf.Array):
            stack.extend((kid, page) for kid in item)
        elif isinstance(item, pikepdf.Dictionary):
            own = item.get("/Pg", page)
            stack.append((item.get("/MCID", item.get("/K")), own))
    return found


def bookmark_dropped(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    with paper.pdf.open_outline() as outline:
        holders = [outline.root, *(item.children for item in outline.root)]
        places = [(kids, at) for kids in holders for at, kid in enumerate(kids) if marked_lines(kid.title)]
        if not places:
            return None
        kids, at = random.choice(places)
        lines = marked_lines(kids[at].title)
        del kids[at]
    return lines, "no-bookmark", "a bookmark"


def passages_swapped(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    """Exchanges the places of two neighbouring paragraphs in the order of reading."""
    texts = {(m.page.objgen, m.number): m.text for m in paper.marked}

    def text(element: Any) -> str:
        return " ".join(texts.get(mark, "") for mark in marks_of(element))

    pairs = []
    for holder in (e for tag in ("/Div", "/Sect", "/L") for e in elements(paper, tag)):
        kids = list(holder.K) if isinstance(holder.get("/K"), pikepdf.Array) else []
        for at, (first, second) in enumerate(pairwise(kids)):
            tags = {str(kid.get("/S", "")) for kid in (first, second) if isinstance(kid, pikepdf.Dictionary)}
            if tags in ({"/P"}, {"/LI"}) and all(
                len(marked_lines(text(kid))) == 1 and not re.search(r"https?:|slides? \d|\d/\d", text(kid))
                for kid in (first, second)
            ):
                pairs.append((holder, at, text(first), text(second)))
    if not pairs:
        return None
    holder, at, first_text, second_text = random.choice(pairs)
    holder.K[at], holder.K[at + 1] = holder.K[at + 1], holder.K[at]
    return marked_lines(first_text) | marked_lines(second_text), "moved", f"{first_text!r} and {second_text!r}"


def other_digit(text: str) -> str:
    return str((int(text) + 3) % 10)


PAPER_DAMAGE: dict[str, Damage] = {
    "a text emptied": emptied,
    "a digit changed": rewritten(r"\d(?=\d{2,3}\b)", other_digit),
    "a denial dropped": rewritten(r"not ", lambda _: ""),
    "a word dropped": rewritten(r"(?<=[a-z] )[a-ln-z][a-z]{3,} (?=[a-z])", lambda _: ""),
    "a link dropped": link_dropped,
    "a link retargeted": link_retargeted,
    "a page dropped": page_dropped,
    "a figure without alternative text": figure_unheard,
    "a figure not drawn": figure_undrawn,
    "a bookmark dropped": bookmark_dropped,
    "two paragraphs swapped": passages_swapped,
}
SHEET_DAMAGE = tuple(name for name in PAPER_DAMAGE if name.startswith(("a text", "a digit", "a d", "a word", "a link")))


def hurt(data: bytes, name: str, random: Random, source: str) -> Hurt | None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        paper = Paper(pdf)
        done = PAPER_DAMAGE[name](paper, random)
        if done is None or not done[0]:
            return None
        lines, codes_, what = done
        if lines == {-1}:
            lines = line_of(what, source)
        return Hurt(data=paper.saved(), lines=frozenset(lines), codes=codes_, what=what)
