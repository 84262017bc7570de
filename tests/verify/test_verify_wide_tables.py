"""Tables that stand in parts, beside others with the same rows."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from verify_page import page, table, text

from pipeline.verify.carried import Passage, Where
from pipeline.verify.placing import Layer, place, text_units
from pipeline.verify.units import units_of

HEAD = ("Name", "Type", "Default", "Description")
SHARED = (
    ("position", "left or right", "left", "The side of the bar that this item is on."),
    ("plugin", "string", "default", "The plugin that the versions belong to."),
    ("active", "boolean", "false", "Whether the class is added while docs are browsed."),
)
FIRST = (HEAD, ("type", "version", "required", "Sets the type of this item to a version."), *SHARED)
SECOND = (HEAD, ("type", "dropdown", "required", "Sets the type of this item to a dropdown."), *SHARED)


def cells(rows: tuple[tuple[str, ...], ...], *columns: int, slide: int) -> list[Passage]:
    return [Passage(where=Where.SLIDE, number=slide, text=row[column]) for row in rows for column in columns]


@pytest.mark.parametrize("parts", [((0, 1, 2), (0, 3)), ((0, 1), (0, 2, 3)), ((0, 1, 2, 3),)])
def test_a_table_in_parts_is_found_beside_one_that_is_whole(parts: tuple[tuple[int, ...], ...]) -> None:
    units = units_of(page(table(5, *FIRST), table(15, *SECOND)))
    shown = cells(FIRST, 0, 1, 2, 3, slide=2)
    for slide, columns in enumerate(parts, start=3):
        shown += cells(SECOND, *columns, slide=slide)
    numbered = [Passage(where=p.where, number=p.number, text=p.text, order=at) for at, p in enumerate(shown)]
    wanted = text_units(units)
    places = place(units, (Layer(passages=tuple(numbered), units=wanted, loose=True),))
    assert [
        unit.text for unit, spots in zip(units, places.spots, strict=True) if unit.row is not None and not spots
    ] == []


@pytest.mark.parametrize("below", [True, False])
@pytest.mark.parametrize("kept", [("1", "2"), ()])
def test_numbers_are_cells_beside_a_caption_above_or_below_them(*, below: bool, kept: tuple[str, ...]) -> None:
    numbers = replace(table(5, ("a", "b"), ("1", "2")), caption=(text("Counts of both", 5),))
    units = units_of(page(numbers))
    rows = ["a", "b", *kept]
    # Numbers of slides stand above a table as well.
    texts = [*rows, "Counts of both"] if below else ["Part 1/2", "Counts of both", *rows]
    shown = [Passage(where=Where.SLIDE, number=2, text=words) for words in texts]
    shown.append(Passage(where=Where.SLIDE, number=3, text="2"))
    places = place(units, (Layer(passages=tuple(shown), units=text_units(units), loose=True),))
    on = {unit.text: [spot.number for spot in spots] for unit, spots in zip(units, places.spots, strict=True)}
    assert on["Counts of both"] == on["a"] == on["b"] == [2]
    assert on["1"] == ([2] if kept else [])
    assert not kept or on["2"] == [2]


def test_a_table_in_parts_without_a_corner_is_found_before_a_comparison_that_has_its_rows_whole() -> None:
    head = ("", "Tea (green)", "Coffee (black)", "Cocoa (sweet)")
    rows = (("Price", "low", "high", "middling"), ("Taste", "mild", "strong", "round"))
    units = units_of(page(table(5, head, *rows)))
    shown: list[Passage] = []
    for slide, columns in enumerate(((0, 1, 2), (0, 3)), start=2):
        shown += cells((head, *rows), *columns, slide=slide)
    shown += cells((("", "Tea", "Coffee", "Cocoa"), *rows), 0, 1, 2, 3, slide=4)
    passages = tuple(replace(p, order=at) for at, p in enumerate(p for p in shown if p.text))
    places = place(units, (Layer(passages=passages, units=text_units(units), loose=True),))
    on = {unit.text: [spot.number for spot in spots] for unit, spots in zip(units, places.spots, strict=True)}
    assert (on["Coffee (black)"], on["Cocoa (sweet)"], on["middling"]) == ([2], [3], [3])
