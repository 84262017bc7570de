"""read → plan → write → verify for one page, and the run over many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from pipeline.beside import Alone, Pending, SideBySide, Worker, Workers, fault, processors
from pipeline.diagnostics import (
    ContentError,
    Diagnostic,
    Severity,
    SlidesError,
    SystemLibraryError,
    UsageError,
    in_order,
)
from pipeline.jobs import Job
from pipeline.looks import look_of, page_look, placed
from pipeline.model.document import Document
from pipeline.model.plan import CheatSheet, Comparison, Plans
from pipeline.outputs import built, earlier_build, place, refuse_edited
from pipeline.settings import Overrides, Product, Settings, read_settings_file, setting_place
from pipeline.theme import Theme
from pipeline.verify import Chosen, Provenance, Report, check_file, report_of, verify

if TYPE_CHECKING:
    from pipeline.verify.record import Recorded
    from pipeline.verify.verifying import Checked
    from pipeline.write.sheet_fitting import Fitted
    from pipeline.write.written import Written

EXIT_INTERNAL = 70  # EX_SOFTWARE of sysexits.h


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of one page. `report` is None where the page could not be read or written at all.

    `seconds` tells how long each stage took; stages may run side by side.
    """

    job: Job
    diagnostics: tuple[Diagnostic, ...]
    report: Report | None
    exit_code: int
    seconds: tuple[tuple[str, float], ...] = ()


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


class _Page(Struct, frozen=True, kw_only=True):
    """A page that is read and planned, its settings, and what was said so far."""

    document: Document
    plans: Plans
    settings: Settings
    diagnostics: tuple[Diagnostic, ...]
    seconds: Mapping[str, float]


class _Made(Struct, frozen=True, kw_only=True):
    """One file of a page, what its writer said, and what was found in it."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...]
    checked: Checked
    seconds: Mapping[str, float]


def build_all(jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """Each page's outcome, in order, as it is done; one bad page does not stop the others.

    The files of a single page are made side by side; of many pages, the pages are.
    """
    _load_template(settings)
    if len(jobs) == 1:
        with SideBySide() as workers:
            yield _guarded(lambda: _build(jobs[0], settings, workers), jobs[0])
    else:
        yield from _side_by_side(_build_alone, jobs, settings)


def check_all(jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """Each page's outcome, in order, when its files, built earlier, are held against it."""
    if len(jobs) == 1:
        yield _guarded(lambda: _check(jobs[0], settings), jobs[0])
    else:
        yield from _side_by_side(_check, jobs, settings)


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


def plan_page(job: Job, settings: Settings) -> tuple[Document, Plans, tuple[Diagnostic, ...]]:
    """The page, its plans, and what reading and planning said; nothing is written."""
    page = _plan(job, settings)
    return page.document, page.plans, page.diagnostics


def _side_by_side(
    stage: Callable[[Job, Settings], Outcome], jobs: Sequence[Job], settings: Settings
) -> Iterator[Outcome]:
    """Each page in a process of its own, as many at a time as there are processors."""
    _load_writers(settings.products)
    with SideBySide() as workers:
        begun: deque[tuple[Job, Pending[Outcome]]] = deque()
        for job in jobs:
            begun.append((job, workers.start(stage, job, settings)))
            if len(begun) == processors():
                yield _awaited(*begun.popleft())
        for first in begun:
            yield _awaited(*first)


def _awaited(job: Job, pending: Pending[Outcome]) -> Outcome:
    return _guarded(pending.result, job)


def _build_alone(job: Job, settings: Settings) -> Outcome:
    return _build(job, settings, Alone())


def _build(job: Job, settings: Settings, workers: Workers) -> Outcome:
    earlier = earlier_build(job)
    if Product.DECK in settings.products and not settings.force:
        refuse_edited(job, Product.DECK, earlier)
    planning = workers.begin(_plan, job, settings)
    making_deck = planning.then(_deck)
    _load_paper_writers(settings.products)  # meanwhile
    page = planning.result()
    made = _make(page, planning, making_deck, workers)
    said = (*page.diagnostics, *(d for each in made.values() for d in each.diagnostics))
    located = in_order(dict.fromkeys(replace(d, path=page.document.path) for d in said))
    comparison = page.plans.cheatsheet.comparison
    provenance = Provenance(chosen=_chosen(look_of(page.settings), page.settings))
    report = report_of(page.document, comparison, (each.checked for each in made.values()), located, provenance)
    seconds = dict(page.seconds)
    for each in made.values():
        seconds.update(each.seconds)
    outcome = _judged(job, settings, report, (*report.diagnostics, *report.findings), tuple(seconds.items()))
    if outcome.exit_code == 0:
        kept = tuple(f for f in earlier.files if f.product not in made) if earlier else ()
        told = replace(report, files=(*report.files, *kept))
        reports = {job.report: told.as_json().encode(), job.report.with_suffix(".html"): told.as_html().encode()}
        place(job, {job.file(product): each.data for product, each in made.items()} | reports)
    return outcome


