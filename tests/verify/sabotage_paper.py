"""Ways to damage a finished handout or sheet, each at a place that chance picks; every one tells the lines it hurt."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Any

import pikepdf
from sabotage_deck import Hurt
from sabotage_page import marked_lines

_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_CHARACTER = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


@dataclass(frozen=True)
class _Mark:
    """A piece of marked content as a page has it: which operations paint its text, with their fonts, and which more."""

    number: int
    text: str
    painted: tuple[tuple[int, dict[bytes, str]], ...]
    others: tuple[int, ...]


@dataclass(frozen=True)
class _Sheet:
    """A page of a file that is whole: its operations and the pieces of marked content that these paint."""

    operations: tuple[tuple[tuple[Any, ...], Any], ...]
    marks: tuple[_Mark, ...]


@dataclass
class Marked:
    """A piece of marked content: its page, its number, and the operations that paint its text, with their fonts.

    `lines` are those that its text names, else the one that its paragraph names.
    """

    page: Any
    number: int
    text: str
    lines: frozenset[int]
    painted: list[tuple[Any, Any]]
    others: list[Any]


class Paper:
    """A PDF to be damaged: its pages' operations, and the text of each piece of marked content."""

    def __init__(self, pdf: Any, whole: Whole, source: str) -> None:
        self.pdf = pdf
        self.source = source
        self._whole = whole
        self._operations = [[[own, operator] for own, operator in sheet.operations] for sheet in whole.sheets]
        self.marked = [
            Marked(
                page=page,
                number=mark.number,
                text=mark.text,
                lines=whole.lines[number, mark.number],
                painted=[(operations[at], font) for at, font in mark.painted],
                others=[operations[at] for at in mark.others],
            )
            for number, (page, sheet) in enumerate(zip(pdf.pages, whole.sheets, strict=True))
            for mark in sheet.marks
            for operations in (self._operations[number],)
        ]

    def saved(self) -> bytes:
        """The file as it is now; pages on which nothing was painted otherwise keep their bytes."""
        for page, operations, sheet in zip(self.pdf.pages, self._operations, self._whole.sheets, strict=False):
            if any(own is not was for (own, _), (was, _) in zip(operations, sheet.operations, strict=True)):
                page.Contents = self.pdf.make_stream(pikepdf.unparse_content_stream(operations))
        stream = io.BytesIO()
        self.pdf.save(stream)
        return stream.getvalue()

    def forget_pages(self) -> None:
        """Leaves the pages' contents as they are, since pages are taken away or moved."""
        self._operations.clear()


class Whole:
    """A finished PDF as it is read once, to be damaged many times."""

    def __init__(self, data: bytes) -> None:
        self._fonts: dict[tuple[int, int], dict[bytes, str]] = {}
        with pikepdf.open(io.BytesIO(data)) as pdf:
            self.sheets = [self._read(page) for page in pdf.pages]
            self.lines = self._lines(pdf)

    def _read(self, page: Any) -> _Sheet:
        operations = [(tuple(own), operator) for own, operator in pikepdf.parse_content_stream(page)]
        return _Sheet(tuple(operations), tuple(self._marks(page, operations)))

    def _marks(self, page: Any, operations: list[tuple[tuple[Any, ...], Any]]) -> Iterator[_Mark]:
        font: Any = None
        stack: list[_Mark | None] = []
        for at, (operands, operator) in enumerate(operations):
            match str(operator):
                case "BDC" | "BMC":
                    inner = operands[1] if len(operands) > 1 else {}
                    marked = "/MCID" in inner if isinstance(inner, pikepdf.Dictionary) else False
                    stack.append(_Mark(int(inner["/MCID"]), "", (), ()) if marked else None)
                case "EMC":
                    done = stack.pop()
                    if done is not None:
                        yield done
                case "Tf":
                    font = self._characters(page.resources["/Font"][operands[0]])
                case "Tj" | "TJ" if stack and (own := stack[-1]) is not None:
                    text = own.text + "".join(font.get(code, "") for code in codes(operands[0]))
                    stack[-1] = replace(own, text=text, painted=(*own.painted, (at, font)))
                case "Do" | "f" | "F" | "f*" | "S" | "B" if stack and (own := stack[-1]) is not None:
                    stack[-1] = replace(own, others=(*own.others, at))

    def _lines(self, pdf: Any) -> dict[tuple[int, int], frozenset[int]]:
        """The lines of each piece of marked content, by its page and number."""
        texts = {(number, mark.number): mark.text for number, sheet in enumerate(self.sheets) for mark in sheet.marks}
        lines = dict.fromkeys(texts, frozenset[int]())
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        for element in elements(pdf, *_PARAGRAPHS):
            own = [(numbers[page], mark) for page, mark in marks_of(element) if page in numbers]
            own = [place for place in own if place in texts]
            named = frozenset[int]().union(*(marked_lines(texts[place]) for place in own))
            for place in own:
                lines[place] = frozenset(marked_lines(texts[place])) or (named if len(named) == 1 else frozenset())
        return lines

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


