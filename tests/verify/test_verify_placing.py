"""Units placed in a file in which very much has moved."""

from __future__ import annotations

import gc
from time import process_time

from msgspec.structs import replace
from verify_page import items, page, paragraph, section

from pipeline.model.document import Document
from pipeline.verify.carried import Passage, Where
from pipeline.verify.placing import Layer, Places, place, text_units
from pipeline.verify.units import Kind, units_of


def long_page(count: int) -> Document:
    return page(*(paragraph(number + 5, f"{number} is where sentence {number} stands.") for number in range(count)))


def halves_exchanged(document: Document) -> Places:
    """The page's units found where the second half of its text stands before the first."""
    units = units_of(document)
    middle = len(units) // 2
    passages = tuple(
        Passage(where=Where.PAGE, number=1 + at // 10, text=unit.text)
        for at, unit in enumerate((*units[middle:], *units[:middle]))
    )
    return place(units, (Layer(passages=passages, units=text_units(units)),))


def test_of_two_halves_exchanged_one_has_moved() -> None:
    places = halves_exchanged(long_page(40))
    assert all(places.spots)
    assert len(places.moved) == len(places.spots) // 2


def test_the_time_grows_with_the_page_where_half_of_it_has_moved() -> None:
    def seconds(count: int) -> float:
        document = long_page(count)
        gc.collect()
        gc.disable()
        try:
            start = process_time()
            halves_exchanged(document)
            return process_time() - start
        finally:
            gc.enable()

    short, long = (min(seconds(count) for _ in range(2)) for count in (1_000, 6_000))
    assert long < 12 * short


def test_a_section_called_as_the_page_is_not_taken_for_what_stands_before_it() -> None:
    within = section(12, "Leaves", items(13, "Green ones"))
    first = section(10, "Tea or coffee", level=1, sections=(within,))
    units = units_of(page(items(5, "What tea is", "What coffee is"), sections=(first,)))
    for labels in (("", "", ""), ("", "", "1 ")):
        texts = (labels[0] + "Tea or coffee", labels[1] + "Tea or coffee", labels[2] + "Tea or coffee", "Leaves")
        heads = tuple(
            Passage(where=Where.SLIDE, number=number, text=words, heading=True)
            for number, words in enumerate(texts, start=1)
        )
        titles = tuple(index for index, unit in enumerate(units) if unit.kind in {Kind.TITLE, Kind.SECTION})
        for layer in (
            Layer(passages=heads, units=titles, titles=True),
            Layer(passages=heads, units=titles, titled=True),
        ):
            places = place(units, (layer,))
            assert [places.spots[index][0].number for index in titles] == [1, 3, 4]
            # Without what stands before it, the section is on the slide after the cover.
            places = place(units, (replace(layer, passages=(heads[0], *heads[2:])),))
            assert [places.spots[index][0].number for index in titles] == [1, 3, 4]
