"""The ledger for people to look at and for programs to read: each range of lines, and who answers for it.

A range is claimed by the nodes of the document that were read from it, or it is explained: its words are front
matter, a comment, component code or a definition, or it has no words at all. Words that neither holds are lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, assert_never

from msgspec import Struct

from pipeline.diagnostics import Span
from pipeline.model.document import (
    Block,
    Blocks,
    Callout,
    Claim,
    CodeBlock,
    DefinitionList,
    Divider,
    Document,
    Figure,
    FormulaBlock,
    Group,
    Heading,
    Hint,
    ItemList,
    LedgerEntry,
    Paragraph,
    Quote,
    Section,
    SpeakerNotes,
    Table,
    Tabs,
)
from pipeline.model.inlines import Inlines

REASONS: Final = {
    Claim.CONTENT: "words that the document carries",
    Claim.MARKUP: "marks without words: rulers, fences, tags, empty items",
    Claim.METADATA: "front matter",
    Claim.COMMENT: "a comment",
    Claim.CODE: "imports, exports, scripts and styles: nothing in a page is executed",
    Claim.DEFINITION: "an address or a long form, used where its label is",
    Claim.UNCLAIMED: "nothing claims these words and nothing explains them",
}


class Claimant(Struct, frozen=True, kw_only=True):
    """A node of the document that answers for lines: its kind, its place and its lines.

    `holds` is set where it is only around other nodes, so that no words but only marks are its own.
    """

    kind: str
    place: str
    span: Span
    holds: bool = False


class Account(Struct, frozen=True, kw_only=True):
    """A range of lines with the nodes that claim it; without any, the claim's reason is all there is to say."""

    entry: LedgerEntry
    claimants: tuple[Claimant, ...]


def accounts(document: Document) -> tuple[Account, ...]:
    """What is to be said of every range of lines, in order."""
    leaves: dict[int, list[Claimant]] = {}
    holders: dict[int, Claimant] = {}
    for claimant in claimants(document):
        for number in range(claimant.span.first, claimant.span.last + 1):
            if claimant.holds:
                holders[number] = claimant
            else:
                leaves.setdefault(number, []).append(claimant)
    found: list[Account] = []
    for entry in document.ledger:
        lines = range(entry.span.first, entry.span.last + 1)
        named = dict.fromkeys(claimant for number in lines for claimant in leaves.get(number, ()))
        if not named and entry.claim is Claim.MARKUP:
            named = dict.fromkeys(holders[number] for number in lines if number in holders)
        found.append(Account(entry=entry, claimants=tuple(named)))
    return tuple(found)


# ---------------------------------------------------------------- as text and as data


def ledger_text(document: Document) -> str:
    """A line for each node and each explanation, what is lost below it, and the sum at the end."""
    return "\n".join(_text(document))


def ledger_data(document: Document) -> dict[str, Any]:
    """The same as JSON has it; `lost` and `unclaimed` count words and ranges of lines, and are 0 on a whole page."""
    ledger = document.ledger
    return {
        "path": document.path,
        "digest": document.digest,
        "lost": sum(len(entry.lost) for entry in ledger),
        "unclaimed": sum(entry.claim is Claim.UNCLAIMED for entry in ledger),
        "ranges": [
            {
                "lines": _lines(account.entry.span),
                "claim": account.entry.claim.value,
                "reason": REASONS[account.entry.claim],
                "nodes": [
                    {"kind": claimant.kind, "place": claimant.place, "lines": _lines(claimant.span)}
                    for claimant in account.claimants
                ],
                "lost": list(account.entry.lost),
            }
            for account in accounts(document)
        ],
    }


def is_whole(document: Document) -> bool:
    """Whether every line is claimed or explained and no word is lost."""
    return all(entry.claim is not Claim.UNCLAIMED and not entry.lost for entry in document.ledger)


def _lines(span: Span) -> list[int]:
    return [span.first, span.last]


def _text(document: Document) -> Iterator[str]:
    for account in accounts(document):
        entry = account.entry
        if entry.claim is Claim.CONTENT:
            yield from (_row(claimant.span, entry.claim, claimant.place) for claimant in account.claimants)
        else:
            named = ", ".join(map(_named, account.claimants)) if entry.claim is not Claim.METADATA else ""
            yield _row(entry.span, entry.claim, named or REASONS[entry.claim])
        if entry.lost:
            yield f"{'LOST':>11}  {' '.join(entry.lost)}"
    data = ledger_data(document)
    whole = "every line is claimed or explained, and no word is lost"
    yield whole if is_whole(document) else f"words lost: {data['lost']}; ranges unclaimed: {data['unclaimed']}"


