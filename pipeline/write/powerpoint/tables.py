"""Native tables: columns, rows and cells as measured, with no lines but the rows' rules."""

from __future__ import annotations

from typing import Final

from pipeline.model.fitted import FittedCell, FittedRow, Stroke, TableBox
from pipeline.theme import Theme
from pipeline.write.powerpoint.colours import fill, line
from pipeline.write.powerpoint.frames import identity, transform
from pipeline.write.powerpoint.markup import Markup, element
from pipeline.write.powerpoint.shapes import Frame
from pipeline.write.powerpoint.text import TextWriter

_TABLE: Final = "http://schemas.openxmlformats.org/drawingml/2006/table"
# PowerPoint's own style "No Style, No Grid": what is added later looks like what is there.
_NO_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def table(box: TableBox, frame: Frame, writer: TextWriter) -> Markup:
    """A table in its frame."""
    # Programs other than PowerPoint do not turn a table with `rtl`, so its columns are written as they stand.
    sides = {"lastCol": 1} if box.from_right else {"firstCol": int(box.bold_first_column)}
    flags = {"firstRow": int(box.has_head), **sides}
    properties = element("a:tblPr", flags, element("a:tableStyleId", text=_NO_STYLE))
    columns = element("a:tblGrid", None, *(element("a:gridCol", {"w": int(width)}) for width in box.widths))
    above: tuple[Stroke | None, ...] = (None, *(row.rule for row in box.rows))
    rows = [_row(row, rule, writer) for row, rule in zip(box.rows, above, strict=False)]
    data = element("a:graphicData", {"uri": _TABLE}, element("a:tbl", None, properties, columns, *rows))
    names = element(
        "p:nvGraphicFramePr",
        None,
        identity(frame.id, box.name, box.description),
        element("p:cNvGraphicFramePr", None, element("a:graphicFrameLocks", {"noGrp": 1})),
        element("p:nvPr"),
    )
    return element("p:graphicFrame", None, names, transform(box.rect, "p:xfrm"), element("a:graphic", None, data))


def _row(row: FittedRow, above: Stroke | None, writer: TextWriter) -> Markup:
    cells = [_cell(cell, row.rule, above, writer) for cell in row.cells]
    return element("a:tr", {"h": int(row.height)}, *cells)


def _cell(cell: FittedCell, below: Stroke | None, above: Stroke | None, writer: TextWriter) -> Markup:
    """A cell. A rule between two rows is written on both, since programs differ in whose they draw."""
    text = element("a:txBody", None, element("a:bodyPr"), element("a:lstStyle"), *writer.paragraphs(cell.paragraphs))
    margins = {"marL": int(cell.inset), "marR": int(cell.inset), "marT": 0, "marB": 0, "anchor": "ctr"}
    return element("a:tc", None, text, element("a:tcPr", margins, *_edges(above, below, writer.characters.theme, cell)))


def _edges(above: Stroke | None, below: Stroke | None, theme: Theme, cell: FittedCell) -> list[Markup]:
    sides = (("a:lnL", None), ("a:lnR", None), ("a:lnT", above), ("a:lnB", below))
    return [*(line(stroke, theme, tag) for tag, stroke in sides), fill(cell.fill, theme)]
