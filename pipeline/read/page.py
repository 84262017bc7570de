"""One page read: Markdown in, `Document` out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from pipeline.diagnostics import ContentError, Diagnostic, Severity
from pipeline.model.document import Blocks, Divider, Document, Hint, Metadata
from pipeline.model.text import own_inlines, plain_text, walk_blocks
from pipeline.read.anchors import name_places
from pipeline.read.assets import Assets
from pipeline.read.blocks.extension import page_parser
from pipeline.read.builder import Builder
from pipeline.read.context import Context, Sink
from pipeline.read.definitions import FoundDefinitions
from pipeline.read.directions import FROM_RIGHT, in_one_direction, stated_directions
from pipeline.read.elements import pair_tags
from pipeline.read.footnotes import told_apart
from pipeline.read.formulas import Formulas
from pipeline.read.frontmatter import read_front_matter
from pipeline.read.home import home_blocks
from pipeline.read.includes import report_includes
from pipeline.read.language import page_language
from pipeline.read.ledger import audit, report_losses
from pipeline.read.light import is_for_light_pages
from pipeline.read.marks import led_to_sections
from pipeline.read.metadata import read_metadata, stated_language, substitutions, title_span
from pipeline.read.sections import outline
from pipeline.read.source import Source, page_name, read_source
from pipeline.settings import Settings
from pipeline.typeset import reads_from_the_right


class Reading(Struct, frozen=True, kw_only=True):
    """What a page says, and what is to be said about it."""

    document: Document
    diagnostics: tuple[Diagnostic, ...]


def read_page(path: Path, settings: Settings) -> Reading:
    """The page of that path. Raises `UsageError` if there is none, `ContentError` if it is no text or empty."""
    sink = Sink(path=page_name(path))
    source = read_source(path, sink)
    front = read_front_matter(source.lines, sink)
    found = FoundDefinitions()
    page = page_parser(found, sink).parse_page(source.lines[front.body :], front.body + 1)
    pair_tags(page, found, sink)
    directions = stated_directions(page, front)
    places = name_places(page)
    context = Context(
        settings=settings,
        page=source.page,
        definitions=found.complete(),
        anchors=places.ids,
        titles=places.titles,
        substitutions=substitutions(front),
        assets=Assets(settings, source.page, sink.report),
        formulas=Formulas(sink),
        sink=sink,
        has_light_pictures=any(map(is_for_light_pages, source.lines)),
    )
    builder = Builder(context)
    blocks = (*home_blocks(front, source.lines, builder), *builder.blocks(page.children))
    footnotes, unused = told_apart((*builder.footnotes, *context.notes), blocks, sink)
    blocks += unused
    language = _language(stated_language(front), source, blocks, directions, settings)
    mirrored = reads_from_the_right(language)
    blocks = in_one_direction(blocks, directions, mirrored=mirrored)
    metadata = read_metadata(front, source.lines, sink)
    if all(isinstance(block, Hint | Divider) for block in blocks):
        _explain_emptiness(metadata, sink)
    outlined = outline(blocks, metadata.title, title_span(front, source.lines), path.stem, sink)
    document = Document(
        path=sink.path,
        stem=path.stem,
        digest=source.digest,
        language=language,
        title=outlined.title,
        title_span=outlined.title_span,
        metadata=metadata,
        blocks=outlined.blocks,
        sections=outlined.sections,
        footnotes=footnotes,
        ledger=(),
    )
    ledger = audit(document, source.lines, builder.explained, context.definitions.links, builder.stated)
    report_losses(ledger, sink)
    report_includes(source.lines, blocks, sink)
    document = led_to_sections(replace(document, ledger=ledger), {**places.marks, **places.headings})
    return Reading(document=document, diagnostics=sink.diagnostics())


def _language(stated: str, source: Source, blocks: Blocks, directions: Mapping[int, str], settings: Settings) -> str:
    root = settings.root.resolve()
    below = source.page.relative_to(root) if source.page.is_relative_to(root) else Path(source.page.name)
    text = "\n".join(
        f"{FROM_RIGHT if directions.get(block.span.first) == 'rtl' else ''}{plain_text(inlines)}"
        for block in walk_blocks(blocks)
        for inlines in own_inlines(block)
    )
    return page_language(stated, PurePosixPath(below.as_posix()), text)


def _explain_emptiness(metadata: Metadata, sink: Sink) -> None:
    """A page of a title alone is warned of; one without even that raises `ContentError`."""
    hint = "write a heading and some text"
    if metadata.title:
        sink.warn("empty-page", "there is nothing under this page's title", metadata.span, hint=hint)
        return
    raise ContentError(
        Diagnostic(
            severity=Severity.ERROR,
            code="empty-page",
            message="there is nothing on this page",
            path=sink.path,
            hint=hint,
        )
    )
