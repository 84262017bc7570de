"""read → plan → write → verify for one page, and the run over many."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pipeline.beside import Alone, Pending, SideBySide, Workers, fault, processors, with_room
from pipeline.diagnostics import (
    ContentError,
    Diagnostic,
    Severity,
    SlidesError,
    UsageError,
    in_order,
)
from pipeline.jobs import Job
from pipeline.looks import look_of, page_look
from pipeline.making import load_paper_writers, load_writers, make_deck, make_files, plan, read_document
from pipeline.model.document import Document
from pipeline.model.plan import Plans
from pipeline.outputs import built, earlier_build, place, refuse_edited
from pipeline.settings import Overrides, Product, Settings
from pipeline.theme import Theme
from pipeline.verify import Chosen, Provenance, Report, report_of, verify

if TYPE_CHECKING:
    from pipeline.verify.record import Recorded

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


def build_all(jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """Each page's outcome, in order, as it is done; one bad page does not stop the others.

    The files of a single page are made side by side, of many pages, the pages are; a deck alone has nothing beside it.
    """
    _load_template(settings)
    if len(jobs) == 1:
        with Alone() if settings.products == {Product.DECK} else SideBySide() as workers:
            yield _guarded(lambda: _build(jobs[0], settings, workers), jobs[0])
    else:
        yield from _side_by_side(_build_alone, jobs, settings)


def check_all(jobs: Sequence[Job], settings: Settings) -> Iterator[Outcome]:
    """Each page's outcome, in order, when its files, built earlier, are held against it."""
    if len(jobs) == 1:
        yield _guarded(lambda: _check(jobs[0], settings), jobs[0])
    else:
        yield from _side_by_side(_check, jobs, settings)


def plan_page(job: Job, settings: Settings) -> tuple[Document, Plans, tuple[Diagnostic, ...]]:
    """The page, its plans, and what reading and planning said; nothing is written."""
    page = plan(job, settings)
    return page.document, page.plans, page.diagnostics


def _side_by_side(
    stage: Callable[[Job, Settings], Outcome], jobs: Sequence[Job], settings: Settings
) -> Iterator[Outcome]:
    """Each page in a process of its own, as many at a time as there are processors."""
    load_writers(settings.products)
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
    with Alone() as workers:
        return _build(job, settings, workers)


def _build(job: Job, settings: Settings, workers: Workers) -> Outcome:
    earlier = earlier_build(job)
    if Product.DECK in settings.products and not settings.force:
        refuse_edited(job, Product.DECK, earlier)
    planning = workers.begin(plan, job, settings)
    making_deck = planning.then(make_deck)
    load_paper_writers(settings.products)  # meanwhile
    page = planning.result()
    made = make_files(page, planning, making_deck, workers)
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


def _load_template(settings: Settings) -> None:
    """Read the template of the command line, so that every process begun later has it; pages tell its faults."""
    if settings.options.template is not None:
        with suppress(UsageError):
            look_of(settings.overridden(Overrides()))


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


@with_room
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
