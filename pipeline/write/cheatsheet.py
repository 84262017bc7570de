"""The comparison sheet: exactly one page, in the largest type with which it is full, as a tagged PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from pipeline.labels import labels_for
from pipeline.model.plan import CheatSheet
from pipeline.settings import Product, Settings
from pipeline.theme import Colour, Theme
from pipeline.write.html_inlines import Printing, clean, inlines_html
from pipeline.write.html_table import MM_PER_POINT, text_width
from pipeline.write.labels import direction, italic, name_within
from pipeline.write.marks import SHAPES, mark_drawing
from pipeline.write.paper import fill, font_stacks, margins, on_paper, palette, w3c_date
from pipeline.write.pdf import Layout, Press
from pipeline.write.sheet_fitting import Setting, fit
from pipeline.write.sheet_ladder import Kept, departures, everything, fuller, ladder, weights
from pipeline.write.sheet_sizes import MARK_LETTER, label_column, sheet_sizes
from pipeline.write.sheet_view import (
    INDEX,
    LONG_INDEX,
    MANY_REFERENCES,
    TOO_MANY_REFERENCES,
    AsideView,
    EntryView,
    FigureView,
    SheetReference,
    aside_lines,
    aside_title,
    aside_views,
    entry_lines,
    entry_views,
    figure_view,
    in_columns,
    reference_views,
    row_views,
    subject_views,
)
from pipeline.write.shelf import Shelf
from pipeline.write.written import Written

# The footer's share of the page, in millimetres.
FOOTER = 7.0
# Two points of the page's height stay free against rounding.
SLACK = 2.0
# Sections take between these parts of the width beside notices; where they need more, notices stand after the last.
NARROWEST_SECTIONS, WIDEST_SECTIONS = 0.45, 0.7
# The heading of the notices takes so many lines, and a cell so much space at its sides, in ems.
HEADING_LINES, CELL_PADDING = 3.0, 0.9


def write_cheatsheet(cheatsheet: CheatSheet, theme: Theme, settings: Settings, pages: Mapping[str, int]) -> Written:
    """The sheet as a PDF of one page. `pages` are the handout's, by section."""
    printer = _SheetPrinter(cheatsheet, theme, pages, settings.epoch)
    steps = ladder(cheatsheet)
    wholes = (*fuller(cheatsheet), everything(cheatsheet))
    fitted = fit(wholes, steps, weights(cheatsheet, steps), printer.height, printer.room)
    told = departures(steps[: fitted.steps], cheatsheet, pages)
    data = printer.press.write(printer.laid_out(fitted.setting))
    return Written(data=data, diagnostics=(*printer.press.diagnostics(), *told))


class _Lower(Struct, frozen=True, kw_only=True):
    """What stands below the comparison: columns of sections, and asides beside, after or below them.

    `share` is the part of the width, in per cent, that sections take with asides beside them.
    """

    sections: tuple[tuple[EntryView, ...], ...]
    beside: tuple[AsideView, ...] = ()
    after: tuple[AsideView, ...] = ()
    below: tuple[tuple[AsideView, ...], ...] = ()
    index: str = ""
    share: float = 100.0


