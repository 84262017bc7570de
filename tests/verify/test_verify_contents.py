"""The table of contents: every section beside those that it has, as it stands, with its page."""

from __future__ import annotations

import weasyprint
from msgspec.structs import replace

from pipeline.diagnostics import Span
from pipeline.settings import Product
from pipeline.verify.carried import ContentsLine, Spot, Where
from pipeline.verify.contents import ContentsCheck
from pipeline.verify.findings import Teller
from pipeline.verify.phrase import phrase_of_text
from pipeline.verify.placing import Places
from pipeline.verify.read_pdf import read_pdf
from pipeline.verify.units import Kind, Unit

TITLES = ("Startup time", "Disk space", "👉 Where to use which", "Security")
PAGES = (2, 2, 3, 5)
UNITS = tuple(
    Unit(kind=Kind.SECTION, text=title, phrase=phrase_of_text(title), span=Span(first=line, last=line))
    for line, title in enumerate(TITLES, 10)
)
LINES = tuple(
    ContentsLine(number=1, title=title, printed=page, jump=page) for title, page in zip(TITLES, PAGES, strict=True)
)


def told(*lines: ContentsLine) -> list[tuple[str, int]]:
    """What is told of contents of these lines, by code and source line."""
    places = Places(spots=[[Spot(where=Where.PAGE, number=page)] for page in PAGES], reads=[])
    teller = Teller(product=Product.HANDOUT, path="page.md")
    findings = ContentsCheck(teller, UNITS, places, lines).findings()
    return [(finding.code, finding.span.first) for finding in findings if finding.span]


def test_whole_contents_and_none_are_well() -> None:
    assert told(*LINES) == []
    assert told() == []


def test_signs_may_stand_elsewhere_in_a_title() -> None:
    assert told(*LINES[:2], replace(LINES[2], title="Where to use which 👉"), LINES[3]) == []


def test_a_sign_may_stand_as_its_name() -> None:
    said = "[white right pointing backhand index] Where to use which"
    assert told(*LINES[:2], replace(LINES[2], title=said), LINES[3]) == []
    assert told(*LINES[:2], replace(LINES[2], title=f"{said} not"), LINES[3]) == [("altered-section", 12)]


def test_a_line_that_is_missing_is_told() -> None:
    assert told(*LINES[:1], *LINES[2:]) == [("lost-contents", 11)]


def test_a_title_that_was_changed_is_told() -> None:
    assert told(replace(LINES[0], title="Startup cost"), *LINES[1:]) == [("altered-section", 10)]


def test_a_line_that_prints_or_opens_another_page_is_told() -> None:
    assert told(*LINES[:3], replace(LINES[3], printed=4)) == [("wrong-target", 13)]
    assert told(*LINES[:3], replace(LINES[3], jump=2)) == [("wrong-target", 13)]


def test_sections_further_down_need_no_line() -> None:
    inner = replace(UNITS[1], text="Layers", phrase=phrase_of_text("Layers"), section=1)
    places = Places(spots=[[Spot(where=Where.PAGE, number=2)] for _ in range(3)], reads=[])
    teller = Teller(product=Product.HANDOUT, path="page.md")
    assert list(ContentsCheck(teller, (*UNITS[:2], inner), places, LINES[:2]).findings()) == []


def test_a_title_that_an_inner_section_has_as_well_is_the_outer_ones() -> None:
    inner = replace(UNITS[1], section=0)
    places = Places(spots=[[Spot(where=Where.PAGE, number=page)] for page in (2, 2, *PAGES[1:])], reads=[])
    teller = Teller(product=Product.HANDOUT, path="page.md")
    assert list(ContentsCheck(teller, (UNITS[0], inner, *UNITS[1:]), places, LINES).findings()) == []


def test_a_section_called_as_the_page_is_stands_above_what_follows_it() -> None:
    page = replace(UNITS[0], kind=Kind.TITLE)
    teller = Teller(product=Product.HANDOUT, path="page.md")
    for follows, codes in ((2, []), (3, ["wrong-target"])):
        # The section's title was taken to be the page's, on the first page.
        places = Places(spots=[[Spot(where=Where.PAGE, number=n)] for n in (1, 1, follows, *PAGES[2:])], reads=[])
        units = (page, *(replace(unit, section=0) for unit in UNITS))
        found = ContentsCheck(teller, units, places, (LINES[0], replace(LINES[1], printed=follows, jump=follows)))
        assert [finding.code for finding in found.findings() if finding.code == "wrong-target"] == codes


def test_lines_that_print_their_page_are_read_as_contents() -> None:
    body = """<style>.page::before{content:target-counter(attr(href), page)}</style><h1>Page</h1>
    <ul><li><a class=page href='#b'></a> slides 3–4 <a href='#b'>Disk space</a></li><li>see <a href='#b'>there</a></li>
    </ul><h2 id=b style='break-before:page'>Disk space</h2>"""
    data = weasyprint.HTML(string=f"<html lang=en><title>Page</title>{body}").write_pdf(pdf_variant="pdf/ua-1")
    (line,) = read_pdf(data).contents
    assert (line.number, line.title.strip(), line.printed, line.jump) == (1, "Disk space", 2, 2)
