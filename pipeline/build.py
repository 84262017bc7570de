"""read → plan → write → verify for one page, and the run over many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.diagnostics import ContentError, Diagnostic, Severity, SlidesError, SystemLibraryError
from pipeline.jobs import Job
from pipeline.model.document import Document
from pipeline.model.plan import Plans
from pipeline.outputs import earlier_build, place, refuse_edited
from pipeline.plan import compare, plan_document
from pipeline.read import read_page
from pipeline.settings import Product, Settings, read_settings_file
from pipeline.theme import load_theme
from pipeline.typeset import Typesetter
from pipeline.verify import Report, verify
from pipeline.write.written import Written

EXIT_INTERNAL = 70  # EX_SOFTWARE of sysexits.h


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one page. `report` is None where the page could not be read or written at all."""

    job: Job
    diagnostics: tuple[Diagnostic, ...]
    report: Report | None
    exit_code: int


def build_all(jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """Each page's outcome as it is done; one bad page does not stop the others."""
    return (_guarded(_build, job, settings) for job in jobs)


def check_all(jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """Each page's outcome when its files, built earlier, are held against it."""
    return (_guarded(_check, job, settings) for job in jobs)


def read_document(job: Job, settings: Settings) -> tuple[Document, tuple[Diagnostic, ...], Settings]:
    """The page, what reading it said, and the settings with its folder's and its own."""
    settings = replace(settings, root=job.root).overridden(read_settings_file(job.root))
    reading = read_page(job.page, settings)
    return reading.document, reading.diagnostics, settings.overridden(reading.document.metadata.overrides)


def _build(job: Job, settings: Settings) -> Outcome:
    earlier = earlier_build(job)
    if Product.DECK in settings.products and not settings.force:
        refuse_edited(job, Product.DECK, earlier)
    document, said, settings = read_document(job, settings)
    theme = load_theme(settings.theme)
    typesetter = Typesetter(theme)
    planned = plan_document(document, settings, theme, typesetter)
    written = _write(planned.plans, settings, typesetter)
    files = {product: written[product].data for product in Product if product in settings.products}
    said = (*said, *planned.diagnostics, *(d for product in files for d in written[product].diagnostics))
    located = tuple(dict.fromkeys(replace(d, path=document.path) for d in said))
    report = verify(document, planned.plans.cheatsheet.comparison, files, located)
    outcome = _judged(job, settings, report, (*report.diagnostics, *report.findings))
    if outcome.exit_code == 0:
        kept = tuple(f for f in earlier.files if f.product not in files) if earlier else ()
        told = replace(report, files=(*report.files, *kept)).as_json().encode()
        place(job, {job.file(product): data for product, data in files.items()} | {job.report: told})
    return outcome


def _check(job: Job, settings: Settings) -> Outcome:
    files = {p: job.file(p).read_bytes() for p in Product if p in settings.products and job.file(p).is_file()}
    if not files:
        raise ContentError(_error(job, "not-built", f"no files of this page are in {job.folder}", "build it first"))
    document, _, settings = read_document(job, settings)
    earlier = earlier_build(job)
    report = verify(document, compare(document), files, earlier.diagnostics if earlier else ())
    return _judged(job, settings, report, report.findings)


def _write(plans: Plans, settings: Settings, typesetter: Typesetter) -> Mapping[Product, Written]:
    """The files, and the handout also where only the sheet was asked for, since the sheet names its pages."""
    from pipeline.write.cheatsheet import write_cheatsheet
    from pipeline.write.deck import write_deck
    from pipeline.write.handout import write_handout

    theme = load_theme(settings.theme)
    written: dict[Product, Written] = {}
    with _system_libraries():
        if Product.DECK in settings.products:
            written[Product.DECK] = write_deck(plans.deck, theme, settings)
        if settings.products & {Product.HANDOUT, Product.CHEATSHEET}:
            handout = write_handout(plans.handout, plans.deck, theme, settings, typesetter)
            written[Product.HANDOUT] = handout
            if Product.CHEATSHEET in settings.products:
                written[Product.CHEATSHEET] = write_cheatsheet(plans.cheatsheet, theme, settings, handout.pages)
    return written


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


def _judged(job: Job, settings: Settings, report: Report, said: tuple[Diagnostic, ...]) -> Outcome:
    """The outcome of a verified page: errors fail it, and with `strict` warnings do."""
    fatal = {Severity.ERROR, Severity.WARNING} if settings.strict else {Severity.ERROR}
    failed = any(d.severity in fatal for d in said)
    return Outcome(job=job, diagnostics=said, report=report, exit_code=ContentError.exit_code if failed else 0)


def _guarded(stage: Callable[[Job, Settings], Outcome], job: Job, settings: Settings) -> Outcome:
    try:
        return stage(job, settings)
    except SlidesError as error:
        return Outcome(job=job, diagnostics=error.diagnostics, report=None, exit_code=error.exit_code)
    except Exception as error:  # noqa: BLE001 - a fault of ours stops its page, not the run
        return Outcome(job=job, diagnostics=(_internal(job, error),), report=None, exit_code=EXIT_INTERNAL)


def _internal(job: Job, error: Exception) -> Diagnostic:
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" ({Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno})" if frame else ""
    hint = "a fault of the pipeline, not of the page; please report it"
    return _error(job, "internal-error", f"{type(error).__name__}: {error}{where}", hint)


def _error(job: Job, code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(severity=Severity.ERROR, code=code, message=message, path=str(job.page), hint=hint)
