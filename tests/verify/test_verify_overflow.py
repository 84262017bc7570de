"""What stands on a slide and does not fit: text, not shapes without any."""

from __future__ import annotations

import pytest
from verify_page import page, paragraph

from pipeline.settings import Product
from pipeline.verify.carried import DeckContents
from pipeline.verify.deck_boxes import Area, Box
from pipeline.verify.findings import Teller
from pipeline.verify.overflow import OverflowCheck
from pipeline.verify.placing import place
from pipeline.verify.units import units_of


@pytest.mark.parametrize(("text", "codes"), [("Two words", ["overflow"]), ("", []), (" \n", [])])
def test_only_a_shape_with_text_can_be_too_small_for_it(text: str, codes: list[str]) -> None:
    units = units_of(page(paragraph(4, "Two words")))
    area = Area(left=10.0, top=10.0, right=200.0, bottom=17.0)
    box = Box(number=1, text=text, area=area, pitch=22.0, needed=22.0, room=7.0)
    deck = DeckContents(
        slides=1,
        titles=(),
        bodies=(),
        notes=(),
        links=(),
        pictures=(),
        sections=(),
        boxes=(box,),
        size=(720.0, 405.0),
    )
    teller = Teller(product=Product.DECK, path="page.md")
    assert [f.code for f in OverflowCheck(teller, units, place(units, ()), deck).findings()] == codes
