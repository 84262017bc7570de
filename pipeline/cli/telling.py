"""What the command says: messages, one line for each page, and the code that the process ends with."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn

import click

from pipeline.diagnostics import Diagnostic, Severity, SlidesError
from pipeline.messages import counted, message_lines, printable

if TYPE_CHECKING:
    from pipeline.build import Outcome


def usage(code: str, message: str, hint: str) -> Diagnostic:
    """A wrong use of the command, as it is told."""
    return Diagnostic(severity=Severity.ERROR, code=code, message=message, hint=hint)


class told_in_one_line:  # noqa: N801 - reads as a statement
    """Turns an error that ends the run into one line and its exit code."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if isinstance(error, SlidesError):
            tell(error.diagnostics, quiet=False)
            sys.exit(error.exit_code)


def run(outcomes: Iterable[Outcome], total: int, failure: str, *, quiet: bool, timings: bool = False) -> None:
    """Tell each outcome as it comes, then exit with the gravest code."""
    codes = [0]
    told: set[Diagnostic] = set()
    for outcome in _with_progress(outcomes, total, quiet=quiet):
        # What is wrong with the folder's settings is wrong for each of its pages.
        tell((said for said in outcome.diagnostics if said not in told), quiet=quiet)
        told.update(outcome.diagnostics)
        if not quiet:
            click.echo(printable(_summary(outcome, failure)))
        if timings:
            click.echo(", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in outcome.seconds))
        codes.append(outcome.exit_code)
    failed = sum(code != 0 for code in codes)
    if total > 1 and not quiet:
        click.echo(f"{total - failed} of {total} pages are whole")
    sys.exit(max(codes))


def run_for_programs(outcomes: Iterable[Outcome], form: str) -> NoReturn:
    """Tell the outcomes as JSON or as annotations on standard output, then exit with the gravest code."""
    from pipeline.verify.report import annotation

    done = tuple(outcomes)
    if form == "json":
        reports = (outcome.report.as_json() for outcome in done if outcome.report)
        click.echo(f"[{','.join(reports)}]")
        for outcome in done:
            tell(outcome.diagnostics if outcome.report is None else (), quiet=False)
    else:
        for diagnostic in (diagnostic for outcome in done for diagnostic in outcome.diagnostics):
            click.echo(annotation(diagnostic))
    sys.exit(max((outcome.exit_code for outcome in done), default=0))


def _summary(outcome: Outcome, failure: str) -> str:
    """One line on a page: how much of it was looked for, in which files, and with what result."""
    if outcome.report is None:
        return f"{outcome.job.page}: {failure}"
    files = ", ".join(file.product.called for file in outcome.report.files)
    found = f"{outcome.job.page}: {counted(len(outcome.report.traces), 'part')} looked for in {files}"
    counts = (counted(n, s.value) for s in Severity if (n := sum(d.severity is s for d in outcome.diagnostics)))
    verdict = f"all found, in {outcome.job.folder}" if outcome.exit_code == 0 else failure
    return "; ".join([f"{found}: {verdict}", *counts])


def _with_progress(outcomes: Iterable[Outcome], total: int, *, quiet: bool) -> Iterator[Outcome]:
    """The outcomes, with a bar on a terminal where there are many."""
    if quiet or total == 1 or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    # Drawn when a page is done, and not by a thread: pages are built in processes forked from this one.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("", total=total)
        for outcome in outcomes:
            progress.update(task, advance=1, description=str(outcome.job.page), refresh=True)
            yield outcome


def tell(diagnostics: Iterable[Diagnostic], *, quiet: bool) -> None:
    """Say diagnostics on standard error; the quiet run leaves out notes."""
    for severity, line in message_lines(diagnostics, quiet=quiet):
        click.echo(click.style(line, fg=_HUES[severity]), err=True)


_HUES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: None}
