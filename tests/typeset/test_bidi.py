"""Text of two directions: levels against another implementation, and glyphs in the order in which they are seen."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.fitted import Run
from pipeline.theme import Face, load_theme
from pipeline.typeset import Typesetter
from pipeline.typeset.bidi import directions, visual_order
from pipeline.units import Pt

SIZE = Pt.from_points(20)
TYPESETTER = Typesetter(load_theme("default"))


def seen(text: str, *, base: bool) -> str:
    """The characters from left to right."""
    return "".join(text[at] for at in visual_order(directions(text, base=base)))


@settings(deadline=None, max_examples=500)
@given(text=st.text(alphabet="abאבخد12٣٤ ()[].,+%-é\u05b0/:<", min_size=1, max_size=30), base=st.booleans())
def test_the_order_is_that_of_the_reference(text: str, base: bool) -> None:  # noqa: FBT001 - Hypothesis passes it
    assert seen(text, base=base) == get_display(text, base_dir="R" if base else "L")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("a שלום b", "a םולש b"),
        ("שלום 123 עולם", "םלוע 123 םולש"),
        ("", ""),
    ],
)
def test_the_first_strong_character_sets_the_paragraph(text: str, expected: str) -> None:
    assert "".join(text[at] for at in visual_order(directions(text))) == expected


def test_words_from_the_right_are_placed_from_the_right() -> None:
    placed = TYPESETTER.text([Run(text="שלום "), Run(text="Docker", bold=True), Run(text=" עולם")], SIZE)
    assert placed[0].run.text == " עולם"
    assert [text.run.bold for text in placed if text.run.bold] == [True]
    assert sum(text.width for text in placed) == pytest.approx(placed[-1].x + placed[-1].width)
    positions = [text.x for text in placed]
    assert positions == sorted(positions)


def test_the_paragraphs_direction_can_be_given() -> None:
    runs = [Run(text="Docker "), Run(text="שלום")]
    assert TYPESETTER.text(runs, SIZE)[0].run.text == "Docker "
    assert TYPESETTER.text(runs, SIZE, right_to_left=True)[0].run.text == "שלום"


def test_code_among_words_from_the_right_keeps_its_signs_where_they_are() -> None:
    line = (Run(text="שלום "), Run(text="-x <a>", face=Face.MONO))
    glyphs = [glyph.glyph for glyph in TYPESETTER.glyphs(line, SIZE) if glyph.run.face is Face.MONO]
    alone = [glyph.glyph for glyph in TYPESETTER.glyphs(line[1:], SIZE)]
    assert glyphs == alone


def test_arabic_letters_join() -> None:
    joined = TYPESETTER.glyphs([Run(text="ببب")], SIZE)
    alone = TYPESETTER.glyphs([Run(text="ب")], SIZE)
    assert len({glyph.glyph for glyph in joined} - {glyph.glyph for glyph in alone}) >= 2
