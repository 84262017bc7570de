"""Ways to damage a finished deck, each at a place that chance picks; every one tells which lines it hurt."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from lxml import etree
from sabotage_page import marked_lines

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(frozen=True, kw_only=True)
class Hurt:
    """What was done: the file after it, the lines of which at least one must be told, and by which codes."""

    data: bytes
    lines: frozenset[int]
    codes: str
    what: str


class Deck:
    """A deck's parts, to be damaged."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._roots: dict[str, Any] = {}

    def root(self, name: str) -> Any:
        if name not in self._roots:
            self._roots[name] = etree.fromstring(self.parts[name])
        return self._roots[name]

    def rels(self, name: str) -> Any:
        folder, base = posixpath.split(name)
        return self.root(f"{folder}/_rels/{base}.rels")

    def data(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, part in self.parts.items():
                root = self._roots.get(name)
                archive.writestr(name, part if root is None else etree.tostring(root, xml_declaration=True))
        return stream.getvalue()

    @property
    def slides(self) -> list[str]:
        rels = {r.get("Id"): r.get("Target") for r in self.rels("ppt/presentation.xml")}
        ids = self.root("ppt/presentation.xml").iter(f"{P}sldId")
        return ["ppt/" + rels[i.get(f"{R}id")].removeprefix("/ppt/") for i in ids]

    def notes(self, slide: str) -> str | None:
        found = (r.get("Target") for r in self.rels(slide) if r.get("Type").endswith("/notesSlide"))
        target = next(found, None)
        return None if target is None else posixpath.normpath(posixpath.join(posixpath.dirname(slide), target))

    def paragraphs(self, *, notes: bool) -> list[Any]:
        names = [self.notes(slide) if notes else slide for slide in self.slides]
        return [p for name in names if name for p in self.root(name).iter(f"{A}p") if marked_lines(said(p))]


def said(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{A}t"))


def shape_of(element: Any) -> Any:
    return next(e for e in element.iterancestors() if e.tag in {f"{P}sp", f"{P}graphicFrame", f"{P}pic"})


def is_title(element: Any) -> bool:
    return any(ph.get("type") in {"title", "ctrTitle"} for ph in shape_of(element).iter(f"{P}ph"))


def in_table(element: Any) -> bool:
    return any(True for _ in element.iterancestors(f"{A}tbl"))


def drop(element: Any) -> None:
    element.getparent().remove(element)


def swap(first: Any, second: Any) -> None:
    """Exchanges two elements, wherever they stand."""
    holder, other = etree.Element("a"), etree.Element("b")
    first.getparent().replace(first, holder)
    second.getparent().replace(second, other)
    holder.getparent().replace(holder, second)
    other.getparent().replace(other, first)


Damage = Callable[[Deck, Random], "tuple[set[int], str, str] | None"]
"""Damages the deck and tells the lines hurt, the codes that may tell it, and what was done; None if it cannot."""


def edited(notes: bool, pattern: str, change: Callable[[re.Match[str]], str]) -> Damage:  # noqa: FBT001
    """Changes what a pattern finds in one run of a paragraph."""

    def damage(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
        runs = [
            (p, t)
            for p in deck.paragraphs(notes=notes)
            for t in p.iter(f"{A}t")
            if re.search(pattern, t.text or "") and marked_lines(said(p))
        ]
        if not runs:
            return None
        paragraph, run = random.choice(runs)
        lines, before = marked_lines(said(paragraph)), said(paragraph)
        found = random.choice(list(re.finditer(pattern, run.text)))
        run.text = run.text[: found.start()] + change(found) + run.text[found.end() :]
        return lines, r"altered-|lost-", f"{before!r} → {said(paragraph)!r}"

    return damage


def other_digit(found: re.Match[str]) -> str:
    return str((int(found.group()) + 3) % 10)


def dropped(which: Callable[[Deck], list[Any]], codes: str = "lost-") -> Damage:
    """Takes an element away."""

    def damage(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
        found = which(deck)
        if not found:
            return None
        element = random.choice(found)
        text = said(element)
        lines = marked_lines(text)
        drop(element)
        return lines, codes, f"dropped {text!r}"

    return damage


def notes_paragraphs(deck: Deck) -> list[Any]:
    return deck.paragraphs(notes=True)


def bullets(deck: Deck) -> list[Any]:
    return [p for p in deck.paragraphs(notes=False) if not in_table(p) and not is_title(p) and not jumps(p)]


def jumps(paragraph: Any) -> bool:
    """Whether a paragraph's shape leads to another slide, as on an agenda."""
    return any(click.get("action") for click in shape_of(paragraph).iter(f"{A}hlinkClick"))


def cells(deck: Deck) -> list[Any]:
    return [p for p in deck.paragraphs(notes=False) if in_table(p)]


def rows(deck: Deck) -> list[Any]:
    return [row for slide in deck.slides for row in deck.root(slide).iter(f"{A}tr") if marked_lines(said(row))]


def tables(deck: Deck) -> list[Any]:
    frames = (frame for slide in deck.slides for frame in deck.root(slide).iter(f"{P}graphicFrame"))
    return [frame for frame in frames if marked_lines(said(frame))]


def sentence_dropped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    """Takes the last sentence of a note."""
    found = [
        (p, t)
        for p in deck.paragraphs(notes=True)
        for t in p.iter(f"{A}t")
        if re.search(r"\. \w[^.]{20,}\.", t.text or "")
    ]
    if not found:
        return None
    paragraph, run = random.choice(found)
    lines = marked_lines(said(paragraph))
    run.text = re.sub(r"(\.) \w[^.]{20,}\.", r"\1", run.text, count=1)
    return lines, "altered-|lost-", f"a sentence of {said(paragraph)!r}"


def cells_swapped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    """Exchanges the texts of two cells of a row."""
    found = [row for row in rows(deck) if len(set(map(said, row.findall(f"{A}tc")))) > 1]
    if not found:
        return None
    row = random.choice(found)
    first, second = random.sample(row.findall(f"{A}tc"), 2)
    if said(first) == said(second):
        return None
    lines = marked_lines(said(row))
    swap(first.find(f"{A}txBody"), second.find(f"{A}txBody"))
    return lines, "moved|lost-|altered-", f"two cells of {said(row)!r}"


def web_links(deck: Deck) -> list[tuple[str, Any, Any]]:
    """Each click that opens an address, with its slide or notes and its run."""
    found = []
    for slide in deck.slides:
        for name in (slide, deck.notes(slide)):
            if name is None:
                continue
            outside = {r.get("Id") for r in deck.rels(name) if r.get("TargetMode") == "External"}
            clicks = deck.root(name).iter(f"{A}hlinkClick")
            found += [(name, c, c.getparent().getparent()) for c in clicks if c.get(f"{R}id") in outside]
    return [item for item in found if marked_lines(said(item[2]))]


def relation_of(deck: Deck, name: str, click: Any) -> Any:
    """Where a click of a part leads."""
    (relation,) = (r for r in deck.rels(name) if r.get("Id") == click.get(f"{R}id"))
    return relation


def lead(deck: Deck, name: str, click: Any, target: str) -> None:
    """Has a click of a part lead elsewhere; others to the same place stay as they are."""
    fresh = etree.SubElement(deck.rels(name), f"{REL}Relationship", dict(relation_of(deck, name, click).attrib))
    fresh.set("Id", "rIdElsewhere")
    fresh.set("Target", target)
    click.set(f"{R}id", "rIdElsewhere")


def link_dropped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    found = web_links(deck)
    if not found:
        return None
    _, click, run = random.choice(found)
    drop(click)
    return marked_lines(said(run)), "lost-", f"the link of {said(run)!r}"


def link_retargeted(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    found = web_links(deck)
    if not found:
        return None
    name, click, run = random.choice(found)
    lead(deck, name, click, relation_of(deck, name, click).get("Target") + "x")
    return marked_lines(said(run)), "wrong-target", f"the target of {said(run)!r}"


def links_swapped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    by_part: dict[str, list[tuple[Any, Any]]] = {}
    for name, click, run in web_links(deck):
        by_part.setdefault(name, []).append((click, run))
    pairs = [items for items in by_part.values() if len({c.get(f"{R}id") for c, _ in items}) > 1]
    if not pairs:
        return None
    items = random.choice(pairs)
    (first, run), (second, other) = random.sample(items, 2)
    if first.get(f"{R}id") == second.get(f"{R}id"):
        return None
    mine, theirs = first.get(f"{R}id"), second.get(f"{R}id")
    first.set(f"{R}id", theirs)
    second.set(f"{R}id", mine)
    return (
        marked_lines(said(run)) | marked_lines(said(other)),
        "wrong-target",
        f"the targets of {said(run)!r} and {said(other)!r}",
    )


def inner_links(deck: Deck) -> list[tuple[str, Any, Any]]:
    """Each click within a text that leads to another slide, with its slide and its run."""
    clicks = ((slide, c) for slide in deck.slides for c in deck.root(slide).iter(f"{A}hlinkClick") if c.get("action"))
    found = [(slide, c, c.getparent().getparent()) for slide, c in clicks]
    return [item for item in found if item[2].tag == f"{A}r" and marked_lines(said(item[2]))]


def own_line(run: Any, deck: Deck) -> bool:
    """Whether a run is a link's only one and no other text of the deck has its words, as an agenda would."""
    said_alike = [p for p in deck.paragraphs(notes=False) if said(run) in said(p)]
    return len(said_alike) == 1 and sum(said(run) in said(r) for r in said_alike[0].iter(f"{A}r")) == 1


def inner_link_dropped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    found = [item for item in inner_links(deck) if own_line(item[2], deck)]
    if not found:
        return None
    _, click, run = random.choice(found)
    drop(click)
    return marked_lines(said(run)), "lost-", f"the way from {said(run)!r}"


def inner_link_retargeted(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    found = [item for item in inner_links(deck) if own_line(item[2], deck)]
    if not found:
        return None
    name, click, run = random.choice(found)
    first = deck.slides[0].rpartition("/")[2]
    if relation_of(deck, name, click).get("Target").endswith(first):
        return None
    lead(deck, name, click, first)
    return marked_lines(said(run)), "lost-|wrong-target", f"where {said(run)!r} leads"


def pictures(deck: Deck) -> list[Any]:
    found = (pic for slide in deck.slides for pic in deck.root(slide).iter(f"{P}pic"))
    return [pic for pic in found if marked_lines(described(pic))]


def described(pic: Any) -> str:
    return str(next(pic.iter(f"{P}cNvPr")).get("descr", ""))


def picture_dropped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    if not pictures(deck):
        return None
    pic = random.choice(pictures(deck))
    drop(pic)
    return marked_lines(described(pic)), "lost-figure", f"the picture of {described(pic)!r}"


def alternative_text_dropped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    if not pictures(deck):
        return None
    pic = random.choice(pictures(deck))
    text = next(pic.iter(f"{P}cNvPr")).attrib.pop("descr")
    return marked_lines(text), "no-alt", f"the alternative text {text!r}"


def legends(deck: Deck) -> list[Any]:
    return [p for p in bullets(deck) if said(p).startswith("Figure: ")]


def legends_swapped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    found = legends(deck)
    if len(found) < 2:
        return None
    first, second = random.sample(found, 2)
    lines = marked_lines(said(first)) | marked_lines(said(second))
    swap(first, second)
    return lines, "mixed-legend|moved", f"{said(first)!r} and {said(second)!r}"


def pictures_swapped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    """Exchanges two pictures of one slide, which keep their alternative texts."""
    by_slide = [[pic for pic in pictures(deck) if deck.root(s) in pic.iterancestors()] for s in deck.slides]
    several = [own for own in by_slide if len(own) > 1]
    if not several:
        return None
    first, second = random.sample(random.choice(several), 2)
    swap(first, second)
    return marked_lines(described(first)) | marked_lines(described(second)), "mixed-legend|moved", "two pictures"


def titles(deck: Deck) -> list[Any]:
    return [p for p in deck.paragraphs(notes=False) if is_title(p)]


def title_changed(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    if not titles(deck):
        return None
    paragraph = random.choice(titles(deck))
    run = max(paragraph.iter(f"{A}t"), key=lambda t: len(t.text or ""))
    lines, before = marked_lines(said(paragraph)), run.text
    first, *rest = run.text.split(" ")
    run.text = " ".join([first, "horse", *rest[1:]])
    return (lines, "altered-|lost-", f"{before!r} → {run.text!r}") if marked_lines(before) else None


def lines_of_slide(deck: Deck, slide: str) -> set[int]:
    notes = deck.notes(slide)
    texts = [said(deck.root(name)) for name in (slide, notes) if name]
    return set().union(*map(marked_lines, texts))


def content_slides(deck: Deck) -> list[str]:
    """The slides whose notes say something of the page."""
    return [s for s in deck.slides if (notes := deck.notes(s)) and marked_lines(said(deck.root(notes)))]


def slide_id(deck: Deck, slide: str) -> Any:
    return list(deck.root("ppt/presentation.xml").iter(f"{P}sldId"))[deck.slides.index(slide)]


def slide_dropped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    slide = random.choice(content_slides(deck))
    lines = lines_of_slide(deck, slide)
    drop(slide_id(deck, slide))
    return lines, "lost-", f"dropped {slide}"


def slides_swapped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    if len(content_slides(deck)) < 2:
        return None
    first, second = random.sample(content_slides(deck), 2)
    lines = lines_of_slide(deck, first) | lines_of_slide(deck, second)
    between = deck.slides[
        min(deck.slides.index(s) for s in (first, second)) : max(map(deck.slides.index, (first, second)))
    ]
    for slide in between:
        lines |= lines_of_slide(deck, slide)
    swap(slide_id(deck, first), slide_id(deck, second))
    return lines, "moved", f"{first} and {second}"


def slide_doubled(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    """The same slide twice, the copy right after it or at the end."""
    slide = random.choice(content_slides(deck))
    own = slide_id(deck, slide)
    copy = etree.fromstring(etree.tostring(own))
    copy.set("id", "4000")
    name = "ppt/slides/slide9000.xml"
    deck.parts[name] = etree.tostring(deck.root(slide))
    deck.parts["ppt/slides/_rels/slide9000.xml.rels"] = etree.tostring(deck.rels(slide))
    relation = etree.SubElement(deck.rels("ppt/presentation.xml"), f"{REL}Relationship")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    relation.attrib.update({"Id": "rIdCopy", "Type": kind, "Target": "slides/slide9000.xml"})
    copy.set(f"{R}id", "rIdCopy")
    if random.random() < 0.5:
        own.addnext(copy)
    else:
        own.getparent().append(copy)
    return lines_of_slide(deck, slide), "doubled", f"{slide} twice"


def notes_emptied(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    name = deck.notes(random.choice(content_slides(deck)))
    assert name is not None
    lines = marked_lines(said(deck.root(name)))
    for paragraph in list(deck.root(name).iter(f"{A}p")):
        for child in list(paragraph):
            paragraph.remove(child)
    return lines, "lost-|altered-", f"emptied {name}"


def notes_exchanged(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    if len(content_slides(deck)) < 2:
        return None
    first, second = (deck.notes(slide) for slide in random.sample(content_slides(deck), 2))
    assert first is not None
    assert second is not None
    lines = marked_lines(said(deck.root(first))) | marked_lines(said(deck.root(second)))
    swap(*(next(deck.root(name).iter(f"{P}cSld")) for name in (first, second)))
    return lines, "moved|lost-|wrong-target", f"{first} and {second}"


def note_doubled(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    if not notes_paragraphs(deck):
        return None
    paragraph = random.choice(notes_paragraphs(deck))
    paragraph.addnext(etree.fromstring(etree.tostring(paragraph)))
    return marked_lines(said(paragraph)), "doubled", f"{said(paragraph)!r} twice"


def notes_swapped(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    """Exchanges two neighbouring paragraphs of a note."""
    pairs = [(p, p.getnext()) for p in notes_paragraphs(deck) if p.getnext() is not None]
    # Footnotes, which begin with their number, stand where their slide is.
    pairs = [pair for pair in pairs if marked_lines(said(pair[1])) and not any(said(p)[:1].isdigit() for p in pair)]
    if not pairs:
        return None
    first, second = random.choice(pairs)
    lines = marked_lines(said(first)) | marked_lines(said(second))
    if len(lines) < 2:
        return None
    swap(first, second)
    return lines, "moved", f"{said(first)!r} and {said(second)!r}"


def text_enlarged(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    found = [shape for p in bullets(deck) if len(said(shape := shape_of(p))) > 60 and shape.tag == f"{P}sp"]
    if not found:
        return None
    shape = random.choice(found)
    for style in shape.iter(f"{A}rPr"):
        style.set("sz", str(int(style.get("sz")) * 5 // 2))
    for pitch in shape.iter(f"{A}lnSpc"):
        pitch[0].set("val", str(int(pitch[0].get("val")) * 5 // 2))
    return marked_lines(said(shape)), "overflow|overlap", f"enlarged {said(shape)!r}"


def moved_by(x: int, y: int, codes: str) -> Damage:
    def damage(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
        found = bullets(deck)
        if not found:
            return None
        shape = shape_of(random.choice(found))
        place = next(shape.iter(f"{A}off"))
        place.set("x", str(int(place.get("x")) + x))
        place.set("y", str(int(place.get("y")) + y))
        return marked_lines(said(shape)), codes, f"moved {said(shape)!r}"

    return damage


def laid_over(deck: Deck, random: Random) -> tuple[set[int], str, str] | None:
    """Puts a text where the slide's title is."""
    found = [p for p in bullets(deck) if shape_of(p).tag == f"{P}sp"]
    if not found:
        return None
    shape = shape_of(random.choice(found))
    top = [s for s in shape.getparent().iter(f"{P}sp") if any(ph.get("type") == "title" for ph in s.iter(f"{P}ph"))]
    if not top or not said(top[0]):
        return None
    for key in ("x", "y"):
        next(shape.iter(f"{A}off")).set(key, next(top[0].iter(f"{A}off")).get(key))
    return marked_lines(said(shape)) | marked_lines(said(top[0])), "overlap", f"{said(shape)!r} over the title"


DECK_DAMAGE: dict[str, Damage] = {
    "notes: a paragraph dropped": dropped(notes_paragraphs, "lost-|altered-"),
    "notes: a sentence dropped": sentence_dropped,
    "notes: a word dropped": edited(True, r"(?<=[a-z] )[a-z]{3,} (?=[a-z])", lambda _: ""),  # noqa: FBT003
    "notes: a denial dropped": edited(True, r"\bnot ", lambda _: ""),  # noqa: FBT003
    "notes: a digit changed": edited(True, r"\d(?=\d{1,3}\b)", other_digit),  # noqa: FBT003
    "notes: a paragraph doubled": note_doubled,
    "notes: two paragraphs swapped": notes_swapped,
    "notes: emptied": notes_emptied,
    "notes: exchanged between slides": notes_exchanged,
    # A slide may set the lead of an item as a paragraph of its own.
    "slide: a paragraph dropped": dropped(bullets, "lost-|altered-"),
    "slide: a word changed": edited(False, r"(?<=[a-z] )[a-z]{4,}(?= [a-z])", lambda _: "zebra"),  # noqa: FBT003
    "slide: a denial dropped": edited(False, r"\bnot ", lambda _: ""),  # noqa: FBT003
    "slide: a digit changed": edited(False, r"(?<!\()\d(?=\d{2,3}\b)", other_digit),  # noqa: FBT003
    "table: a cell emptied": dropped(cells),
    "table: a row dropped": dropped(rows),
    "table: two cells swapped": cells_swapped,
    "table: dropped": dropped(tables),
    "link: dropped": link_dropped,
    "link: retargeted": link_retargeted,
    "link: two targets swapped": links_swapped,
    "link: to a slide, dropped": inner_link_dropped,
    "link: to a slide, retargeted": inner_link_retargeted,
    "figure: dropped": picture_dropped,
    "figure: two swapped": pictures_swapped,
    "figure: no alternative text": alternative_text_dropped,
    "legend: dropped": dropped(legends),
    "legend: two swapped": legends_swapped,
    "title: dropped": dropped(titles, "lost-|no-title"),
    "title: changed": title_changed,
    "slides: one dropped": slide_dropped,
    "slides: two swapped": slides_swapped,
    "slides: one doubled": slide_doubled,
    "look: text too large": text_enlarged,
    "look: partly off the slide": moved_by(0, 6_000_000, "off-slide|lost-"),
    "look: wholly off the slide": moved_by(20_000_000, 0, "off-slide|lost-"),
    "look: laid over the title": laid_over,
}


def hurt(data: bytes, name: str, random: Random) -> Hurt | None:
    deck = Deck(data)
    done = DECK_DAMAGE[name](deck, random)
    if done is None or not done[0]:
        return None
    lines, codes, what = done
    return Hurt(data=deck.data(), lines=frozenset(lines), codes=codes, what=what)
