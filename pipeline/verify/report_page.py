"""The report as one self-contained page: the source on one side, where it went on the other. It needs no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.diagnostics import Diagnostic, Severity
from pipeline.settings import Product
from pipeline.verify.trace import Finding, Omission, Trace, short

if TYPE_CHECKING:
    from pipeline.verify.report import Report

_STYLE = """
:root { color-scheme: light dark; --rule: #c9d1d9; --muted: #566370; --bad: #a3211b; --good: #1c6b48 }
@media (prefers-color-scheme: dark) { :root { --rule: #46505a; --muted: #a9b4bf; --bad: #ff9c94; --good: #7fd6ad } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.2; margin-bottom: .25rem }
h2 { font-size: 1.2rem; margin-top: 2.5rem }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; color: var(--muted); padding-bottom: .5rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--rule) }
th { font-weight: 600 }
td:first-child { font-variant-numeric: tabular-nums; color: var(--muted) }
td { overflow-wrap: anywhere }
.kind, .hint { color: var(--muted); font-size: .875rem }
.error, .bad { color: var(--bad) }
.good { color: var(--good) }
.lost { box-shadow: inset 3px 0 var(--bad); padding-left: .5rem }
li { margin-bottom: .5rem }
.wide { overflow-x: auto }
"""
_NAMES = {Product.DECK: "Deck", Product.HANDOUT: "Handout", Product.CHEATSHEET: "Comparison sheet"}
_NOTHING = '<span aria-label="not there">–</span>'


def report_page(report: Report) -> str:
    """The page, complete."""
    return "".join(_page(report))


def _page(report: Report) -> Iterator[str]:
    title = f"Report on {escape(report.path)}"
    yield f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    yield _verdict(report)
    yield from _files(report)
    yield from _said("What is wrong with the files", report.findings)
    yield from _said("What the build said", report.diagnostics)
    yield from _omissions(report.omissions)
    yield from _units(report)
    yield "</main>\n</body>\n</html>\n"


def _verdict(report: Report) -> str:
    wrong = sum(said.severity is Severity.ERROR for said in (*report.findings, *report.diagnostics))
    parts = f"{len(report.traces)} parts of the page were looked for"
    if report.ok:
        return f'<p><strong class="good">Nothing is lost.</strong> {parts}; all were found.</p>\n'
    errors = "1 error" if wrong == 1 else f"{wrong} errors"
    return f'<p><strong class="bad">Not whole: {errors}.</strong> {parts}.</p>\n'


def _files(report: Report) -> Iterator[str]:
    yield "<h2>Files</h2>\n<ul>\n"
    for file in report.files:
        when = "" if file.checked else ", of an earlier build"
        size = f"{file.size:,} bytes{when}"
        yield f"<li>{_NAMES[file.product]}: <code>{escape(file.name)}</code> <span class=hint>{size}</span></li>\n"
    yield "</ul>\n"


def _said(heading: str, diagnostics: tuple[Diagnostic, ...]) -> Iterator[str]:
    if not diagnostics:
        return
    yield f"<h2>{heading}</h2>\n<ul>\n"
    for said in diagnostics:
        severity = said.severity.value
        line = f"line {said.span.first}: " if said.span else ""
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
        yield f"<details><summary>{_NAMES[product]}: {escape(reason)}</summary>\n<ul>\n"
        for item in group:
            yield f"<li>line {item.line}: {escape(short(item.text))} <span class=kind>{escape(item.kind)}</span></li>\n"
        yield "</ul>\n</details>\n"


def _units(report: Report) -> Iterator[str]:
    present = {file.product for file in report.files if file.checked}
    lost = {finding.span.first for finding in report.findings if finding.span and finding.severity is Severity.ERROR}
    yield "<h2>Where everything went</h2>\n<div class=wide>\n<table>\n"
    yield "<caption>The page on the left, line by line; where each part of it is on the right.</caption>\n"
    heads = ("Line", "The page says", *(_NAMES[product] for product in Product if product in present))
    cells = "".join(f"<th scope=col>{head}</th>" for head in heads)
    yield f"<thead><tr>{cells}</tr></thead>\n<tbody>\n"
    for trace in report.traces:
        mark = " class=lost" if trace.line in lost else ""
        text = f'{escape(short(trace.text))} <span class="kind">{escape(trace.kind)}</span>'
        places = "".join(f"<td>{_place(product, trace)}</td>" for product in Product if product in present)
        yield f"<tr><td>{trace.line}</td><td{mark}>{text}</td>{places}</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _place(product: Product, trace: Trace) -> str:
    match product:
        case Product.DECK:
            names = {"slide": "slide {}", "notes": "notes of slide {}", "alt": "alternative text on slide {}"}
            return ", ".join(names[place.part].format(place.slide) for place in trace.deck) or _NOTHING
        case Product.HANDOUT:
            return ", ".join(f"page {page}" for page in trace.handout) or _NOTHING
        case Product.CHEATSHEET:
            return "whole" if trace.sheet else _NOTHING
