"""What stands beside a printed address: the name that the page gives it, or one that was changed."""

from __future__ import annotations

import pytest
from verify_page import link, page, paragraph

from pipeline.settings import Product
from pipeline.verify.carried import Passage, Where
from pipeline.verify.entries import EntryCheck
from pipeline.verify.findings import Teller
from pipeline.verify.placing import Layer, place, text_units
from pipeline.verify.runs import TextRun, passage_of
from pipeline.verify.units import units_of

URL = "https://example.org/tea/leaves?cup=2"
PAGE = page(
    paragraph(4, "Ask the ", link("keepers of old gardens", URL, 4), " first."),
    paragraph(6, "Or ask ", link("the shop", "https://example.org/shop", 6), " next door."),
)


def entry(name: str, address: str = URL, shown: str = "") -> Passage:
    """A line of a list of references."""
    runs = (TextRun(text="1.\n"), TextRun(text=f"{name}\nslide 3\n"), TextRun(text=shown or address, url=address))
    made = passage_of(runs, Where.PAGE, 9, heading=False)
    assert made is not None
    return made


def told(*entries: Passage) -> list[tuple[str, int, str]]:
    units = units_of(PAGE)
    said = [Passage(where=Where.PAGE, number=1, text=unit.text) for unit in units if unit.kind.value == "paragraph"]
    places = place(units, (Layer(passages=(*said, *entries), units=text_units(units)),))
    found = EntryCheck(Teller(product=Product.HANDOUT, path="page.md"), units, places).findings()
    return [(f.code, f.span.first if f.span else 0, f.message.partition(": ")[2]) for f in found]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("keepers of gardens", "“old” is missing"),
        ("of old gardens", "“keepers” is missing"),
        ("keepers of old", "“gardens” is missing"),
        ("keepers of new gardens", "“old” became “new”"),
        ("keepers of\ngardens", "“old” is missing"),
    ],
)
def test_a_name_that_was_changed_beside_its_address_is_told(name: str, change: str) -> None:
    assert told(entry(name)) == [("altered-link", 4, change)]


@pytest.mark.parametrize(
    "whole",
    [
        entry("keepers of old gardens"),
        entry("Ada, keepers of old gardens, 2019"),
        entry("Keepers\nof old\ngardens"),
        entry("keepers of old gardens", shown="example.org/tea/…cup=2"),
        entry("another name altogether"),
        entry("", shown="example.org/tea/leaves?cup=2"),
        entry("keepers of gardens", "https://example.org/shed"),
    ],
)
def test_a_name_that_is_whole_or_another_is_not(whole: Passage) -> None:
    assert told(whole) == []


def test_a_name_that_is_an_address_may_be_printed_in_any_way() -> None:
    units = units_of(page(paragraph(4, link("https://www.example.org/tea and more", URL, 4))))
    places = place(units, (Layer(passages=(entry("example.org and more"),), units=()),))
    assert not list(EntryCheck(Teller(product=Product.HANDOUT, path="page.md"), units, places).findings())


def test_a_name_may_stand_before_its_address() -> None:
    def line(text: str, url: str = "") -> Passage:
        made = passage_of((TextRun(text=text, url=url),), Where.PAGE, 9, heading=False)
        assert made is not None
        return made

    address = line("example.org/tea/leaves?cup=2", URL)
    assert told(line("keepers of old gardens"), address) == []
    assert told(line("keepers of old sheds"), address) == [("altered-link", 4, "“gardens” is missing")]


def test_a_name_within_a_text_that_ends_as_its_address_does_is_whole() -> None:
    address = "https://example.org/ada/tea-leaves"
    units = units_of(page(paragraph(4, "From ", link("ada/tea-leaves", address, 4), " to ada/new-tea-leaves.")))
    runs = (
        TextRun(text="We went from "),
        TextRun(text="ada/tea-leaves", url=address),
        TextRun(text=" to ada/new-tea-leaves."),
    )
    made = passage_of(runs, Where.SLIDE, 3, heading=False)
    assert made is not None
    assert made.addresses
    places = place(units, (Layer(passages=(made,), units=()),))
    assert not list(EntryCheck(Teller(product=Product.DECK, path="page.md"), units, places).findings())


def test_what_stands_by_an_address_of_its_own_names_no_other() -> None:
    other = "https://www.example.com/"
    mail = "mailto:ada@example.com"
    units = units_of(page(paragraph(4, link("www.example.com", other, 4), " ", link("ada@example.com", mail, 4))))
    entries = tuple(
        made
        for text, url in (("www.example.com", other), ("ada@example.com", mail))
        if (made := passage_of((TextRun(text=text, url=url),), Where.PAGE, 9, heading=False))
    )
    places = place(units, (Layer(passages=entries, units=()),))
    assert not list(EntryCheck(Teller(product=Product.HANDOUT, path="page.md"), units, places).findings())
