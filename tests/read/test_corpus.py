"""Real pages, where they are at hand: none breaks the reader, loses words or takes long, and all are read alike.

One page in a few is read; `make corpus` reads all of them, and prints what it has measured.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from pipeline.diagnostics import SlidesError, Span
from pipeline.model.document import (
    Block,
    Blocks,
    Claim,
    CodeBlock,
    Document,
    Heading,
    ItemList,
    Paragraph,
    Quote,
    Section,
    Table,
)
from pipeline.model.inlines import CodeSpan, Inlines, Text
from pipeline.model.ledger_report import accounts
from pipeline.model.text import inner_blocks, walk_blocks, walk_inlines
from pipeline.read import read_page
from pipeline.read.page import Reading
from pipeline.read.source_words import words
from pipeline.settings import Settings

CORPUS = Path(os.environ.get("CORPUS") or Path(__file__).parents[2].parent / "shared" / "corpus")
FOLDERS = ("siblings", "versus", "docs", "decks", "nasty", "spec")
ORDINARY = ("siblings", "versus", "docs")
EVERY = int(os.environ.get("CORPUS_EVERY") or 11)
# Beside other tests a processor does hardly half as much; `make corpus` measures alone.
SECONDS_PER_100_KB = 2.0 if "PYTEST_XDIST_WORKER" in os.environ else 1.0
SMALLEST = 20_000

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the pages are not at hand")


def pages(*folders: str) -> list[Path]:
    return [page for folder in folders for page in sorted((CORPUS / folder).glob("**/*.md"))[::EVERY]]


def timed(page: Path, settings: Settings) -> tuple[Reading, float]:
    start = time.process_time()
    return read_page(page, settings), time.process_time() - start


def read_all(folder: Path) -> Iterator[tuple[Path, Settings, Reading, float]]:
    """Every page that can be read."""
    for page in pages(*FOLDERS):
        settings = Settings(root=page.parent, output=folder, offline=True)
        with suppress(SlidesError):
            yield (page, settings, *timed(page, settings))


def tell(measured: str) -> None:
    print(measured)  # noqa: T201 - shown by `make corpus`


def test_no_page_breaks_the_reader_loses_words_or_takes_long(tmp_path: Path) -> None:
    lossy: list[str] = []
    slow: list[str] = []
    read = size = 0
    total = 0.0
    for page, settings, reading, seconds in read_all(tmp_path):
        read, size, total = read + 1, size + page.stat().st_size, total + seconds
        allowed = SECONDS_PER_100_KB * max(page.stat().st_size, SMALLEST) / 100_000
        # A machine that is busy with something else may be slow once, a slow reader always is.
        if seconds > allowed and min(timed(page, settings)[1] for _ in range(4)) > allowed:
            slow.append(f"{page.name}: {seconds:.2f} s")
        lossy += [page.name for entry in reading.document.ledger if entry.lost or entry.claim is Claim.UNCLAIMED]
    tell(f"{read} pages, {size} bytes, {total:.1f} s: {total / size * 100_000:.3f} s for 100 kB")
    assert read > 300 / EVERY
    assert slow == []
    assert lossy == []


def test_every_line_has_a_claimant_or_a_reason(tmp_path: Path) -> None:
    nameless: list[str] = []
    ranges = 0
    for page, _, reading, _ in read_all(tmp_path):
        lines = re.split(r"\r\n?|\n", page.read_text(encoding="utf-8-sig", errors="replace"))
        for account in accounts(reading.document):
            ranges += 1
            if account.entry.claim is Claim.CONTENT:
                claimed = {n for c in account.claimants for n in range(c.span.first, c.span.last + 1)}
                span = account.entry.span
                unnamed = set(range(span.first, span.last + 1)) - claimed
                nameless += [f"{page.name}:{number}" for number in unnamed if lines[number - 1].strip()]
    tell(f"{ranges} ranges of lines")
    assert nameless == []


# ---------------------------------------------------------------- spans


TAG = re.compile(r"<[^<>]*>")
SHORT_NAME = re.compile(r":[a-z0-9_+-]+:")
REFERENCE = re.compile(r"\{(?:any|doc|numref|ref)\}`")


def texts(document: Document) -> Iterator[tuple[Span, str]]:
    """Each stretch of text in headings, paragraphs, code and cells, with the lines that these name."""
    for section in walk_sections(document.sections):
        yield from stretches(section.heading, section.title)
    for blocks in (document.blocks, *(section.blocks for section in walk_sections(document.sections))):
        for block in walk_blocks(blocks):
            match block:
                case Paragraph() | Heading():
                    yield from stretches(block.span, block.children)
                case CodeBlock():
                    yield block.span, block.text
                case Table():
                    for row in ((block.head,) if block.head else ()) + block.rows:
                        for cell in row.cells:
                            yield from stretches(cell.span, cell.children)


def stretches(span: Span, inlines: Inlines) -> Iterator[tuple[Span, str]]:
    return ((span, inline.text) for inline in walk_inlines(inlines) if isinstance(inline, Text | CodeSpan))


def walk_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from walk_sections(section.sections)


def test_the_lines_that_a_node_names_hold_its_text(tmp_path: Path) -> None:
    elsewhere: list[str] = []
    total = 0
    for page, _, reading, _ in read_all(tmp_path):
        lines = re.split(r"\r\n?|\n", page.read_text(encoding="utf-8-sig", errors="replace"))
        for span, text in texts(reading.document):
            total += 1
            source = "\n".join(lines[span.first - 1 : span.last])
            if REFERENCE.search(source):  # MyST's are called by the heading that they lead to
                source += "\n".join(line for line in lines if line.startswith("#"))
            there = words(f"{source} {unescape(source)} {TAG.sub('', source)}")
            # Emoji stand there by their names; tags between letters are no space.
            missing = {w for w in set(words(text)) - set(there) if w.isalnum() and w not in "".join(there)}
            if missing and not SHORT_NAME.search(source):
                elsewhere.append(f"{page.name}:{span.first}-{span.last}: {sorted(missing)[:5]}")
    tell(f"{total} stretches of text on their lines")
    assert elsewhere == []


# ---------------------------------------------------------------- against another parser

# What the dialects know and CommonMark does not, with something as long that is text for both.
_NEUTRAL = (
    (re.compile(r"\A(---|\+\+\+)[ \t]*\n.*?\n\1[ \t]*(?=\n|\Z)", re.DOTALL), ""),
    (re.compile(r"\A%"), "."),
    (re.compile(r"^([ \t>]*)<<<", re.MULTILINE), r"\1..."),
    (re.compile(r"^([ \t>]*)\+(?=[-=:+]+\+[ \t]*$)", re.MULTILINE), r"\1."),
    (re.compile(r"^[ \t]*(?=-{2,}(?:[ \t]+-{2,})+[ \t]*$)", re.MULTILINE), ". "),
    (re.compile(r"<(?=[A-Za-z/!?>])"), "("),
    (re.compile(r"[{}]"), "("),
    (re.compile(r"\[(?=[\^!\[])"), "("),
    (re.compile(r"\$\$"), "SS"),
    (re.compile(r":{3}|!{3}|\?{3}|/{3}"), "..."),
    (re.compile(r"^([ \t>]*)=(?===[!+]? )", re.MULTILINE), r"\1."),
    (re.compile(r"^((?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*)(?:Table)?:(?=[ \t])", re.MULTILINE), r"\1."),
    (re.compile(r"^((?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*)\*\[", re.MULTILINE), r"\1.["),
    (re.compile(r"^(import|export)\b", re.MULTILINE), "inform"),
    (re.compile(r"^((?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*(?:`{3,}|~{3,}))[ \t]*[^`\s][^`\n]*$", re.MULTILINE), r"\1 x"),
)


def neutral(source: str) -> str:
    source = re.sub(r"\r\n?", "\n", source)
    for pattern, replacement in _NEUTRAL:
        source = pattern.sub(replacement, source)
    return source


def counted_elsewhere(source: str) -> Counter[str]:
    """Headings, items, code, tables, rows and quotes as another CommonMark parser counts them."""
    counts: Counter[str] = Counter()
    depth = 0
    tokens = MarkdownIt("commonmark", {"maxNesting": 1000}).enable("table").parse(source)
    for place, token in enumerate(tokens):
        match token.type:
            case "heading_open" if tokens[place + 1].content.strip():
                counts[f"h{token.tag[1:]}"] += 1
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                counts[f"items {depth}"] += 1
            case "fence" | "code_block":
                counts["code"] += 1
            case "table_open":
                counts["tables"] += 1
            case "tr_open":
                counts["rows"] += 1
            case "blockquote_open" if tokens[place + 1].type != "blockquote_close":
                counts["quotes"] += 1
    return counts


def counted_here(document: Document) -> Counter[str]:
    counts: Counter[str] = Counter()
    titled = document.title_span and document.title_span not in {section.heading for section in document.sections}
    counts["h1"] += bool(titled)
    count_blocks(document.blocks, 0, counts)
    for section in document.sections:
        count_section(section, counts)
    return +counts


def count_section(section: Section, counts: Counter[str]) -> None:
    counts[f"h{section.level}"] += 1
    count_blocks(section.blocks, 0, counts)
    for inner in section.sections:
        count_section(inner, counts)


def count_blocks(blocks: Blocks, depth: int, counts: Counter[str]) -> None:
    for block in blocks:
        count(block, depth, counts)
        for inner in inner_blocks(block):
            count_blocks(inner, depth + isinstance(block, ItemList), counts)


def count(block: Block, depth: int, counts: Counter[str]) -> None:
    match block:
        case Heading():
            counts[f"h{block.level}"] += 1
        case ItemList():
            counts[f"items {depth + 1}"] += len(block.items)
        case CodeBlock():
            counts["code"] += 1
        case Table():
            counts["tables"] += 1
            counts["rows"] += len(block.rows) + (block.head is not None)
        case Quote():
            counts["quotes"] += 1


def test_structure_is_what_another_parser_finds(tmp_path: Path) -> None:
    different: list[str] = []
    total: Counter[str] = Counter()
    compared = 0
    for path in pages(*ORDINARY):
        source = neutral(path.read_text(encoding="utf-8-sig"))
        page = tmp_path / "page.md"
        page.write_text(source, encoding="utf-8")
        try:
            document = read_page(page, Settings(root=tmp_path, output=tmp_path / "out", offline=True)).document
        except SlidesError:
            assert not source.strip()
            continue
        here, elsewhere = counted_here(document), counted_elsewhere(source)
        compared += 1
        total += elsewhere
        if here != elsewhere:
            different.append(f"{path.name}: more {dict(here - elsewhere)}, fewer {dict(elsewhere - here)}")
    tell(f"{compared} pages alike: {dict(sorted(total.items()))}")
    assert different == []
