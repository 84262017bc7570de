"""What a comparison lacks, told with the line that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.diagnostics import Diagnostic, Severity, Span
from pipeline.model.document import ComparisonHint, Document
from pipeline.model.plan import Comparison
from pipeline.plan.comparison.labelled import labelled
from pipeline.plan.comparison.mentions import Names
from pipeline.plan.comparison.subjects import left_out
from pipeline.plan.comparison.titles import MAX_SUBJECTS, bare


def comparison_problems(document: Document, comparison: Comparison) -> tuple[Diagnostic, ...]:
    """A warning for each thing that the author asks of the comparison and that it does not give."""
    hint = document.metadata.compare
    asked = tuple(_asked(document, hint, comparison)) if hint else ()
    return (*asked, *_beyond(document, comparison))


def _asked(document: Document, hint: ComparisonHint, comparison: Comparison) -> Iterator[Diagnostic]:
    if not comparison.rows:
        listed = " and ".join(subject.name for subject in comparison.subjects) or "the subjects"
        message = f"the page sets nothing of {listed} side by side, so the sheet gives its key facts"
        yield _warning(document, "empty-comparison", message, hint.span, "write rows under `compare:`, or a table")
        return
    names = Names(subjects=comparison.subjects)
    for cell in (*(cell for row in hint.rows for cell in row.cells), *hint.verdicts):
        if len(names.named(cell.subject)) != 1:
            message = f"{cell.subject} is none of the subjects that are compared"
            known = ", ".join(subject.name for subject in comparison.subjects)
            line = Span(first=cell.line, last=cell.line)
            yield _warning(document, "unknown-subject", message, line, f"they are {known}")
    aspects = {bare(row.aspect).casefold() for row in comparison.rows}
    for aspect in hint.order:
        if bare(aspect).casefold() not in aspects:
            message = f"no row is called {aspect}, which `order` names"
            yield _warning(document, "unknown-aspect", message, hint.span, "write the name as the sheet shows it")


def _beyond(document: Document, comparison: Comparison) -> Iterator[Diagnostic]:
    names = left_out(document, labelled(document)) if len(comparison.subjects) == MAX_SUBJECTS else ()
    if names:
        message = f"one sheet has room for {MAX_SUBJECTS} subjects; {', '.join(names)} are not compared on it"
        hint = document.metadata.compare
        lines = [cell.line for row in comparison.rows for cell in row.cells]
        span = hint.span if hint else Span(first=min(lines, default=1), last=min(lines, default=1))
        yield _warning(document, "too-many-subjects", message, span, "name those that matter in `compare:`")


def _warning(document: Document, code: str, message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic(severity=Severity.WARNING, code=code, message=message, path=document.path, span=span, hint=hint)
