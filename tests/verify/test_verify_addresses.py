"""Addresses that are printed: as what they open, and where they could be clicked when the file was built."""

from __future__ import annotations

import pytest
from verify_page import at, link, page, paragraph, text

from pipeline.model.document import Section
from pipeline.model.inlines import SectionTarget
from pipeline.settings import Product
from pipeline.verify.carried import CarriedLink, Passage, Spot, Where
from pipeline.verify.findings import Teller
from pipeline.verify.links import LinkCheck
from pipeline.verify.placing import Layer, Places, place
from pipeline.verify.runs import TextRun, passage_of
from pipeline.verify.shown import excerpts, gone
from pipeline.verify.units import units_of

URL = "https://example.org/tea/0091-leaves?cup=%C3%A9"
UNITS = units_of(
    page(
        paragraph(4, "Ask the ", link("keepers", URL, 4), " first."),
        paragraph(6, "Ask ", link("example.org/old/name", "https://example.org/new/name", 6), " next."),
    )
)


def text_of(*runs: TextRun) -> str:
    passage = passage_of(runs, Where.SLIDE, 7, heading=False)
    return passage.text if passage else ""


def test_marks_that_lead_to_a_place_are_no_text_unless_they_are_part_of_a_link() -> None:
    def to(text: str, jump: int | None = 3) -> TextRun:
        return TextRun(text=text, jump=jump)

    assert text_of(to("Tea", None), to("2"), to(" is old", None), to("[3]", 4), to("a", 5)) == "Tea is old"
    assert text_of(to("Part "), to("2"), to(", "), to("leave"), to("s"), to(", "), to("4", 4)) == "Part 2, leaves, "


def misprinted(text: str, url: str = URL) -> list[tuple[str, int]]:
    places = place(UNITS, ())
    printed = CarriedLink(where=Where.SLIDE, number=7, text=text, url=url)
    teller = Teller(product=Product.DECK, path="page.md")
    found = LinkCheck(teller, UNITS, places, (printed,)).findings()
    return [(f.code, f.span.first) for f in found if f.span and f.code == "altered-reference"]


@pytest.mark.parametrize("text", ["https://example.org/tea/0041-leaves", "example.org/\ntea/leaves", "a.b/c"])
def test_an_address_that_is_printed_otherwise_than_it_opens_is_told(text: str) -> None:
    assert misprinted(text) == [("altered-reference", 4)]


@pytest.mark.parametrize(
    "text",
    [
        URL,
        "example.org/tea/0091-leaves?cup=é",
        "https://example.org/tea/\n0091-leaves?cup=%C3%A9",
        "example.org/…leaves?cup=é",
        "tea/0091-leaves",
        "keepers",
        "see a.b/c and more",
    ],
)
def test_an_address_that_is_printed_as_it_opens_or_in_part_is_not(text: str) -> None:
    assert misprinted(text) == []


def test_an_address_that_the_page_itself_sets_over_another_is_not() -> None:
    assert misprinted("example.org/old/name", "https://example.org/new/name") == []


def test_an_address_that_can_be_clicked_no_more_is_missed() -> None:
    def read(url: str) -> Places:
        made = passage_of((TextRun(text="example.org/tea/…", url=url),), Where.SLIDE, 7, heading=False)
        assert isinstance(made, Passage)
        return place(UNITS, (Layer(passages=(made,), units=()),))

    built, later = (tuple(excerpts(UNITS, read(url))) for url in (URL, ""))
    (lost,) = gone(built, later)
    assert (lost.place, lost.line) == ("slide 7", 4)
    assert not list(gone(built, built))


COSTS = Section(id="costs", level=2, title=(text("Costs", 9),), heading=at(9), blocks=(), sections=(), span=at(9))
LEADING = units_of(page(paragraph(4, "See ", link("the costs", SectionTarget(id="costs"), 4), "."), sections=(COSTS,)))


@pytest.mark.parametrize(
    ("clickable", "lost"), [(("the costs",), []), (("the", "costs"), []), (("t",), [4]), (("co",), [4]), ((), [4])]
)
def test_a_mark_of_a_letter_is_no_part_of_a_longer_link(clickable: tuple[str, ...], lost: list[int]) -> None:
    places = Places(spots=[[Spot(where=Where.PAGE, number=2)] for _ in LEADING], reads=[])
    links = [CarriedLink(where=Where.PAGE, number=2, text=words, jump=2) for words in clickable]
    found = LinkCheck(Teller(product=Product.HANDOUT, path="page.md"), LEADING, places, links).findings()
    assert [f.span.first for f in found if f.span and f.code == "lost-link"] == lost