@lru_cache(maxsize=32)
def _whole(data: bytes) -> Whole:
    return Whole(data)


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


def inner_links(paper: Paper, source: str) -> list[tuple[Any, Any, str]]:
    """Each annotation that leads to a section which the page links to, with its own page and the section's address."""
    found = ((page, item, f"#{item.get('/Dest', '')}") for page in paper.pdf.pages for item in page.get("/Annots", []))
    return [each for each in found if f"({each[2]})" in source]


def inner_link_dropped(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    if not inner_links(paper, paper.source):
        return None
    _, _, address = random.choice(inner_links(paper, paper.source))
    for page, item, other in inner_links(paper, paper.source):
        if other == address:
            page.Annots = pikepdf.Array([a for a in page.Annots if a.objgen != item.objgen])
    return {-1}, "lost-link", address


def inner_link_retargeted(paper: Paper, random: Random) -> tuple[set[int], str, str] | None:
    found = inner_links(paper, paper.source)
    if not found:
        return None
    _, _, address = random.choice(found)
    (at,) = (where for name, where in destinations(paper.pdf) if f"#{name}" == address)
    elsewhere = paper.pdf.pages[-1] if at[0].objgen != paper.pdf.pages[-1].objgen else paper.pdf.pages[0]
    for _, item, other in found:
        if other == address:
            item.Dest = pikepdf.Array([elsewhere.obj, pikepdf.Name.Fit])
    return {-1}, "lost-link", address


def destinations(pdf: Any) -> Iterator[tuple[str, Any]]:
    """The file's named destinations."""
    names = list(pdf.Root.Names.Dests.Names)
    yield from zip(map(str, names[::2]), names[1::2], strict=True)


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


def elements(pdf: Any, *tags: str) -> list[Any]:
    """The structure's elements of some tags, those of the first before those of the next."""
    found: dict[str, list[Any]] = {tag: [] for tag in tags}
    stack, met = [pdf.Root.StructTreeRoot.get("/K")], set()
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Array):
            stack.extend(reversed(list(item)))
        elif isinstance(item, pikepdf.Dictionary) and (item.objgen == (0, 0) or item.objgen not in met):
            met.add(item.objgen)
            tag = str(item.get("/S", ""))
            if tag in found:
                found[tag].append(item)
            if "/K" in item:
                stack.append(item.K)
    return [element for own in found.values() for element in own]


def figures(paper: Paper) -> list[Any]:
    return [
        f for f in elements(paper.pdf, "/Figure") if marked_lines(str(f.get("/Alt", ""))) and " seen " in str(f.Alt)
    ]


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
    for holder in elements(paper.pdf, "/Div", "/Sect", "/L"):
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
    "a link to a section dropped": inner_link_dropped,
    "a link to a section retargeted": inner_link_retargeted,
    "a page dropped": page_dropped,
    "a figure without alternative text": figure_unheard,
    "a figure not drawn": figure_undrawn,
    "a bookmark dropped": bookmark_dropped,
    "two paragraphs swapped": passages_swapped,
}
SHEET_DAMAGE = tuple(
    name
    for name in PAPER_DAMAGE
    if name.startswith(("a text", "a digit", "a d", "a word", "a link")) and "section" not in name
)


def hurt(data: bytes, name: str, random: Random, source: str) -> Hurt | None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        paper = Paper(pdf, _whole(data), source)
        done = PAPER_DAMAGE[name](paper, random)
        if done is None or not done[0]:
            return None
        lines, codes_, what = done
        if lines == {-1}:
            lines = line_of(what, source)
        return Hurt(data=paper.saved(), lines=frozenset(lines), codes=codes_, what=what)
