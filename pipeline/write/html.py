"""Blocks as HTML for paper: nothing of them is left out, everything in them is escaped."""

from __future__ import annotations

from itertools import zip_longest
from typing import assert_never

from markupsafe import Markup
from msgspec.structs import replace

from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    CalloutKind,
    CodeBlock,
    DefinitionList,
    Divider,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    ListItem,
    Paragraph,
    Quote,
    SpeakerNotes,
    Table,
    Tabs,
)
from pipeline.model.inlines import Inlines, Text
from pipeline.model.text import inner_blocks, plain_text
from pipeline.write.html_code import asks_for_width, code_html
from pipeline.write.html_figure import Spot, asks_for_page, figure_html
from pipeline.write.html_formula import formula_block_html
from pipeline.write.html_inlines import (
    DEEPEST,
    Printing,
    clean,
    element,
    inlines_html,
    words_html,
)
from pipeline.write.html_table import fitting_size, natural_width, table_html
from pipeline.write.pieces import in_pieces

# What lists, quotes and callouts take from the width of what stands in them, in millimetres.
INSET = 6.0
NARROWEST = 30.0
# Lists that go on beyond this number need more room for it.
LONG_LIST = 100
# What the name of who said a quote begins with, and what a paragraph that leads to the next block ends with.
DASHES = ("—", "–", "―", "-- ", "- ")
COLONS = (":", "：")

TONES = {
    CalloutKind.NOTE: "note",
    CalloutKind.INFO: "note",
    CalloutKind.TIP: "tip",
    CalloutKind.IMPORTANT: "warning",
    CalloutKind.CAUTION: "warning",
    CalloutKind.WARNING: "warning",
    CalloutKind.DANGER: "danger",
    CalloutKind.DETAILS: "note",
}


def blocks_html(blocks: Blocks, printing: Printing, *, across: float | None = None, depth: int = 0) -> Markup:
    """The blocks as HTML. `across` is the page's whole measure, where wide tables and figures may take it."""
    if depth >= DEEPEST:
        return Markup("").join(_block(block, printing, None, depth) for block in _leaves(blocks))
    return Markup("").join(
        _paragraph(block.children, printing, across, leads=True)
        if isinstance(block, Paragraph) and following is not None and _leads(block)
        else _block(block, printing, across, depth + 1)
        for block, following in zip_longest(blocks, blocks[1:])
    )


def _leads(block: Paragraph) -> bool:
    """Whether a paragraph announces the block below it."""
    last = block.children[-1] if block.children else None
    return isinstance(last, Text) and last.text.rstrip().endswith(COLONS)


def _leaves(blocks: Blocks) -> list[Block]:
    """The blocks that hold no others, in order; what only held them is gone."""
    found: list[Block] = []
    left = list(reversed(blocks))
    while left:
        block = left.pop()
        inner = inner_blocks(block)
        if not inner:
            found.append(block)
        for group in reversed(inner):
            left.extend(reversed(group))
    return found


def _block(  # noqa: C901, PLR0912  # one branch for each kind
    block: Block, printing: Printing, across: float | None, depth: int
) -> Markup:
    match block:
        case Heading():
            return _heading(block, printing)
        case Paragraph():
            return _paragraph(block.children, printing, across)
        case ItemList():
            return _list(block, printing, depth)
        case DefinitionList():
            return _definitions(block, printing, depth)
        case CodeBlock():
            return _code(block, printing, across)
        case Table():
            return _table(block, printing, across)
        case Figure():
            spot = Spot.ACROSS if across is not None and asks_for_page(block, printing) else Spot.COLUMN
            return figure_html(block, printing, spot)
        case Callout():
            return _callout(block, printing, depth)
        case Quote():
            return _quote(block, printing, depth)
        case Tabs():
            tabs = ((tab.label, tab.children) for tab in block.tabs)
            return Markup("").join(_labelled("tab", label, inner, printing, depth) for label, inner in tabs)
        case Group():
            return _labelled("group", block.label, block.children, printing, depth)
        case FormulaBlock():
            return formula_block_html(block, printing, across)
        case SpeakerNotes():
            return element("div", _inside(block.children, printing, depth), class_="speaker-notes")
        case Divider() | Hint():
            return Markup("")
        case _:
            assert_never(block)


def _paragraph(inlines: Inlines, printing: Printing, across: float | None = None, *, leads: bool = False) -> Markup:
    """The paragraph; a huge one in several pieces, which follow each other without space, across the page if it may."""
    pieces = in_pieces(inlines)
    turned = printing.turned(plain_text(pieces[0]))
    if len(pieces) == 1:
        return element("p", words_html(inlines, printing), class_="leads" if leads else None, dir=turned)
    kind = "huge" if across is None else "huge wide"
    return Markup("").join(element("p", inlines_html(piece, printing), class_=kind, dir=turned) for piece in pieces)