def _named(claimant: Claimant) -> str:
    return claimant.place if claimant.kind in {"divider", "hint"} else f"marks of {claimant.place}"


def _row(span: Span, claim: Claim, said: str) -> str:
    lines = str(span.first) if span.first == span.last else f"{span.first}-{span.last}"
    return f"{lines:>11}  {claim.value:<15}  {said}"


# ---------------------------------------------------------------- who claims what


def claimants(document: Document) -> Iterator[Claimant]:
    """The nodes that answer for lines, those around others first."""
    if document.title_span:
        yield Claimant(kind="title", place="title of the page", span=document.title_span)
    yield from _blocks(document.blocks, "page")
    for section in document.sections:
        yield from _section(section)
    for footnote in document.footnotes:
        place = f"footnote {footnote.label}"
        first = Span(first=footnote.span.first, last=footnote.span.first)
        yield Claimant(kind="footnote", place=place, span=footnote.span, holds=True)
        yield Claimant(kind="label", place=f"{place} > label", span=first)
        yield from _blocks(footnote.children, place)


def _section(section: Section) -> Iterator[Claimant]:
    place = f"#{section.id}"
    yield Claimant(kind="heading", place=f"{place} > heading", span=section.heading)
    yield from _blocks(section.blocks, place)
    for inner in section.sections:
        yield from _section(inner)


def _blocks(blocks: Blocks, place: str) -> Iterator[Claimant]:
    counts: Counter[str] = Counter()
    for block in blocks:
        kind = _KINDS[type(block)]
        counts[kind] += 1
        yield from _block(block, kind, f"{place} > {kind} {counts[kind]}")


_KINDS: Final[dict[type[Block], str]] = {
    Heading: "heading",
    Paragraph: "paragraph",
    ItemList: "list",
    DefinitionList: "definitions",
    CodeBlock: "code",
    Table: "table",
    Figure: "figure",
    Callout: "callout",
    Quote: "quote",
    Tabs: "tabs",
    Group: "group",
    FormulaBlock: "formula",
    Divider: "divider",
    SpeakerNotes: "notes",
    Hint: "hint",
}


def _block(block: Block, kind: str, place: str) -> Iterator[Claimant]:
    match block:
        case Heading() | Paragraph() | CodeBlock() | FormulaBlock() | Divider() | Hint():
            yield Claimant(kind=kind, place=place, span=block.span)
        case Figure():
            yield Claimant(kind=kind, place=place, span=block.span)
            yield from _words("legend", block.legend, place)
        case Quote() | SpeakerNotes():
            yield from _part(kind, place, block.span, block.children)
        case Callout() | Group():
            yield from _words("title", block.title if isinstance(block, Callout) else block.label, place)
            yield from _part(kind, place, block.span, block.children)
        case ItemList() | DefinitionList() | Table() | Tabs():
            yield Claimant(kind=kind, place=place, span=block.span, holds=True)
            yield from _parts(block, place)
        case _:
            assert_never(block)


def _parts(block: ItemList | DefinitionList | Table | Tabs, place: str) -> Iterator[Claimant]:
    match block:
        case ItemList():
            for number, item in enumerate(block.items, start=1):
                yield from _part("item", f"{place} > item {number}", item.span, item.children)
        case DefinitionList():
            for number, entry in enumerate(block.entries, start=1):
                yield from _words("term", entry.term, f"{place} > entry {number}")
                yield from _part("entry", f"{place} > entry {number}", entry.span, entry.children)
        case Tabs():
            for number, tab in enumerate(block.tabs, start=1):
                yield from _words("label", tab.label, f"{place} > tab {number}")
                yield from _part("tab", f"{place} > tab {number}", tab.span, tab.children)
        case Table():
            yield from _words("caption", block.caption, place)
            for number, row in enumerate(((block.head,) if block.head else ()) + block.rows, start=1):
                yield Claimant(kind="row", place=f"{place} > row {number}", span=row.span)
        case _:
            assert_never(block)


def _part(kind: str, place: str, span: Span, children: Blocks) -> Iterator[Claimant]:
    yield Claimant(kind=kind, place=place, span=span, holds=True)
    yield from _blocks(children, place)


def _words(kind: str, inlines: Inlines, place: str) -> Iterator[Claimant]:
    """The words of a block's own that stand on lines of theirs."""
    if inlines:
        span = Span(first=min(i.span.first for i in inlines), last=max(i.span.last for i in inlines))
        yield Claimant(kind=kind, place=f"{place} > {kind}", span=span)
