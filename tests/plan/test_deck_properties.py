"""What holds of the deck of any page: all is carried once and in order, nothing overlaps or leaves the slide."""

from __future__ import annotations

import re
import tempfile
from itertools import combinations
from pathlib import Path

from deck_reading import carried, covered, deck_of, letters, paragraphs_of, said, top_blocks
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from page_reading import read

from pipeline.diagnostics import ContentError
from pipeline.model.document import Document, Hint
from pipeline.model.fitted import Element, PictureBox, Role, TableBox, TextBox
from pipeline.model.origin import Layout
from pipeline.model.plan import Deck, Slide
from pipeline.model.text import plain_text
from pipeline.plan.topics import walk_sections
from pipeline.settings import Prose
from pipeline.theme import load_theme

WORDS = st.sampled_from(
    [
        "kettle",
        "water",
        "boils",
        "slowly",
        "Ada",
        "two",
        "and",
        "which",
        "水壶",
        "烧开",
        "e.g.",
        "x" * 40,
        "**lid**",
        "`pot()`",
    ]
)
PHRASE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
SENTENCE = st.tuples(PHRASE, st.sampled_from([".", "?", "!", ":", "。", ""])).map("".join)
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=9).map(" ".join)
LINE = PHRASE.map(lambda text: text.replace("|", ""))
LINK = st.tuples(PHRASE, st.integers(1, 30)).map(lambda link: f"See [{link[0]}](https://a.example/{link[1]}).")


@st.composite
def item_lists(draw: st.DrawFn) -> str:
    mark = draw(st.sampled_from(["- ", "1. ", "- [x] "]))
    items = draw(st.lists(st.tuples(PARAGRAPH, st.booleans()), min_size=1, max_size=9))
    return "\n".join(
        f"{mark}{text}" + (f"\n   {'  ' * nested}- nested {text[:30]}" if nested else "") for text, nested in items
    )


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 6))
    rows = draw(st.lists(st.lists(LINE, min_size=columns, max_size=columns), min_size=1, max_size=20))
    return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * columns, *rows[1:]))


CODE = st.lists(st.text("ab (){}=\"'#", max_size=90), min_size=1, max_size=45).map(
    lambda lines: "~~~python\n" + "\n".join(lines) + "\n~~~"
)
FIGURE = PHRASE.map(lambda text: f'<Img src="https://a.example/p.png" legend="{re.sub(r"[*`]", "", text)}" />')
CALLOUT = st.lists(PARAGRAPH, min_size=1, max_size=5).map(lambda parts: ":::tip\n\n" + "\n\n".join(parts) + "\n\n:::")
QUOTE = PARAGRAPH.map(lambda text: f"> {text}")
BLOCK = st.one_of(PARAGRAPH, LINK, item_lists(), tables(), CODE, FIGURE, CALLOUT, QUOTE, st.just("---"))
HEADING = st.tuples(st.integers(2, 4), PHRASE).map(lambda heading: f"{'#' * heading[0]} {heading[1]}")
PAGE = st.lists(st.one_of(BLOCK, BLOCK, HEADING), min_size=1, max_size=14).map(
    lambda parts: "# Page\n\n" + "\n\n".join(parts) + "\n"
)

THOROUGH = settings(
    max_examples=60,
    phases=(Phase.explicit, Phase.generate),  # shrinking a page takes minutes
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def deck_from(markdown: str, prose: Prose = Prose.LEAD) -> tuple[Document, Deck] | None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            document = read(Path(folder), markdown)
        except ContentError:
            return None
    return document, deck_of(document, prose)


@THOROUGH
@given(PAGE, st.sampled_from(Prose))
def test_any_page_is_carried_whole_in_order_and_fits(markdown: str, prose: Prose) -> None:
    made = deck_from(markdown, prose)
    if made is None:
        return
    document, deck = made
    assert covered(deck) == top_blocks(document)
    carries_every_word(document, deck)
    for number, slide in enumerate(deck.slides, start=1):
        assert slide.number == number
        assert slide.origin.layout is not Layout.OVERFULL
        inside(slide, deck)
        apart(slide)
        titled(slide)
    parts_count_on(deck)


def carries_every_word(document: Document, deck: Deck) -> None:
    """Every block stands whole on the slides, or in the notes of the slide that covers it."""
    everything = carried(deck)
    for section in walk_sections(document.sections):
        assert letters(plain_text(section.title)) in everything
    for slide in deck.slides:
        for block in slide.covers:
            if isinstance(block, Hint):
                continue
            for line in said((block,)).split("\n"):
                assert letters(line) in everything, line


def inside(slide: Slide, deck: Deck) -> None:
    grid = load_theme("default").grid
    for element in slide.elements:
        rect = element.rect
        assert rect.left >= 0
        assert rect.top >= 0
        assert rect.right <= deck.size.width
        assert rect.bottom <= deck.size.height
        around = getattr(element, "role", Role.NONE) in {Role.FOOTER, Role.NUMBER} or element.name == "Ground"
        if not around and slide.number > 1:
            assert rect.bottom <= grid.footer_top, element.name


def apart(slide: Slide) -> None:
    """No text stands over other text or over a picture; lines fit their boxes."""
    filled = [e for e in slide.elements if isinstance(e, TextBox | TableBox | PictureBox) and not is_mark(e)]
    for one, other in combinations(filled, 2):
        across = min(one.rect.right, other.rect.right) - max(one.rect.left, other.rect.left)
        down = min(one.rect.bottom, other.rect.bottom) - max(one.rect.top, other.rect.top)
        assert across <= 0 or down <= 0, (one.name, other.name)
    for element in slide.elements:
        if isinstance(element, TextBox):
            high = sum(p.before.emu + p.leading.emu * len(p.lines) for p in element.paragraphs)
            assert high <= element.rect.height + len(element.paragraphs) * 2
            for paragraph in paragraphs_of(element):
                assert all(line.width + paragraph.indent <= element.rect.width for line in paragraph.lines)


def is_mark(element: Element) -> bool:
    """A subject's letter stands over its band in the table."""
    return element.name.startswith("Mark")


def titled(slide: Slide) -> None:
    (title,) = [e for e in slide.elements if isinstance(e, TextBox) and e.role is Role.TITLE]
    text = "".join(run.text for p in title.paragraphs for line in p.lines for run in line.runs)
    assert letters(text).startswith(letters(slide.title))
    assert slide.title


def parts_count_on(deck: Deck) -> None:
    for before, slide in zip(deck.slides, deck.slides[1:], strict=False):
        if slide.part and slide.part[0] > 1:
            assert before.part == (slide.part[0] - 1, slide.part[1])
            assert before.title == slide.title
        elif before.part:
            assert before.part[0] == before.part[1]


@settings(max_examples=5, deadline=None, derandomize=True)
@given(PAGE)
def test_the_same_page_gives_the_same_deck(markdown: str) -> None:
    first, second = deck_from(markdown), deck_from(markdown)
    assert (first and first[1]) == (second and second[1])