def _plan(job: Job, settings: Settings) -> _Page:
    from pipeline.plan import plan_document
    from pipeline.typeset import Typesetter

    watch = _Watch()
    with watch.timing("read"):
        document, said, settings = read_document(job, settings)
    with watch.timing("plan"):
        theme = page_look(document, settings)
        planned = plan_document(document, settings, theme, Typesetter(theme))
    said = in_order((*said, *planned.diagnostics))
    return _Page(document=document, plans=planned.plans, settings=settings, diagnostics=said, seconds=watch.seconds)


def _make(
    page: _Page, planning: Worker[_Page], making_deck: Pending[_Made | None], workers: Workers
) -> Mapping[Product, _Made]:
    """The files that are asked for, checked; the sheet names the handout's pages, so the handout is laid out first."""
    papers: Mapping[Product, Pending[_Made]] = {}
    if page.settings.products & {Product.HANDOUT, Product.CHEATSHEET}:
        papers = _papers(page, planning, workers)
    deck = making_deck.result()
    made = {Product.DECK: deck} if deck else {}
    return made | {product: papers[product].result() for product in Product if product in papers}


def _papers(page: _Page, planning: Worker[_Page], workers: Workers) -> Mapping[Product, Pending[_Made]]:
    """The handout and the sheet: this process lays out and writes, which takes longest, and others read and check."""
    from pipeline.typeset import Typesetter
    from pipeline.write.handout import lay_out_handout

    making: dict[Product, Pending[_Made]] = {}
    has_sheet = Product.CHEATSHEET in page.settings.products
    fitting = workers.begin(_fit_sheet, page) if has_sheet else None
    watch = _Watch()
    with _system_libraries(), watch.timing("write handout"):
        theme = look_of(page.settings)
        laid_out = lay_out_handout(page.plans.handout, page.plans.deck, theme, page.settings, Typesetter(theme))
    if fitting:
        sheet = page.plans.cheatsheet
        making[Product.CHEATSHEET] = fitting.then(_sheet, page.document, sheet, page.settings, dict(laid_out.pages))
    if Product.HANDOUT in page.settings.products:
        laying_out = watch.seconds["write handout"]
        with _system_libraries(), watch.timing("write handout"):
            written = laid_out.written()
        watch.seconds["write handout"] += laying_out
        making[Product.HANDOUT] = planning.then(_checked_of_page, Product.HANDOUT, written, watch)
    return making


def _deck(page: _Page) -> _Made | None:
    """The deck, if it is asked for."""
    if Product.DECK not in page.settings.products:
        return None
    from pipeline.write.deck import write_deck

    watch = _Watch()
    with _system_libraries(), watch.timing("write deck"):
        written = write_deck(page.plans.deck, look_of(page.settings), page.settings)
    return _checked_of_page(page, Product.DECK, written, watch)


def _fit_sheet(page: _Page) -> tuple[Fitted, float]:
    """How the sheet is set, and how many seconds it took to find."""
    from pipeline.write.cheatsheet import fit_cheatsheet

    watch = _Watch()
    with _system_libraries(), watch.timing("fit"):
        fitted = fit_cheatsheet(page.plans.cheatsheet, look_of(page.settings), page.settings)
    import pipeline.verify.verifying  # noqa: F401 - while the handout is laid out

    return fitted, watch.seconds["fit"]


def _sheet(
    fitting: tuple[Fitted, float], document: Document, sheet: CheatSheet, settings: Settings, pages: Mapping[str, int]
) -> _Made:
    from pipeline.write.cheatsheet import write_cheatsheet

    watch = _Watch()
    fitted, seconds = fitting
    with _system_libraries(), watch.timing("write cheatsheet"):
        written = write_cheatsheet(sheet, look_of(settings), settings, pages, fitted)
    watch.seconds["write cheatsheet"] += seconds
    return _checked(document, sheet.comparison, Product.CHEATSHEET, written, watch)


def _checked_of_page(page: _Page, product: Product, written: Written, watch: _Watch) -> _Made:
    return _checked(page.document, page.plans.cheatsheet.comparison, product, written, watch)


