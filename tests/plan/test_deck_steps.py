"""Steps: what waits for a click, in which order, and what stays together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from deck_reading import paragraphs_of, planned, shown, text_of_paragraph

from pipeline.model.fitted import Element, StepPart
from pipeline.model.origin import Layout, SlideRule
from pipeline.model.plan import Deck, Slide, SlideKind
from pipeline.plan.deck import deck_problems

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"/></svg>'
ROWS = "\n".join(f"| leaf {n} | stands in this tin until somebody drinks it |" for n in range(60))
NESTED = "\n".join(f"    - Leaf number {n} of the many that stand in this tin." for n in range(1, 22))


def content(deck: Deck) -> list[Slide]:
    return [slide for slide in deck.slides if slide.kind is SlideKind.CONTENT]


def slides(folder: Path, body: str, language: str = "en") -> list[Slide]:
    front = f"---\nlang: {language}\n---\n"
    return content(planned(folder, f"{front}# Tea\n\nAll of it.\n\n## Pot\n\n{body}\n")[1])


def said_in(slide: Slide, part: StepPart) -> Iterator[str]:
    element: Element = slide.elements[part.element]
    paragraphs = list(paragraphs_of(element))
    first, last = part.paragraphs or (0, len(paragraphs) - 1)
    words = [text_of_paragraph(paragraph).strip() for paragraph in paragraphs[first : last + 1]]
    return iter(words or [element.name])


def steps(slide: Slide) -> list[list[str]]:
    """What appears at each click: words, and the names of what has none."""
    return [[words for part in step for words in said_in(slide, part)] for step in slide.steps]


def test_items_and_paragraphs_behind_the_hint_appear_one_by_one(tmp_path: Path) -> None:
    body = "The kettle is filled.\n\n<!-- steps -->\n\n- Warm the pot.\n- Add leaves.\n- Pour.\n\nThen it waits."
    (slide,) = slides(tmp_path, body)
    assert steps(slide) == [["Warm the pot."], ["Add leaves."], ["Pour."], ["Then it waits."]]
    assert "The kettle is filled." in shown(slide)


@pytest.mark.parametrize("hint", ["<!-- slide: steps -->", "<!-- steps -->", "<!--steps-->"])
def test_what_is_nested_comes_with_its_item(tmp_path: Path, hint: str) -> None:
    (slide,) = slides(tmp_path, f"{hint}\n\n1. Add leaves.\n\n    A word on them.\n\n    - One spoon.\n\n2. Pour.")
    assert steps(slide) == [["Add leaves.", "A word on them.", "One spoon."], ["Pour."]]


def test_a_head_stays_with_what_it_heads(tmp_path: Path) -> None:
    text = "It is dried in the sun for a whole week, turned by hand each morning, and packed in tins of a pound."
    items = "\n".join(f"- **Leaf {n}**: {text}" for n in range(1, 5))
    (slide, *_) = slides(tmp_path, f"<!-- slide: steps layout=text -->\n\n{items}")
    assert slide.origin.layout is Layout.TEXT
    assert [step[0] for step in steps(slide)][:2] == ["Leaf 1", "Leaf 2"]
    (slide,) = slides(tmp_path, "<!-- steps -->\n\nIt is hot.\n\n**The code**\n\n```python\nboil()\n```")
    assert steps(slide) == [["It is hot."], ["The code", "Panel", "boil()"]]


def test_a_heading_on_its_parents_slide_appears_with_its_first_text(tmp_path: Path) -> None:
    (slide,) = slides(tmp_path, "It pours.\n\n### Lid\n\n<!-- steps -->\n\n- One.\n- Two.\n\n### Cup\n\nIt holds.")
    assert slide.origin.rule is SlideRule.TOGETHER
    assert steps(slide) == [["Lid", "One."], ["Two."]]
    (slide,) = slides(tmp_path, "It pours.\n\n### Lid\n\nOne.\n\n<!-- steps -->\n\nTwo.")
    assert steps(slide) == [["Two."]]


def test_a_table_a_picture_and_a_panel_each_appear_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "pot.svg").write_text(DRAWING, encoding="utf-8")
    (table,) = slides(tmp_path, "<!-- steps -->\n\nOf both:\n\n| Pot | Cup |\n|---|---|\n| one | two |")
    assert steps(table)[-1] == ["Pot", "Cup", "one", "two"]
    (picture,) = slides(tmp_path, '<!-- steps -->\n\n- It pours.\n\n![A pot](pot.svg "The pot")')
    assert steps(picture) == [["It pours."], ["Figure", "The pot"]]
    (tip,) = slides(tmp_path, "<!-- steps -->\n\nIt is hot.\n\n> [!TIP]\n> Warm the pot.\n>\n> Then wait.")
    assert steps(tip)[0] == ["It is hot."]
    assert steps(tip)[1][-2:] == ["Warm the pot.", "Then wait."]
    assert len(steps(tip)) == 2


def test_a_point_appears_with_its_rule_and_a_card_with_its_ground_and_mark(tmp_path: Path) -> None:
    points = "<!-- steps -->\n\n- **Leaves**: they are dried.\n- **Water**: it is hot."
    (slide,) = slides(tmp_path, points)
    assert slide.origin.layout is Layout.POINTS
    assert steps(slide) == [["Rule", "Leaves", "they are dried."], ["Rule", "Water", "it is hot."]]
    page = "# Tea vs coffee\n\nOf both.\n\n## Which\n\n<!-- steps -->\n\n- Choose tea when it is late.\n"
    _, deck = planned(tmp_path, page + "- Choose coffee when it is early.\n")
    (slide,) = (s for s in content(deck) if s.origin.layout is Layout.CARDS)
    first, second = steps(slide)
    assert (first[0], first[-1]) == ("Card", "Choose tea when it is late.")
    assert (second[0], second[-1]) == ("Card", "Choose coffee when it is early.")
    assert "Mark A" in first


def test_steps_go_on_over_the_slides_of_a_section_and_end_with_it(tmp_path: Path) -> None:
    body = f"One.\n\n<!-- steps -->\n\nTwo.\n\n---\n\n| A | B |\n|---|---|\n{ROWS}\n\n## Cup\n\nIt is there at once."
    first, *tables, other = slides(tmp_path, body)
    assert steps(first) == [["Two."]]
    assert len(tables) > 1
    assert [len(slide.steps) for slide in tables] == [1] * len(tables)
    assert other.steps == ()


def test_what_goes_on_with_an_item_appears_below_its_lead(tmp_path: Path) -> None:
    first, second, *_ = slides(tmp_path, f"<!-- steps -->\n\n- A tin holds:\n{NESTED}")
    assert len(first.steps) == 1
    assert shown(second)[0].startswith("A tin holds")
    assert all(len(step) == 1 and step[0].startswith("Leaf number") for step in steps(second))
    assert len(second.steps) == len(shown(second)) - 1


def test_neither_title_nor_foot_waits_and_order_is_that_of_reading(tmp_path: Path) -> None:
    body = "<!-- steps -->\n\n- Warm the pot.\n- Add leaves.\n\n```python\nboil()\n```\n\nIt boils.\n\n> A quote."
    for language in ("en", "ar"):
        for slide in slides(tmp_path, body, language):
            places = [(part.element, part.paragraphs or (0, 0)) for step in slide.steps for part in step]
            assert places == sorted(places)
            assert len(set(places)) == len(places)
            framing = {"Title", "Section number", "Footer", "Slide number"}
            assert not framing & {slide.elements[at].name for at, _ in places}
            waiting = {at for at, _ in places}
            assert waiting == {at for at, e in enumerate(slide.elements) if e.name not in framing}


def test_steps_of_an_introduction_are_those_of_its_slides(tmp_path: Path) -> None:
    words = "Tea is drunk in every country of the world, and has been for some thousand years."
    _, deck = planned(tmp_path, f"# Tea\n\n<!-- steps -->\n\n{words}\n\n- Warm the pot.\n- Pour.\n")
    cover, introduction = deck.slides
    assert cover.steps == ()
    assert steps(introduction) == [["Warm the pot."], ["Pour."]]


def test_without_the_hint_nothing_waits(tmp_path: Path) -> None:
    _, deck = planned(
        tmp_path, "# Tea\n\n## Pot\n\n- **Leaves**: dried.\n- **Water**: hot.\n\n<!-- Steps to follow -->\n"
    )
    assert not any(slide.steps for slide in deck.slides)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("# Tea\n\n## Pot\n\n- One.\n\n<!-- steps -->\n\n## Cup\n\nIt is hot.", 7),
        ("# Tea\n\n<!-- steps -->\n\nAll of it.\n\n## Cup\n\nIt is hot.", 3),
        ("# Tea\n\n## Pot\n\n<!-- steps -->\n\n### Lid\n\nIt is hot.\n\n### Cup\n\nIt is hot.", 5),
        ("# Tea\n\n## Pot\n\nIt pours.\n\n### Lid\n\nIt is hot.\n\n<!-- steps -->\n\n### Cup\n\nIt is hot.", 11),
    ],
)
def test_a_hint_that_nothing_follows_is_told(tmp_path: Path, page: str, line: int) -> None:
    document, deck = planned(tmp_path, f"{page}\n")
    (problem,) = deck_problems(document, deck)
    assert (problem.code, problem.span and problem.span.first) == ("hint-not-followed", line)
