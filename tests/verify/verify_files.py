"""Plain files of a page, written with python-pptx and WeasyPrint alone, for the tests of verifying."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Iterator
from typing import Any

import weasyprint
from pptx import Presentation
from pptx.util import Inches

from pipeline.model.document import (
    Block,
    Callout,
    CodeBlock,
    Document,
    Figure,
    FormulaBlock,
    Hint,
    ItemList,
    Paragraph,
    Quote,
    Section,
    SpeakerNotes,
    Table,
)
from pipeline.model.inlines import FootnoteReference, Inline, Link, SectionTarget, Styled, Text, WebTarget
from pipeline.model.plan import Comparison
from pipeline.settings import Product
from pipeline.verify.units import Kind, units_of


def sections_of(document: Document) -> Iterator[Section]:
    stack = list(reversed(document.sections))
    while stack:
        own = stack.pop()
        yield own
        stack.extend(reversed(own.sections))


def files_of(document: Document, comparison: Comparison) -> dict[Product, bytes]:
    return {
        Product.DECK: deck_of(document),
        Product.HANDOUT: handout_of(document),
        Product.CHEATSHEET: sheet_of(document, comparison),
    }


# ---------------------------------------------------------------- the deck


def deck_of(document: Document) -> bytes:
    presentation = Presentation()
    slides = {"": presentation.slides.add_slide(presentation.slide_layouts[0])}
    slides[""].shapes.title.text = words(document.title)
    slides[""].placeholders[1].text = ", ".join(document.metadata.authors)
    for own in sections_of(document):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = words(own.title)
        slides[own.id] = slide
    agenda(slides, document)
    notes = slides[""].notes_slide.notes_text_frame
    for block in document.blocks:
        show(block, slides[""], notes, slides)
    for own in sections_of(document):
        notes = slides[own.id].notes_slide.notes_text_frame
        for block in own.blocks:
            show(block, slides[own.id], notes, slides)
    for note in document.footnotes:
        for block in note.children:
            show(block, slide, notes, slides)
    spread(presentation)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def spread(presentation: Any) -> None:
    """Gives every shape of a slide room of its own, below the last."""
    room = Inches(4)
    presentation.slide_height = room * max(len(slide.shapes) for slide in presentation.slides)
    for slide in presentation.slides:
        for number, shape in enumerate(slide.shapes):
            shape.left, shape.top, shape.width = 0, room * number, presentation.slide_width
            if shape.has_text_frame:
                shape.height = room


def agenda(slides: dict[str, Any], document: Document) -> None:
    frame = slides[""].shapes.add_textbox(0, 0, Inches(4), Inches(2)).text_frame
    for own in document.sections:
        box = slides[""].shapes.add_textbox(0, 0, Inches(2), Inches(1))
        box.click_action.target_slide = slides[own.id]
        write(
            frame.add_paragraph(),
            (Link(children=own.title, target=SectionTarget(id=own.id), title="", span=own.span),),
            slides,
            jumps=True,
        )


def show(block: Block, slide: Any, notes: Any, slides: dict[str, Any]) -> None:
    """On the slide what is shown, in the notes what is said."""
    match block:
        case Paragraph() | Quote() | SpeakerNotes() | Callout():
            say(block, slide, notes, slides)
        case ItemList():
            show_items(block, slide, notes, slides)
        case CodeBlock():
            frame = text_box(slide)
            for number, line in enumerate(block.text.split("\n"), 1):
                frame.add_paragraph().text = f"{number} {line}"
        case Table():
            show_table(block, slide, slides)
        case Figure():
            assert block.image.picture is not None
            picture = slide.shapes.add_picture(io.BytesIO(block.image.picture.data), 0, 0)
            picture._element.nvPicPr.cNvPr.set("descr", block.image.alt)
            write(text_box(slide).paragraphs[0], block.legend, slides)
        case FormulaBlock():
            box = slide.shapes.add_textbox(0, 0, Inches(2), Inches(1))
            box._element.nvSpPr.cNvPr.set("descr", block.source)
        case _:
            assert isinstance(block, Hint)


def say(block: Block, slide: Any, notes: Any, slides: dict[str, Any]) -> None:
    for inner in inner_paragraphs(block):
        write(notes.add_paragraph(), inner.children, slides)
        if isinstance(block, Callout):
            shown = text_box(slide).paragraphs[0]
            shown.add_run().text = "Tip: "
            write(shown, inner.children, slides)


def show_items(block: ItemList, slide: Any, notes: Any, slides: dict[str, Any]) -> None:
    frame = text_box(slide)
    for inner in (inner for item in block.items for inner in item.children):
        assert isinstance(inner, Paragraph)
        write(frame.add_paragraph(), first_sentence(inner.children), slides)
        write(notes.add_paragraph(), inner.children, slides)


def show_table(block: Table, slide: Any, slides: dict[str, Any]) -> None:
    rows = [row for row in (block.head, *block.rows) if row]
    shape = slide.shapes.add_table(len(rows), len(rows[0].cells), 0, Inches(2), Inches(6), Inches(2))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.cells):
            write(shape.table.cell(y, x).text_frame.paragraphs[0], cell.children, slides)


def text_box(slide: Any) -> Any:
    return slide.shapes.add_textbox(0, Inches(2), Inches(4), Inches(2)).text_frame


def inner_paragraphs(block: Block) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
    elif isinstance(block, Quote | SpeakerNotes | Callout):
        for inner in block.children:
            yield from inner_paragraphs(inner)


def first_sentence(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    last = inlines[-1]
    if isinstance(last, Text) and ". " in last.text:
        return (*inlines[:-1], Text(text=last.text.split(". ")[0] + ".", span=last.span))
    return inlines


def write(paragraph: Any, inlines: Iterable[Inline], slides: dict[str, Any], *, jumps: bool = False) -> None:
    for inline in inlines:
        match inline:
            case Text():
                paragraph.add_run().text = inline.text
            case Styled():
                run = paragraph.add_run()
                run.text = words(inline.children)
                run.font.bold = True
            case Link(target=WebTarget(url=url)):
                run = paragraph.add_run()
                run.text = words(inline.children)
                run.hyperlink.address = url
            case Link(target=SectionTarget(id=name)):
                run = paragraph.add_run()
                run.text = words(inline.children)
                if jumps:
                    jump(run, paragraph, slides[name])
            case FootnoteReference():
                paragraph.add_run().text = "1"
            case _:
                raise NotImplementedError(type(inline))


def jump(run: Any, paragraph: Any, slide: Any) -> None:
    """Makes a run jump to a slide, which python-pptx does for shapes only."""
    key = paragraph.part.relate_to(
        slide.part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide"
    )
    click = run._r.get_or_add_rPr().add_hlinkClick(key)
    click.set("action", "ppaction://hlinksldjump")


def words(inlines: Iterable[Inline]) -> str:
    return "".join(
        inline.text if isinstance(inline, Text) else words(inline.children)
        for inline in inlines
        if isinstance(inline, Text | Styled | Link)
    )


# ---------------------------------------------------------------- the papers

STYLE = """@page{size:A5;@top-left{content:"Tea or coffee";font-size:8pt}
@bottom-right{content:"page " counter(page) " of " counter(pages);font-size:8pt}}
html{font:10pt 'Liberation Sans';hyphens:auto} sup{font-size:7pt} pre{white-space:pre-wrap}"""


def handout_of(document: Document) -> bytes:
    contents = "".join(f'<li><a href="#{own.id}">{html.escape(words(own.title))}</a></li>' for own in document.sections)
    parts = [
        f"<h1>{markup(document.title)}</h1><p>{', '.join(document.metadata.authors)}</p>",
        f"<h2>Contents</h2><ul>{contents}</ul>",
        *map(block_markup, document.blocks),
    ]
    for own in sections_of(document):
        parts.append(f'<h{own.level} id="{own.id}">{markup(own.title)}</h{own.level}>')
        parts.extend(map(block_markup, own.blocks))
    for note in document.footnotes:
        parts.append("<p>1</p>")
        parts.extend(map(block_markup, note.children))
    # Printed, but not to be clicked.
    parts += [f"<p>{html.escape(unit.text)}</p>" for unit in units_of(document) if unit.kind is Kind.REFERENCE]
    return pdf("".join(parts), document)


def sheet_of(document: Document, comparison: Comparison) -> bytes:
    rows = "".join(
        f"<tr><th>{row.aspect}</th>{''.join(f'<td>{html.escape(cell.text)}</td>' for cell in row.cells)}</tr>"
        for row in comparison.rows
    )
    titles = "".join(f"<p>{number} {markup(own.title)}</p>" for number, own in enumerate(document.sections, 1))
    addresses = "".join(
        f'<p><a href="{html.escape(url)}">{number}</a></p>' for number, url in enumerate(web(document), 1)
    )
    return pdf(f"<h1>{markup(document.title)}</h1><table>{rows}</table>{titles}{addresses}", document)


def web(document: Document) -> list[str]:
    """Every address of the page, once."""
    found: dict[str, None] = {}
    blocks = [*document.blocks, *(block for own in sections_of(document) for block in own.blocks)]
    for block in blocks:
        inner = [b for item in block.items for b in item.children] if isinstance(block, ItemList) else [block]
        for paragraph in (p for b in inner for p in inner_paragraphs(b)):
            for inline in paragraph.children:
                if isinstance(inline, Link) and isinstance(inline.target, WebTarget):
                    found[inline.target.url] = None
    return list(found)


def pdf(body: str, document: Document) -> bytes:
    page = (
        f'<html lang="{document.language}"><head><title>{words(document.title)}</title><style>{STYLE}</style></head>'
        f"<body>{body}</body></html>"
    )
    return bytes(weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))


def markup(inlines: Iterable[Inline]) -> str:
    made = []
    for inline in inlines:
        match inline:
            case Text():
                made.append(html.escape(inline.text))
            case Styled():
                made.append(f"<b>{markup(inline.children)}</b>")
            case Link(target=WebTarget(url=url)):
                made.append(f'<a href="{html.escape(url)}">{markup(inline.children)}</a><sup>7</sup>')
            case Link(target=SectionTarget(id=name)):
                made.append(f'<a href="#{name}">{markup(inline.children)}</a>')
            case FootnoteReference():
                made.append("<sup>1</sup>")
            case _:
                raise NotImplementedError(type(inline))
    return "".join(made)


def block_markup(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{markup(block.children)}</p>"
        case Quote() | SpeakerNotes() | Callout():
            return f"<div>{''.join(map(block_markup, block.children))}</div>"
        case ItemList():
            inner = ("".join(map(block_markup, item.children)) for item in block.items)
            return f"<ul>{''.join(f'<li>{item}</li>' for item in inner)}</ul>"
        case CodeBlock():
            return f"<pre>{html.escape(block.text)}</pre>"
        case Table():
            rows = [row for row in (block.head, *block.rows) if row]
            lines = ("".join(f"<td>{markup(cell.children)}</td>" for cell in row.cells) for row in rows)
            return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
        case Figure():
            return f"{image(block.image.alt)}<p>{markup(block.legend)}</p>"
        case FormulaBlock():
            return image(block.source)
        case Hint():
            return ""
        case _:
            raise NotImplementedError(type(block))


def image(alt: str) -> str:
    drawing = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='60' height='30'%3E"
        "%3Crect width='50' height='20'/%3E%3C/svg%3E"
    )
    return f'<img alt="{html.escape(alt)}" src="{drawing}">'