def _checked(document: Document, comparison: Comparison, product: Product, written: Written, watch: _Watch) -> _Made:
    with watch.timing(f"check {product.value}"):
        checked = check_file(document, comparison, product, written.data, written.diagnostics)
    return _Made(data=written.data, diagnostics=written.diagnostics, checked=checked, seconds=watch.seconds)


def _load_template(settings: Settings) -> None:
    """Read the template of the command line, so that every process begun later has it; pages tell its faults."""
    if settings.options.template is not None:
        with suppress(UsageError):
            look_of(settings.overridden(Overrides()))


def _load_writers(products: frozenset[Product]) -> None:
    """Import what making these files takes, which is slow, so that every process begun later has it."""
    _load_paper_writers(products)
    import pipeline.plan
    import pipeline.read.page
    import pipeline.verify.verifying

    if Product.DECK in products:
        import pipeline.write.deck  # noqa: F401


def _load_paper_writers(products: frozenset[Product]) -> None:
    from pipeline.typeset.catalogue import installed_fonts

    with _system_libraries():
        if products & {Product.HANDOUT, Product.CHEATSHEET}:
            from pipeline.write.libraries import load_weasyprint

            load_weasyprint()

            import jinja2  # noqa: F401

            import pipeline.write.cheatsheet
            import pipeline.write.handout
            import pipeline.write.thumbnail  # noqa: F401
    installed_fonts()  # asked of the system once


def _check(job: Job, settings: Settings) -> Outcome:
    job = built(job, settings.output)
    files = {p: job.file(p).read_bytes() for p in Product if p in settings.products and job.file(p).is_file()}
    if not files:
        raise ContentError(_error(job, "not-built", f"no files of this page are in {job.folder}", "build it first"))
    from pipeline.plan import compare

    earlier = earlier_build(job)
    if earlier:
        settings = replace(settings, options=earlier.chosen.options)
    known = {file.product for file in earlier.files} if earlier else set()
    document, _, settings = read_document(job, settings)
    provenance = Provenance(
        chosen=_chosen_now(document, settings, earlier),
        earlier=earlier,
        missing=frozenset(known & settings.products - files.keys()),
    )
    report = verify(document, compare(document), files, earlier.diagnostics if earlier else (), provenance)
    unknown = () if earlier else (_unreported(job),)
    return _judged(job, settings, report, (*report.findings, *unknown))


def _unreported(job: Job) -> Diagnostic:
    message = f"there is no {job.report.name} of this version beside the files, so what they were when built is unknown"
    hint = "keep the report with the files, or build the page again"
    return replace(_error(job, "no-report", message, hint), severity=Severity.NOTE)


def _chosen_now(document: Document, settings: Settings, earlier: Recorded | None) -> Chosen:
    """The settings as a report would keep them now; those of the build where its template is not at hand."""
    try:
        return _chosen(page_look(document, settings), settings)
    except UsageError:
        if earlier is None or settings.template is None:
            raise
        return earlier.chosen


def _chosen(theme: Theme, settings: Settings) -> Chosen:
    """The settings as a report keeps them."""
    # A template is what it holds, wherever it is.
    shaping = f"{theme.key}{replace(settings.shaping, template=None)!r}"
    return Chosen(digest=sha256(shaping.encode()).hexdigest(), options=settings.options)


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


def _judged(
    job: Job,
    settings: Settings,
    report: Report,
    said: tuple[Diagnostic, ...],
    seconds: tuple[tuple[str, float], ...] = (),
) -> Outcome:
    """The outcome of a verified page: errors fail it, and with `strict` warnings do."""
    fatal = {Severity.ERROR, Severity.WARNING} if settings.strict else {Severity.ERROR}
    failed = any(d.severity in fatal for d in said)
    exit_code = ContentError.exit_code if failed else 0
    return Outcome(job=job, diagnostics=said, report=report, exit_code=exit_code, seconds=seconds)


def _guarded(stage: Callable[[], Outcome], job: Job) -> Outcome:
    try:
        return stage()
    except SlidesError as error:
        return Outcome(job=job, diagnostics=error.diagnostics, report=None, exit_code=error.exit_code)
    except Exception as error:  # noqa: BLE001 - a fault of ours stops its page, not the run
        hint = "a fault of the pipeline, not of the page; please report it"
        told = _error(job, "internal-error", fault(error), hint)
        return Outcome(job=job, diagnostics=(told,), report=None, exit_code=EXIT_INTERNAL)


def _error(job: Job, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(severity=Severity.ERROR, code=code, message=message, path=str(job.page), hint=hint)
