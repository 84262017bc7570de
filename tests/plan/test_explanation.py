"""What `slides explain` says of each slide, from what the plan carries of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from deck_reading import planned

from pipeline.model.explanation import explanation_data, explanation_text
from pipeline.model.origin import SlideRule
from pipeline.model.plan import Deck, SlideKind

PAGE = """# Tea

It is a drink. It is drunk hot in most places, and with milk in some of them.

## Pot

It holds a litre.

- It opens.
- It pours.

---

It closes again.

## Cup

### Handle

It is round.

## Leaves

<!-- slide: layout=quote -->

- They are dried.

See [a book](https://example.org/book).
"""


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    return planned(tmp_path, PAGE)[1]


def test_every_slide_has_its_rule_and_its_lines(deck: Deck) -> None:
    told = [(slide.kind, slide.origin.rule, [(s.first, s.last) for s in slide.origin.lines]) for slide in deck.slides]
    assert told == [
        (SlideKind.COVER, SlideRule.COVER, [(1, 1), (3, 3)]),
        (SlideKind.AGENDA, SlideRule.AGENDA, []),
        (SlideKind.CONTENT, SlideRule.HEADING, [(5, 5), (7, 7), (9, 10), (12, 12)]),
        (SlideKind.CONTENT, SlideRule.BREAK, [(14, 14)]),
        (SlideKind.CONTENT, SlideRule.TOGETHER, [(16, 16), (18, 18), (20, 20)]),
        (SlideKind.CONTENT, SlideRule.HEADING, [(22, 22), (24, 24), (26, 26), (28, 28)]),
        (SlideKind.REFERENCES, SlideRule.REFERENCES, []),
    ]


def test_what_continues_names_the_items_that_it_shows(tmp_path: Path) -> None:
    items = "\n".join(f"- Item {n} of a list that is too long for one slide of its own." for n in range(1, 31))
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{items}\n")
    parts = [slide for slide in deck.slides if slide.section]
    assert [slide.origin.rule for slide in parts[1:]] == [SlideRule.CONTINUED] * (len(parts) - 1)
    shown = [span for slide in parts for span in slide.origin.lines[0 if slide is not parts[0] else 1 :]]
    assert [span.last + 1 for span in shown[:-1]] == [span.first for span in shown[1:]]
    assert (shown[0].first, shown[-1].last) == (5, 34)


def test_the_layout_stands_with_those_that_it_was_weighed_against(deck: Deck) -> None:
    for slide in deck.slides:
        costs = [each.cost for each in slide.origin.weighed]
        assert costs == sorted(costs)
        assert (slide.origin.layout is None) is (slide.kind is not SlideKind.CONTENT)
        if slide.origin.weighed:
            assert slide.origin.weighed[0].layout is slide.origin.layout


def test_as_text_it_names_place_layout_sizes_notes_and_refused_hints(deck: Deck) -> None:
    text = explanation_text(deck, [3, 6], "tea.md")
    first, second = text.split("\n\n")
    assert first.startswith("slide 3  Pot 1/2\n  why     heading: ")
    assert "  from    tea.md:5, 7, 9-10, 12\n" in first
    assert "  layout  text: " in first
    assert "  sizes   Text 24 pt" in first
    assert "          7: It holds a litre." in first
    assert "  hint    tea.md:24: layout=quote could not be followed" in second


def test_as_data_it_is_json_with_the_same(deck: Deck) -> None:
    (slide,) = json.loads(json.dumps(explanation_data(deck, [6])))
    assert (slide["slide"], slide["rule"], slide["layout"], slide["wished"]) == (6, "heading", "text", "quote")
    assert slide["refused"] == ["layout=quote"]
    assert slide["lines"] == [[22, 22], [24, 24], [26, 26], [28, 28]]
    assert {"name": "Text", "points": [24.0]} in slide["sizes"]


def test_what_each_click_shows_is_told(tmp_path: Path) -> None:
    body = "<!-- steps -->\n\n- One\n  - more\n- Two\n\n| Cup | Pot |\n|---|---|\n| 1 | 2 |"
    _, deck = planned(tmp_path, f"# Tea\n\n## Pot\n\n{body}\n")
    (slide,) = explanation_data(deck, (2,))
    assert slide["steps"] == [["One more"], ["Two"], ["Cup Pot 1 2"]]
    assert explanation_data(deck, (1,))[0]["steps"] == []
    assert "\n  click 2 Two\n" in explanation_text(deck, (2,), "tea.md")
