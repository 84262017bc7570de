"""Long legends of a deck: whole in the notes, and begun on the slide that has the figure."""

from __future__ import annotations

import pytest
from verify_page import figure, page

from pipeline.settings import Product
from pipeline.verify.carried import Passage, Where
from pipeline.verify.findings import Teller
from pipeline.verify.owed import owed
from pipeline.verify.placing import Layer, place, text_units
from pipeline.verify.units import units_of

OPENING = "The pot from above, with its lid beside it and a cup on either side."
LEGEND = f"{OPENING} Steam leaves by the spout, and by the gap below the lid."


@pytest.mark.parametrize(
    ("slide", "on_slide", "lost"),
    [
        (2, OPENING, False),
        (2, f"{OPENING}   Source: example.org", False),
        (3, OPENING, True),
        (2, "Steam leaves by the spout, and by the gap below the lid.", True),
        (2, "The pot from above", True),
    ],
)
def test_a_long_legend_in_the_notes_begins_on_its_slide(slide: int, on_slide: str, *, lost: bool) -> None:
    units = units_of(page(figure(5, "Pot", LEGEND)))
    passages = (
        Passage(where=Where.SLIDE, number=slide, text=on_slide),
        Passage(where=Where.NOTES, number=2, text=LEGEND, order=1),
    )
    places = place(units, (Layer(passages=passages, units=text_units(units), loose=True),))
    found = owed(Teller(product=Product.DECK, path="page.md"), units, places, (), ())
    assert [finding.code for finding in found] == (["lost-legend"] if lost else [])
