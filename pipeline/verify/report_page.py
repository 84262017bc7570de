"""The report as one self-contained page: the source on one side, where it went on the other. It needs no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.settings import Product
from pipeline.verify.trace import Finding, Omission, Trace, short

if TYPE_CHECKING:
    from pipeline.verify.report import Report

_STYLE = """
:root { color-scheme: light dark; --rule: #c9d1d9; --muted: #566370; --bad: #a3211b; --good: #1c6b48;
  --accent: #164f9c; --panel: #f2f4f7 }
@media (prefers-color-scheme: dark) { :root { --rule: #46505a; --muted: #a9b4bf; --bad: #ff9c94; --good: #7fd6ad;
  --accent: #9dc1ff; --panel: #1d242c } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere }
h1 span { display: block; font-size: 1rem; font-weight: 600; color: var(--accent) }
h2 { font-size: 1.2rem; margin-top: 2.5rem }
.verdict { background: var(--panel); border-left: 4px solid; padding: .75rem 1rem }
a { color: inherit; text-decoration-color: var(--muted) }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; color: var(--muted); padding-bottom: .5rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--rule) }
th { font-weight: 600 }
td:first-child { font-variant-numeric: tabular-nums; color: var(--muted) }
td { overflow-wrap: anywhere }
td:nth-child(n + 3) { font-size: .875rem }
tr.section td { background: var(--panel) }
tr.section td:nth-child(2) { font-weight: 600 }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.kind, .hint { color: var(--muted); font-size: .875rem }
.error, .bad { color: var(--bad) }
.good { color: var(--good) }
.lost { box-shadow: inset 3px 0 var(--bad); padding-left: .5rem }
li { margin-bottom: .5rem }
.wide { overflow-x: auto }
"""
_NOTHING = '<span aria-hidden="true">–</span><span class="unseen">not there</span>'


def report_page(report: Report) -> str:
    """The page, complete."""
    return "".join(_page(report))


def _page(report: Report) -> Iterator[str]:
    title = f"Report on {escape(report.path)}"
    yield f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    name = escape(PurePosixPath(report.path).name)
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1><span>Report</span> {name}</h1>\n"
    yield f"<p class=hint><code>{escape(report.path)}</code></p>\n"
    yield _verdict(report)
    yield from _files(report)
    rows = frozenset(trace.line for trace in report.traces)
    yield from _said("What is wrong with the files", report.findings, rows)
    yield from _said("What the build said", report.diagnostics, rows)
    yield from _omissions(report.omissions)
    yield from _units(report)
    yield "</main>\n</body>\n</html>\n"


def _verdict(report: Report) -> str:
    wrong = sum(said.severity is Severity.ERROR for said in (*report.findings, *report.diagnostics))
    parts = f"{len(report.traces)} parts of the page were looked for"
    if report.ok:
        return f'<p class="verdict good"><strong>Nothing is lost.</strong> {parts}; all were found.</p>\n'
    errors = "1 error" if wrong == 1 else f"{wrong} errors"
    return f'<p class="verdict bad"><strong>Not whole: {errors}.</strong> {parts}.</p>\n'


def _files(report: Report) -> Iterator[str]:
    yield "<h2>Files</h2>\n<ul>\n"
    for file in report.files:
        when = "" if file.checked else ", of an earlier build"
        has = f"{_carried(report, file.product)} of {len(report.traces)} parts whole, " if file.checked else ""
        size = f"{has}{file.size:,} bytes{when}"
        name = file.product.called.capitalize()
        yield f"<li>{name}: <code>{escape(file.name)}</code> <span class=hint>{size}</span></li>\n"
    yield "</ul>\n"


def _carried(report: Report, product: Product) -> int:
    """How many units a file has whole."""
    return sum(_place(product, trace) != _NOTHING for trace in report.traces)


def _said(heading: str, diagnostics: tuple[Diagnostic, ...], rows: frozenset[int]) -> Iterator[str]:
    """A list of what was said, each with its line, which leads to its row where the table has one of these `rows`."""
    if not diagnostics:
        return
    yield f"<h2>{heading}</h2>\n<ul>\n"
    for said in diagnostics:
        severity = said.severity.value
        number = said.span.first if said.span else None
        line = "" if number is None else f"line {number}: "
        line = f'<a href="#line-{number}">line {number}</a>: ' if number in rows else line
        place = f" <span class=hint>({escape(said.place)})</span>" if isinstance(said, Finding) and said.place else ""
        hint = f"<br><span class=hint>{escape(said.hint)}</span>" if said.hint else ""
        name = f"<strong class={severity}>{severity}</strong> <code>{escape(said.code)}</code>"
        yield f"<li>{name} {line}{escape(said.message)}{place}{hint}</li>\n"
    yield "</ul>\n"


def _omissions(omissions: tuple[Omission, ...]) -> Iterator[str]:
    if not omissions:
        return
    yield "<h2>What may be missing</h2>\n"
    for (product, reason), group in groupby(omissions, key=lambda item: (item.product, item.reason)):
        yield f"<details><summary>{product.called.capitalize()}: {escape(reason)}</summary>\n<ul>\n"
        for item in group:
            yield f"<li>line {item.line}: {escape(short(item.text))} <span class=kind>{escape(item.kind)}</span></li>\n"
        yield "</ul>\n</details>\n"


def _units(report: Report) -> Iterator[str]:
    present = {file.product for file in report.files if file.checked}
    lost = {finding.span.first for finding in report.findings if finding.span and finding.severity is Severity.ERROR}
    yield "<h2>Where everything went</h2>\n<div class=wide>\n<table>\n"
    yield "<caption>The page on the left, line by line; where each part of it is on the right.</caption>\n"
    heads = ("Line", "The page says", *(product.called.capitalize() for product in Product if product in present))
    cells = "".join(f"<th scope=col>{head}</th>" for head in heads)
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>\n"
    met: set[int] = set()
    for trace in report.traces:
        mark = " class=lost" if trace.line in lost else ""
        row = " class=section" if trace.kind == "section" else ""
        name = "" if trace.line in met else f' id="line-{trace.line}"'
        met.add(trace.line)
        text = f'{escape(short(trace.text))} <span class="kind">{escape(trace.kind)}</span>'
        places = "".join(f"<td>{_place(product, trace)}</td>" for product in Product if product in present)
        yield f"<tr{row}{name}><td>{trace.line}</td><td{mark}>{text}</td>{places}</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _place(product: Product, trace: Trace) -> str:
    match product:
        case Product.DECK:
            return ", ".join(_slides(trace)) or _NOTHING
        case Product.HANDOUT:
            return ", ".join(f"page {page}" for page in trace.handout) or _NOTHING
        case Product.CHEATSHEET:
            return "whole" if trace.sheet else _NOTHING


def _slides(trace: Trace) -> Iterator[str]:
    """The slides of a unit, in their order, with what of each has it."""
    for slide, places in groupby(sorted(trace.deck), key=lambda place: place.slide):
        parts = {place.part for place in places}
        if "slide" in parts:
            yield f"slide {slide}{' and its notes' if 'notes' in parts else ''}"
        elif "notes" in parts:
            yield f"notes of slide {slide}"
        else:
            yield f"alternative text on slide {slide}"
