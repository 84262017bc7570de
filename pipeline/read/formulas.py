"""The formulas of a page drawn as they are read; those that cannot be drawn are told of and keep their source."""

from __future__ import annotations

from pipeline.diagnostics import Span
from pipeline.model.document import FormulaBlock
from pipeline.model.inlines import DrawnFormula, FormulaSpan
from pipeline.read.context import Sink
from pipeline.typeset.formulas import FormulaDrawer, UndrawableError


class Formulas:
    """Makes the formulas of one page. Each that cannot be drawn is told of once for its lines."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._drawer = FormulaDrawer()
        self._told: set[tuple[str, int]] = set()

    def block(self, source: str, span: Span) -> FormulaBlock:
        """A displayed formula."""
        return FormulaBlock(source=source, span=span, drawn=self._drawn(source, span, in_line=False))

    def span(self, source: str, span: Span) -> FormulaSpan:
        """A formula within a line."""
        return FormulaSpan(source=source, span=span, drawn=self._drawn(source, span, in_line=True))

    def _drawn(self, source: str, span: Span, *, in_line: bool) -> DrawnFormula | None:
        try:
            return self._drawer.draw(source, in_line=in_line)
        except UndrawableError as error:
            if (source, span.first) not in self._told:
                self._told.add((source, span.first))
                message = f"a formula is shown as its source: {error}"
                hint = "write it in LaTeX's own commands, with every brace and \\left closed, in several parts if long"
                self._sink.warn("undrawable-formula", message, span, hint=hint)
            return None