def _inside(blocks: Blocks, printing: Printing, depth: int) -> Markup:
    narrower = replace(printing, measure=max(printing.measure - INSET, NARROWEST))
    return blocks_html(blocks, narrower, depth=depth)


def _heading(block: Heading, printing: Printing) -> Markup:
    level = printing.headings.place(block.level + printing.deeper)
    name = block.id if block.id in printing.places else None
    title = plain_text(block.children)
    content = inlines_html(block.children, printing)
    return element(
        f"h{level}", content, id=name, class_="inner", data_title=title, dir=printing.turned(plain_text(block.children))
    )


def _list(block: ItemList, printing: Printing, depth: int) -> Markup:
    bulleted = block.start is None
    items = Markup("").join(_item(item, printing, depth, bulleted=bulleted) for item in block.items)
    tight = "tight" if block.tight else None
    if block.start is None:
        return element("ul", items, class_=tight)
    classes = " ".join(filter(None, (tight, "long" if block.start + len(block.items) > LONG_LIST else None)))
    return element("ol", items, class_=classes, start=block.start if block.start != 1 else None)


def _item(item: ListItem, printing: Printing, depth: int, *, bulleted: bool) -> Markup:
    """The item; one that is a single paragraph, as most are, without an element of its own for that."""
    kind = {None: "bullet" if bulleted else None, True: "done", False: "to-do"}[item.checked]
    first = item.children[0] if item.children else None
    turned = printing.turned(plain_text(first.children)) if isinstance(first, Paragraph) else None
    if len(item.children) == 1 and isinstance(first, Paragraph) and len(in_pieces(first.children)) == 1:
        content = words_html(first.children, printing)
        return element("li", content, class_=" ".join(filter(None, (kind, "single"))), dir=turned)
    return element("li", _inside(item.children, printing, depth), class_=kind, dir=turned)


def _definitions(block: DefinitionList, printing: Printing, depth: int) -> Markup:
    entries = [
        element("dt", inlines_html(entry.term, printing)) + element("dd", _inside(entry.children, printing, depth))
        for entry in block.entries
    ]
    return element("dl", Markup("").join(entries))


def _table(block: Table, printing: Printing, across: float | None) -> Markup:
    wide = across is not None and (
        fitting_size(block, printing.measure) < fitting_size(block, across)
        or natural_width(block) > 3 * printing.measure
        or len(block.alignments) > 3  # noqa: PLR2004  # four columns do not read well beside a thumbnail
    )
    if wide and across is not None:
        return element("div", table_html(block, printing, across), class_="table wide")
    return element("div", table_html(block, printing, printing.measure), class_="table")


def _code(block: CodeBlock, printing: Printing, across: float | None) -> Markup:
    if across is not None and asks_for_width(block, printing.measure, across):
        return code_html(block, across, wide=True)
    return code_html(block, printing.measure)


def _quote(block: Quote, printing: Printing, depth: int) -> Markup:
    """The quote; who said it stands below, set apart, where its last paragraph begins with a dash."""
    *before, last = block.children or (None,)
    if not (before and isinstance(last, Paragraph) and plain_text(last.children).lstrip().startswith(DASHES)):
        return element("blockquote", _inside(block.children, printing, depth))
    turned = printing.turned(plain_text(last.children))
    who = element("p", inlines_html(last.children, printing), class_="who", dir=turned)
    return element("blockquote", _inside(tuple(before), printing, depth) + who)


def _callout(block: Callout, printing: Printing, depth: int) -> Markup:
    label = callout_label(block, printing)
    inside = _inside(block.children, printing, depth)
    return element("div", element("p", label, class_="word") + inside, class_=f"callout {TONES[block.kind]}")


def callout_label(callout: Callout, printing: Printing) -> Markup:
    """The word of a callout and its title: never colour alone, never the same word twice."""
    word = callout.word or printing.labels.callout(callout.kind)
    said = plain_text(callout.title).strip()
    if not said:
        return clean(word)
    written = inlines_html(callout.title, printing)
    if callout.kind is CalloutKind.DETAILS or said.casefold().startswith(word.casefold()):
        return written
    return element("span", clean(f"{word}: "), class_="kind") + written


def _labelled(kind: str, label: Inlines, children: Blocks, printing: Printing, depth: int) -> Markup:
    head = element("p", inlines_html(label, printing), class_=f"{kind}-label") if label else Markup("")
    return element("div", head + _inside(children, printing, depth), class_=kind)
