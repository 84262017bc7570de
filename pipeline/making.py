"""The files of one page: read, planned, written and checked, as far as can be side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.beside import Pending, Worker, Workers
from pipeline.diagnostics import (
    Diagnostic,
    Severity,
    SystemLibraryError,
    in_order,
)
from pipeline.jobs import Job
from pipeline.looks import look_of, page_look, placed
from pipeline.model.document import Document
from pipeline.model.plan import Plans
from pipeline.settings import Product, Settings, read_settings_file, setting_place
from pipeline.verify import check_file

if TYPE_CHECKING:
    from pipeline.verify.verifying import Checked
    from pipeline.write.written import Written


class _Watch(Struct):
    """How long the stages of one process take."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timing(self, stage: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = perf_counter() - start


class Page(Struct, frozen=True, kw_only=True):
    """A page that is read and planned, its settings, and what was said so far."""

    document: Document
    plans: Plans
    settings: Settings
    diagnostics: tuple[Diagnostic, ...]
    seconds: Mapping[str, float]


class Made(Struct, frozen=True, kw_only=True):
    """One file of a page, what its writer said, and what was found in it."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...]
    checked: Checked
    seconds: Mapping[str, float]


def read_document(job: Job, settings: Settings) -> tuple[Document, tuple[Diagnostic, ...], Settings]:
    """The page, what reading it said, and the settings with its folder's and its own."""
    from pipeline.read import read_page

    settings = replace(settings, root=job.root, results=job.folder)
    folder = read_settings_file(job.root)
    if folder.template is not None:
        folder = placed(folder, job.root, job.root, setting_place(job.root, "template"))
    settings = settings.overridden(folder)
    reading = read_page(job.page, settings)
    metadata = reading.document.metadata
    own = placed(metadata.overrides, job.page.parent, job.root, (str(job.page), metadata.template_span))
    document = reading.document
    if own is not metadata.overrides:
        document = replace(document, metadata=replace(metadata, overrides=own))
    return document, reading.diagnostics, settings.overridden(own)


def plan(job: Job, settings: Settings) -> Page:
    """The page, read and planned."""
    from pipeline.plan import plan_document
    from pipeline.typeset import Typesetter

    watch = _Watch()
    with watch.timing("read"):
        document, said, settings = read_document(job, settings)
    with watch.timing("plan"):
        theme = page_look(document, settings)
        planned = plan_document(document, settings, theme, Typesetter(theme))
    said = in_order((*said, *planned.diagnostics))
    return Page(document=document, plans=planned.plans, settings=settings, diagnostics=said, seconds=watch.seconds)


def make_files(
    page: Page, planning: Worker[Page], making_deck: Pending[Made | None], workers: Workers
) -> Mapping[Product, Made]:
    """The files that are asked for, checked; the sheet names the handout's pages, so the handout is laid out first."""
    papers: Mapping[Product, Pending[Made]] = {}
    if page.settings.products & {Product.HANDOUT, Product.CHEATSHEET}:
        papers = _papers(page, planning, workers)
    deck = making_deck.result()
    made = {Product.DECK: deck} if deck else {}
    return made | {product: papers[product].result() for product in Product if product in papers}


def _papers(page: Page, planning: Worker[Page], workers: Workers) -> Mapping[Product, Pending[Made]]:
    """The handout and the sheet: this process lays out and writes, which takes longest, and others read and check."""
    from pipeline.typeset import Typesetter
    from pipeline.write.handout import lay_out_handout

    making: dict[Product, Pending[Made]] = {}
    watch = _Watch()
    with _system_libraries(), watch.timing("write handout"):
        theme = look_of(page.settings)
        laid_out = lay_out_handout(page.plans.handout, page.plans.deck, theme, page.settings, Typesetter(theme))
    if Product.CHEATSHEET in page.settings.products:
        making[Product.CHEATSHEET] = workers.start(_make_sheet, page, dict(laid_out.pages))
    if Product.HANDOUT in page.settings.products:
        laying_out = watch.seconds["write handout"]
        with _system_libraries(), watch.timing("write handout"):
            written = laid_out.written()
        watch.seconds["write handout"] += laying_out
        making[Product.HANDOUT] = planning.then(_checked, Product.HANDOUT, written, watch)
    return making


def make_deck(page: Page) -> Made | None:
    """The deck, if it is asked for."""
    if Product.DECK not in page.settings.products:
        return None
    from pipeline.write.deck import write_deck

    watch = _Watch()
    with _system_libraries(), watch.timing("write deck"):
        written = write_deck(page.plans.deck, look_of(page.settings), page.settings)
    return _checked(page, Product.DECK, written, watch)


def _make_sheet(page: Page, pages: Mapping[str, int]) -> Made:
    from pipeline.write.cheatsheet import write_cheatsheet

    watch = _Watch()
    with _system_libraries(), watch.timing("write cheatsheet"):
        written = write_cheatsheet(page.plans.cheatsheet, look_of(page.settings), page.settings, pages)
    return _checked(page, Product.CHEATSHEET, written, watch)


def _checked(page: Page, product: Product, written: Written, watch: _Watch) -> Made:
    with watch.timing(f"check {product.value}"):
        comparison = page.plans.cheatsheet.comparison
        checked = check_file(page.document, comparison, product, written.data, written.diagnostics)
    return Made(data=written.data, diagnostics=written.diagnostics, checked=checked, seconds=watch.seconds)


def load_writers(products: frozenset[Product]) -> None:
    """Import what making these files takes, which is slow, so that every process begun later has it."""
    load_paper_writers(products)
    import pipeline.plan
    import pipeline.read.page

    if Product.DECK in products:
        import pipeline.write.deck  # noqa: F401


def load_paper_writers(products: frozenset[Product]) -> None:
    """Import what making and checking handouts and sheets takes."""
    from pipeline.typeset.catalogue import installed_fonts

    with _system_libraries():
        if products & {Product.HANDOUT, Product.CHEATSHEET}:
            from pipeline.write.libraries import load_weasyprint

            load_weasyprint()

            import jinja2  # noqa: F401

            import pipeline.verify.read_pdf
            import pipeline.write.cheatsheet
            import pipeline.write.handout
            import pipeline.write.thumbnail
    import pipeline.verify.verifying  # noqa: F401

    installed_fonts()  # asked of the system once


@contextmanager
def _system_libraries() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if "cannot load library" not in str(error):
            raise
        raise SystemLibraryError(
            Diagnostic(
                severity=Severity.ERROR,
                code="missing-library",
                message=str(error).splitlines()[0],
                hint="`make slides` sees to it, or install Pango with your system's package manager",
            )
        ) from error