class _SheetPrinter:
    """Lays out one sheet in different settings."""

    def __init__(self, sheet: CheatSheet, theme: Theme, pages: Mapping[str, int], epoch: int | None) -> None:
        self._sheet = sheet
        theme = on_paper(theme)
        self._theme = theme
        self._pages = pages
        self._epoch = epoch
        self._layouts: dict[Setting, Layout] = {}
        self.labels = labels_for(sheet.language)
        top, right, bottom, left = theme.cheatsheet["margins"]
        self.paper = margins(sheet.paper, [top, right, bottom + FOOTER, left])
        self.room = self.paper.depth / MM_PER_POINT - SLACK
        shelf = Shelf()
        self._marks = {
            shape: shelf.put_drawing(shape, mark_drawing(shape, Colour.ON_SUBJECT, theme)) for shape in SHAPES
        }
        self._printing = Printing(
            product=Product.CHEATSHEET,
            labels=self.labels,
            shelf=shelf,
            right_to_left=direction(sheet.language) == "rtl",
            numbers={reference.target.url: reference.number for reference in sheet.references},
            measure=self.paper.measure,
            ink=palette(theme)[Colour.INK.value],
            mono=font_stacks(theme, sheet.language)["mono"],
        )
        self.press = Press(shelf, theme, path=sheet.source)

    def height(self, setting: Setting) -> float:
        """How high the sheet gets in this setting, in points: more than the room where it takes more than a page."""
        layout = self.laid_out(setting)
        height = sum(place.bottom - place.top for place in layout.places()["sheet:all"])
        return height if layout.page_count == 1 else max(height, self.room + 1)

    def laid_out(self, setting: Setting) -> Layout:
        """The sheet in this setting, on as many pages as it takes."""
        if setting not in self._layouts:
            sizes = sheet_sizes(self._sheet, self._theme, self.paper.measure, setting.scale)
            self._layouts[setting] = self.press.lay_out(self._html(setting, sizes), self._css(setting, sizes))
        return self._layouts[setting]

    def _html(self, setting: Setting, sizes: Mapping[str, float]) -> str:
        sheet, printing, kept = self._sheet, self._printing, setting.kept
        subjects = subject_views(sheet.comparison.subjects)
        compared = sheet.comparison
        rows = row_views(compared.rows[: kept.rows], compared.subjects, printing)
        lower = self._lower(setting, sizes)
        references, compact = self._references(setting, sizes)
        asides = (*lower.beside, *lower.after, *(aside for column in lower.below for aside in column))
        return fill(
            self._theme,
            "cheatsheet.html",
            turned=printing.turning,
            title=clean(sheet.title).unescape().strip() or sheet.source,
            summary=inlines_html(sheet.summary, printing),
            language=sheet.language,
            direction=direction(sheet.language),
            date=w3c_date(self._epoch),
            labels=self.labels,
            subjects=subjects,
            rows=rows,
            blanks=any(not cell.text for row in rows for cell in row.cells),
            figure=self._figure(setting, sizes) if subjects else None,
            figure_after=1 if rows and rows[0].large else len(rows),
            numbered=any(section.number for section in sheet.sections),
            lower=lower,
            sections_title=self._sections_title(),
            asides_title=aside_title(asides, self.labels),
            more_sections=self._more(len(sheet.sections), kept.sections),
            references=references,
            references_title=sheet.references_section.title if sheet.references_section else self.labels.references,
            references_page=self._references_page(),
            compact=compact,
            more_references=self._more(len(sheet.references), kept.references),
        )

    def _lower(self, setting: Setting, sizes: Mapping[str, float]) -> _Lower:
        entries = entry_views(self._sheet, setting.kept, self._printing, self._pages)
        asides = aside_views(self._sheet, setting.kept, self._printing, setting.scale)
        ems = self.paper.measure / MM_PER_POINT / sizes["text"]
        index = self._index(setting.kept)
        if index:
            count = 3 if index == "index" else 2
            heights = [entry.ems + 3 if index == "run-in" else entry_lines(entry, ems / count - 3) for entry in entries]
            below = in_columns(asides, [aside_lines(aside, ems / 2) for aside in asides], 2)
            return _Lower(sections=in_columns(entries, heights, count), below=below, index=index)
        heights = [entry_lines(entry, ems / 2 - 3) for entry in entries]
        aside_heights = [aside_lines(aside, ems / 2 - 4) for aside in asides]
        share = sum(heights) / (sum(heights) + sum(aside_heights) or 1)
        if asides and (len(entries) == 1 or share <= WIDEST_SECTIONS):
            wide = 100 * min(max(share, NARROWEST_SECTIONS), WIDEST_SECTIONS)
            return _Lower(sections=(entries,) if entries else (), beside=asides, share=wide)
        # The notices are one more entry after the last, so that both columns end near each other.
        last = [HEADING_LINES + sum(aside_heights)] if asides else []
        columns = in_columns((*entries, None) if asides else entries, (*heights, *last), 2)
        sections = tuple(tuple(entry for entry in column if entry is not None) for column in columns)
        return _Lower(sections=sections, after=asides)

    def _sections_title(self) -> str:
        """What heads the sections: another word where the page has none and its key points stand alone."""
        alone = [section for section in self._sheet.sections if not section.title]
        return self.labels.in_short if alone else self.labels.sections

    def _references_page(self) -> str:
        section = self._sheet.references_section
        page = self._pages.get(section.id) if section else None
        return self.labels.page.format(page) if page else ""

    def _figure(self, setting: Setting, sizes: Mapping[str, float]) -> FigureView | None:
        """The figure as wide as the subjects' columns allow."""
        if self._sheet.figure is None or not setting.kept.figure:
            return None
        padding = 2 * CELL_PADDING * sizes["cell"] * MM_PER_POINT
        return figure_view(self._sheet.figure, self._printing, setting.scale, self._columns_width() - padding)

    def _columns_width(self) -> float:
        """The width in millimetres of all subjects' columns with the gaps between them."""
        labels = label_column(self._sheet, self._theme, self.paper.measure)
        return self.paper.measure - labels - float(self._theme.cheatsheet["column_gap"])

    def _index(self, kept: Kept) -> str:
        """How titles without key points are set: by the number planned, so that it does not change as some leave."""
        if any(kept.points):
            return ""
        number = len(self._sheet.sections)
        return "run-in" if number > LONG_INDEX else "index" if number > INDEX else ""

    def _references(
        self, setting: Setting, sizes: Mapping[str, float]
    ) -> tuple[tuple[tuple[SheetReference, ...], ...], bool]:
        number = len(self._sheet.references)
        compact = number > TOO_MANY_REFERENCES
        count = 3 if number > MANY_REFERENCES and not compact else 2
        ems = self.paper.measure / count / MM_PER_POINT / sizes["address"] - 4
        views = reference_views(self._sheet, setting.kept, max(int(ems * 1.95), 16), compact=compact)
        heights = [
            text_width(view.text + view.address) + 3 if compact else 2.3 + text_width(view.text) // ems
            for view in views
        ]
        return in_columns(views, heights, count), compact

    def _more(self, whole: int, kept: int) -> str:
        """A word on what is cut, and where it stands."""
        if kept >= whole:
            return ""
        left = [self._pages[section.id] for section in self._sheet.sections[kept:] if section.id in self._pages]
        page = self.labels.short_page.format(min(left)) if left else ""
        return self.labels.more.format(whole - kept, page).strip()

    def _css(self, setting: Setting, sizes: Mapping[str, float]) -> str:
        sheet, theme = self._sheet, self._theme
        leftward = direction(sheet.language) == "rtl"
        digits = len(str(max((reference.number for reference in sheet.references), default=1)))
        section_digits = max((len(str(section.number or "")) for section in sheet.sections), default=0)
        footer = self._footer()
        values: dict[str, Any] = {
            "page": self.paper,
            "colour": palette(theme),
            "font": font_stacks(theme, sheet.language),
            "size": sizes,
            "air": setting.air,
            "label_column": label_column(self._sheet, self._theme, self.paper.measure),
            "column_gap": theme.cheatsheet["column_gap"],
            "half": 50 * (1 - float(theme.cheatsheet["column_gap"]) / self._columns_width()),
            "marks": self._marks,
            "number_width": 0.62 * section_digits + 0.7 if section_digits else 0,
            "mark_letter": MARK_LETTER,
            "page_width": 0.55 * len(self.labels.page.format(max(self._pages.values(), default=0))) + 1.5,
            "reference_width": 0.62 * digits + 0.9,
            "start": "right" if leftward else "left",
            "end": "left" if leftward else "right",
            "italic": italic(sheet.language),
            "footer": footer,
            "footer_share": 100 * text_width(footer[0]) / max(sum(map(text_width, footer)), 1),
        }
        return fill(theme, "cheatsheet.css", **values)

    def _footer(self) -> tuple[str, str]:
        named = f"{self.labels.source}: {name_within(self._sheet.source, self._sheet.language)}"
        source = f"{named} · {self.labels.whole_clauses}"
        handout = name_within(f"{PurePosixPath(self._sheet.source).stem}-handout.pdf", self._sheet.language)
        right = (self._sheet.date, self.labels.page_numbers.format(handout) if self._pages else "")
        ends = clean(source).unescape(), clean(" · ".join(filter(None, right))).unescape()
        room = self.paper.measure / MM_PER_POINT / self._theme.cheatsheet["footer"]
        if sum(map(text_width, ends)) > room - 3:
            return clean(named).unescape(), ends[1]
        return ends
